// Campaigns: headquarters tries a promotion on past orders before it publishes it, and gives out a coupon; a
// franchisee sees what reaches its stores and no desk of headquarters.
import { Console } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';

export const title = 'Campaigns: a promotion tried and published, a coupon, the clearing';

const PROMOTION = '满一千减两百';
const COUPON = '双十二会员券';

export async function run({ step, watch }, world) {
  const hq = await openWindow(world.browser, 'desktop');
  watch(hq.page, 'console');
  const desk = new Console(hq.page, world.server);
  await desk.login('hq', 'xueling-hq');
  await desk.at('figures').waitFor();
  await publishPromotion({ step, desk });
  await publishCoupon({ step, desk });
  await readClearing({ step, desk });
  const own = await openWindow(world.browser, 'desktop');
  watch(own.page, 'console of the franchisee');
  await seeOwnOnly({ step, desk: new Console(own.page, world.server) });
  await step('no page failed on the way', async () => assert.deepEqual([...hq.errors, ...own.errors], []));
}

async function publishPromotion({ step, desk }) {
  await step('headquarters drafts a full reduction; it cannot be published before it was tried', async () => {
    await desk.go('promotions');
    await desk.at('promotion-new').click();
    await desk.at('play-FULL_REDUCTION').click();
    await desk.input('promotion-name').fill(PROMOTION);
    await desk.input('term-tiers-atFen').fill('1000');
    await desk.input('term-tiers-cutFen').fill('200');
    await desk.at('promotion-save').click();
    await desk.at('publish').waitFor();
    assert.ok(await desk.at('publish').isDisabled(), 'publishing waits for a run');
  });
  await step('the run on past orders says in sentences what it costs and who bears it', async () => {
    await desk.at('run').click();
    await desk.at('run-result').waitFor();
    const words = await textOf(desk.at('run-result'));
    assert.match(words, /拿最近 30 天的 \d+ 单试过/);
    const borne = fenOf(await textOf(desk.at('run-bearers').locator('tfoot tr').locator('td').last()));
    assert.ok(borne > 0, 'past orders would have become cheaper');
    await desk.page.getByRole('tab', { name: /^举例/ }).click();
    await desk.at('run-samples').waitFor();
  });
  await step('it is published, with a reason where prices may fall below the floor', async () => {
    await desk.at('publish').click();
    const reason = desk.at('publish-reason');
    await desk.at('publish-confirm').waitFor();
    if ((await reason.count()) > 0) await reason.fill('双十二主推');
    await desk.at('publish-confirm').click();
    await desk.at('promotion-pause').waitFor();
    await desk.go('promotions');
    const row = await desk.find(PROMOTION, 'promotion-row');
    assert.match(await textOf(row), /未开始|进行中/);
  });
}

async function publishCoupon({ step, desk }) {
  await step('a coupon template is checked while typing, drafted and published', async () => {
    await desk.go('coupons');
    await desk.at('template-new').click();
    await desk.input('template-name').fill(COUPON);
    await desk.input('template-value').fill('60');
    await desk.input('template-threshold').fill('50');
    await desk.at('check-problems').waitFor();
    await desk.input('template-threshold').fill('599');
    await desk.input('template-total').fill('100');
    await desk.at('template-check').filter({ hasText: '最多花 ¥6,000.00' }).waitFor();
    await desk.at('template-save').click();
    await desk.at('template-publish').click();
    await desk.at('template-publish-confirm').click();
    await desk.at('template-pause').waitFor();
    await desk.go('coupons');
    assert.match(await textOf(await desk.find(COUPON, 'template-row')), /发放中/);
  });
}

async function readClearing({ step, desk }) {
  await step('the clearing sums to zero, and an amount opens its entries', async () => {
    await desk.go('clearing');
    await desk.at('nets').waitFor();
    assert.match(await textOf(desk.at('nets')), /账是平的/);
    await desk.at('heat-cell').first().click();
    await desk.at('clearing-leg').first().waitFor();
  });
}

async function seeOwnOnly({ step, desk }) {
  await step('a franchisee sees the promotion that reaches its stores, and may change nothing of it', async () => {
    await desk.login('f01', 'xueling-f01');
    await desk.at('figures').waitFor();
    await desk.go('promotions');
    const row = await desk.find(PROMOTION, 'promotion-row');
    await row.click();
    await desk.page.getByRole('tab', { name: '门店' }).click();
    await desk.at('promotion-store').first().waitFor();
    for (const act of ['promotion-pause', 'promotion-end', 'publish', 'promotion-edit'])
      assert.equal(await desk.at(act).count(), 0, act);
  });
  await step('its own budget for promotions is the only one that it sees', async () => {
    await desk.open('promotions?tab=envelopes');
    await desk.at('envelope').first().waitFor();
    assert.equal(await desk.at('envelope').count(), 1);
  });
  await step('coupons can be read, not made', async () => {
    await desk.go('coupons');
    await desk.at('template-row').first().waitFor();
    assert.equal(await desk.at('template-new').count(), 0);
  });
}
