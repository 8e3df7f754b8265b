// Headquarters: stores, goods, rules, splits, tasks with their effect, and books that hold.
import { Console, sum } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Headquarters: stores, goods, rules, tasks, books';

export async function run({ step, watch }, world) {
  const { page, errors } = await openWindow(world.browser, 'desktop');
  watch(page, 'console');
  const desk = new Console(page, world.server);
  await step('logs in and sees that the books are even', async () => {
    await desk.login('hq', 'xueling-hq');
    await desk.at('figures').waitFor();
    await desk.at('balance-badge').filter({ hasText: '账是平的' }).waitFor();
  });
  await lookAtStores({ step, desk, world });
  await priceAndStock({ step, desk, world });
  await writeRules({ step, desk, world });
  await followSplits({ step, desk, world });
  await giveTask({ step, desk, world });
  await step('all promises of the books hold', async () => {
    await desk.go('invariants');
    const ran = desk.page.waitForResponse(/invariants\/run/, { timeout: 120_000 });
    await desk.at('invariants-run').click();
    assert.ok((await ran).ok(), 'the check ran');
    await desk
      .at('invariants-summary')
      .filter({ hasText: /全部|都/ })
      .waitFor({ timeout: 90_000 });
    const states = await desk.at('invariant').evaluateAll((all) => all.map((one) => one.getAttribute('data-state')));
    assert.ok(states.length >= 20, `${states.length} promises`);
    assert.ok(
      states.every((state) => state === 'HOLDS'),
      states.join(' '),
    );
  });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

async function lookAtStores({ step, desk, world }) {
  await step('stores show who collects and under which merchant number', async () => {
    await desk.go('stores');
    const row = await desk.find(world.guide.storeName, 'store-row');
    const words = await textOf(row);
    assert.match(words, /门店收款/);
    assert.match(words, /1600000001/);
  });
  await step('a guide opens with the code that customers scan and the work of the day', async () => {
    await desk.go('guides');
    await desk.find(world.guide.name, 'guide-row');
    const row = desk.at('guide-row').filter({ hasText: world.guide.storeName }).first();
    await row.click();
    await desk.at('guide-qr').waitFor();
    await desk.at('guide-figures').waitFor();
    await desk.page.getByText('今天的任务').first().waitFor();
  });
}

async function openListing(desk, world) {
  await desk.open('listings');
  const picker = desk.at('pick-store').or(desk.at('store-scope')).first();
  await picker.waitFor();
  await desk.choose(picker, world.guide.storeName);
  await desk.at('listing-row').first().waitFor();
  const row = desk.at('listing-row').first();
  const name = await textOf(row.locator('a, button, strong, b').first());
  await row.locator('.ant-table-row-expand-icon').first().click();
  await desk.at('sku-table').first().waitFor();
  return name;
}

async function priceAndStock({ step, desk, world }) {
  const sku = () => desk.at('sku-table').first().locator('tbody tr').first();
  await step("a price outside headquarters' corridor is refused, and the corridor is named", async () => {
    await desk.go('products');
    await desk.at('product-row').first().waitFor();
    await openListing(desk, world);
    await sku().getByTestId('sku-price').click();
    await desk.at('price-input').fill('1');
    const words = await textOf(desk.at('price-problem'));
    assert.match(words, /¥[\d,.]+/, words);
    assert.ok(await desk.at('price-save').isDisabled());
  });
  await step('a price inside is kept, and taken back', async () => {
    const corridor = await textOf(desk.page.locator('.ant-modal:visible .muted').first());
    const [floor] = [...corridor.matchAll(/¥([\d,]+)/g)].map((found) => found[1].replaceAll(',', '')).slice(1);
    await desk.at('price-input').fill(floor);
    await desk.at('price-save').click();
    await desk.at('price-input').waitFor({ state: 'hidden' });
    await until('the new price', 10_000, async () => (await textOf(sku())).replaceAll(',', '').includes(`¥${floor}`));
    await sku().getByTestId('sku-price').click();
    await desk.at('price-clear').click();
    await desk.at('price-input').waitFor({ state: 'hidden' });
    await until('the list price', 10_000, async () => /跟随标价/.test(await textOf(sku())));
  });
  await step('a count of the stock needs a reason', async () => {
    await sku().getByTestId('sku-stock').click();
    await desk.at('stock-onhand').waitFor();
    const counted = String(Number(await desk.input('stock-onhand').inputValue()) + 7);
    await desk.input('stock-onhand').fill(counted);
    assert.ok(await desk.at('stock-save').isDisabled());
    await desk.at('stock-reason').fill('晚间盘点');
    await desk.at('stock-save').click();
    await desk.at('stock-reason').waitFor({ state: 'hidden' });
    await until('the new stock', 10_000, async () => (await sku().locator('td').allInnerTexts()).includes(counted));
  });
}

async function setPercents(desk, percents) {
  for (const [at, percent] of percents.entries()) {
    const field = 'input[data-testid="leg-percent"], [data-testid="leg-percent"] input';
    await desk.page.locator(field).nth(at).fill(percent);
  }
}

async function writeRules({ step, desk, world }) {
  const name = `冬季分润 ${world.person.key.slice(-4)}`;
  await step('a rule over the cap of WeChat Pay is refused with the reason', async () => {
    await desk.go('rules');
    await desk.at('rule-copy').first().click();
    await desk.at('rule-name').fill('过高的一版');
    await setPercents(desk, ['60']);
    const editor = desk.page.getByRole('dialog');
    await editor.getByTestId('rule-problems').waitFor({ timeout: 20_000 });
    assert.match(await textOf(editor.getByTestId('cap-bar')), /最坏情况分出 [\d.]+%，超过上限 [\d.]+%/);
    assert.ok(await desk.at('rule-save').isDisabled(), 'it cannot be kept either');
  });
  await step('a rule inside the cap is kept as a draft and published as the next version', async () => {
    await setPercents(desk, ['17']);
    await desk.at('rule-name').fill(name);
    await desk.page.getByRole('dialog').getByTestId('rule-problems').waitFor({ state: 'detached', timeout: 20_000 });
    await desk.at('rule-save').click();
    const draft = desk.at('rule').filter({ hasText: name }).first();
    const version = (await draft.getAttribute('aria-label'))?.match(/第 (\d+) 版/)?.[1];
    await draft.getByTestId('rule-publish').click();
    await desk.at('rule-publish-confirm').click();
    await desk.at('rule-publish-confirm').waitFor({ state: 'hidden' });
    const published = desk.page.getByLabel(new RegExp(`^第 ${version} 版`));
    await published.filter({ hasText: /生效|使用中|已发布/ }).waitFor();
  });
}

async function followSplits({ step, desk, world }) {
  await step('a finished split shows each receiver with amount and state', async () => {
    await desk.openPaidOutSplit();
    const { parts, sumFen, netFen } = await desk.legs();
    assert.equal(sum(parts), sumFen);
    assert.equal(sumFen, netFen);
    await desk.at('sum-ok').waitFor();
    const receivers = await desk.at('receivers').locator('tbody tr').allInnerTexts();
    assert.ok(receivers.length > 0);
    for (const text of receivers) assert.ok(fenOf(text) >= 0 && /已到账|已退回/.test(text), text);
  });
  if (!world.pickup) return;
  await step("the consumer's own order is among the orders, with its lines", async () => {
    await desk.go('orders');
    const row = await desk.find(world.pickup.orderNo, 'order-row');
    await row.click();
    await desk.at('order-lines').filter({ hasText: world.viewed.name }).waitFor();
    await desk.page.keyboard.press('Escape');
    await desk.at('order-drawer').waitFor({ state: 'hidden' });
  });
}

async function giveTask({ step, desk, world }) {
  const name = `新品到店邀约 ${world.person.key.slice(-4)}`;
  await step('a task is drafted with a preview of what the customer reads, and published', async () => {
    await desk.go('tasks');
    await desk.at('task-new').click();
    await desk.at('task-title').fill(name);
    await desk.at('task-reason').fill('天冷了，老顾客会想先看看新款');
    await desk.choose(desk.at('task-audience'), '全部');
    await desk.at('task-words').fill('{称呼}，新款到店了，给你留了一件。');
    await desk.at('bubble').filter({ hasText: '新款到店了' }).waitFor();
    const days = desk.page.locator('.ant-picker-range input');
    for (const [at, day] of [await world.desk.day(0), await world.desk.day(3)].entries()) {
      await days.nth(at).fill(day);
      await days.nth(at).press('Enter');
    }
    await desk.at('form-submit').click();
    await desk.at('task-row').filter({ hasText: name }).locator('a').first().click();
    await desk.at('task-publish').click();
    await desk.at('task-publish-confirm').click();
    await desk.at('task-publish').waitFor({ state: 'detached' });
  });
  await step('the effect of a running task is the sum of what its guides did', async () => {
    await desk.open('tasks');
    await desk.at('task-row').filter({ hasText: '新品到店，告诉会喜欢的人' }).locator('a').first().click();
    await desk.at('task-guide-row').first().waitFor();
    const rows = await desk.at('task-guide-row').all();
    const given = await Promise.all(rows.map(async (row) => Number(await textOf(row.locator('td').nth(2)))));
    assert.ok(sum(given) > 0, `given to ${given}`);
    const shown = (await desk.at('funnel').allInnerTexts()).join(' ').match(/派发\s*(\d+)/)?.[1];
    assert.equal(Number(shown), sum(given));
  });
}
