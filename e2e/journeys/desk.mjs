// The desk of headquarters: one person out of two records and back, a level draft, a price corridor; franchisees see less.
import { Console } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, textOf } from '../runner/expect.mjs';

export const title = 'Desk: merges and back, levels, price corridor';

export async function run({ step, watch }, world) {
  const { page, errors } = await openWindow(world.browser, 'desktop');
  watch(page, 'console');
  const desk = new Console(page, world.server);
  await desk.login('hq', 'xueling-hq');
  await desk.at('figures').waitFor();
  await mergeAndBack({ step, desk });
  await draftLevels({ step, desk });
  await narrowCorridor({ step, desk });
  await lookFromOutside({ step, watch, world });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

const reasoned = async (desk, id, reason) => {
  await desk.at(id).first().click();
  await desk.at(`${id}-reason`).fill(reason);
  await desk.at(`${id}-confirm`).click();
};

async function mergeAndBack({ step, desk }) {
  await step('a pair of the merge queue is shown side by side with every consequence', async () => {
    await desk.go('members');
    await desk.page.getByText('待合并', { exact: true }).click();
    await desk.at('candidate-row').first().waitFor();
    await desk.at('candidate-row').first().locator('td').first().click();
    await desk.at('merge-effect').first().waitFor();
    assert.equal(await desk.at('merge-side').count(), 2);
    assert.ok((await desk.at('merge-effect').count()) >= 3);
  });
  await step('they are merged with a reason, and taken apart again', async () => {
    await desk.at('merge-do').click();
    assert.ok(await desk.at('merge-do-confirm').isDisabled(), 'no merge without a reason');
    await desk.at('merge-do-reason').fill('电话核实是同一个人');
    await desk.at('merge-do-confirm').click();
    await desk.at('merge-done').waitFor();
    await reasoned(desk, 'merge-undo', '核实后发现不是同一个人');
    await desk.at('merge-undo-confirm').waitFor({ state: 'hidden' });
    await desk.open('members?tab=merges');
    const row = desk.at('merge-row').first();
    await row.filter({ hasText: '拆回' }).waitFor();
    assert.match(await textOf(row), /电话核实是同一个人/);
  });
}

async function draftLevels({ step, desk }) {
  await step('a level draft says whom it touches, refuses a ladder that falls, and can be dropped', async () => {
    await desk.go('levels');
    const threshold = desk.page.locator('[data-testid="level-growth"] input, input[data-testid="level-growth"]').nth(2);
    await threshold.waitFor();
    const before = await threshold.inputValue();
    await threshold.fill('9000');
    await desk
      .at('level-effects')
      .filter({ hasText: /提到 9,000/ })
      .waitFor();
    await threshold.fill('1');
    await desk.at('level-problem').waitFor();
    assert.ok(await desk.at('level-publish').isDisabled());
    await desk.at('level-drop').click();
    await desk.at('level-effects').waitFor({ state: 'detached' });
    assert.equal(await threshold.inputValue(), before);
  });
}

async function narrowCorridor({ step, desk }) {
  await step("a product's corridor must hold its list price, and a good one is kept", async () => {
    await desk.go('products');
    await desk.at('product-row').first().waitFor();
    await desk.at('product-row').first().locator('td').first().click();
    const form = desk.page.getByRole('dialog');
    const floor = form.getByTestId('product-floor');
    const before = await floor.inputValue();
    const ceiling = form.getByTestId('product-ceiling');
    const top = await ceiling.inputValue();
    await ceiling.fill('1');
    await desk.at('form-submit').click();
    await form.getByText(/高于最高价|不在/).waitFor();
    await ceiling.fill(top);
    const lower = (Number(before) - 1).toFixed(2);
    await floor.fill(lower);
    await desk.at('form-submit').click();
    await form.waitFor({ state: 'hidden' });
    await desk
      .at('product-row')
      .first()
      .filter({ hasText: Number(lower).toLocaleString('en-US', { minimumFractionDigits: 2 }) })
      .waitFor();
  });
}

async function lookFromOutside({ step, watch, world }) {
  await step('a franchisee sees neither the merge queue nor the scheme of levels', async () => {
    const { page } = await openWindow(world.browser, 'desktop');
    watch(page, 'franchisee');
    const theirs = new Console(page, world.server);
    await theirs.login('f01', 'xueling-f01');
    await theirs.at('figures').waitFor();
    for (const section of ['members', 'levels', 'mall']) assert.equal(await theirs.at(`nav-${section}`).count(), 0);
    await theirs.open('members?tab=queue');
    await page.getByText('这一页由总部管理').waitFor();
    assert.equal(await theirs.at('candidate-row').count(), 0);
  });
}
