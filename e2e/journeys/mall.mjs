// What a member owns and what a store offers: campaigns, group, bargain, the explained price, orders of all channels.

import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Consumer: campaigns, the explained price and everything mine';

/** A member of the demo with coupons, points and wallet money. */
const MEMBER = 'lin';

export async function run({ step, watch }, world) {
  const { browser, desk } = world;
  const { page, errors } = await openWindow(browser, 'phone');
  watch(page, 'phone');
  const phone = new Phone(page, desk.origin);
  const { mall } = phone;
  const open = (path) => phone.open(MEMBER, path);
  await campaigns({ step, phone, mall, open });
  await plays({ step, mall, open });
  await price({ step, phone, mall, open });
  await addOn({ step, phone, mall, open });
  await channels({ step, mall, open });
  await step('no page of the mall failed on the way', async () => assert.deepEqual(errors, []));
}

async function campaigns({ step, phone, mall, open }) {
  await step("home shows what is mine and the store's campaigns", async () => {
    await open('pages/home/index');
    await phone.allowUntil(mall.at('home-mine'));
    await mall.at('campaigns').waitFor({ timeout: 20_000 });
    assert.match(await mall.text('home-coupons'), /券/);
    assert.match(await mall.text('home-points'), /积分/);
  });
  await step('a campaign says until when, what is left and its small print', async () => {
    await mall.at('campaign-SECKILL').click();
    await mall.page('promotion');
    await mall.at('promotion-text').waitFor({ timeout: 20_000 });
    assert.match(await mall.text('promotion-head'), /距(开始|结束)|状态/);
    assert.match(await mall.text('left-pieces'), /件|抢完/);
    assert.match(await mall.text('promotion-rules'), /限/);
  });
}

async function plays({ step, mall, open }) {
  await step('a group is opened at its price, which the checkout knows', async () => {
    await open('pages/promotions/index');
    await mall.at('campaign-GROUP_BUY').click();
    await mall.page('promotion');
    const row = mall.all('promo-item-').first();
    await row.waitFor({ timeout: 20_000 });
    const groupFen = fenOf(await textOf(row.locator('.price').first()));
    await mall.all('take-').first().click();
    const { totalFen } = await mall.checkoutFigures();
    assert.ok(totalFen <= groupFen, `the checkout asks for ${totalFen}, the group for ${groupFen}`);
  });
  await step('a bargain begins once, however often it is tapped', async () => {
    await open('pages/promotions/index');
    await mall.at('campaign-BARGAIN').click();
    await mall.all('take-').first().click();
    await mall.page('bargain');
    await mall.at('bargain-price').waitFor({ timeout: 20_000 });
    assert.match(await mall.text('helps'), /帮砍的朋友 \d+\/\d+/);
    await open('pages/my-plays/index?tab=BARGAIN');
    await mall.all('my-bargain-').first().waitFor({ timeout: 20_000 });
    assert.equal(await mall.all('my-bargain-').count(), 1);
  });
}

async function price({ step, phone, mall, open }) {
  await step('the cart suggests the best combination', async () => {
    await open('pages/home/index');
    await phone.allowUntil(mall.all('product-card-').first());
    await mall.all('product-card-').first().click();
    await mall.page('product');
    await mall.at('buy-now').click();
    await mall.chooseSize();
    await mall.at('sku-confirm').click();
    await mall.checkoutFigures();
  });
  await step('pain-04 the coupon sheet names the best, the usable and why the others do not count', async () => {
    await mall.at('open-coupons').click();
    await mall.at('best-reason').waitFor();
    assert.ok((await mall.text('best-reason')).length > 0);
    assert.ok((await mall.text('unusable-coupons')).length > 10);
    await mall.at('no-coupons').click();
    await mall.at('use-best').click();
    await mall.at('coupons-done').click();
  });
  await step('points and wallet lower what WeChat Pay is asked for, and the lines still add up', async () => {
    const before = await mall.fen('checkout-total');
    await mall.at('points-plus').click();
    await until('points to save', 10_000, async () => (await mall.fen('checkout-total')) < before);
    const withPoints = await mall.fen('checkout-total');
    await mall.at('wallet-row').click();
    await until('the wallet to pay', 10_000, async () => (await mall.fen('checkout-total')) < withPoints);
    assert.match(await mall.text('money-split'), /微信支付/);
    assert.match(await mall.text('saved-text'), /已省/);
  });
}

async function addOn({ step, phone, mall, open }) {
  await step('a piece that costs little beside a full cart is taken from its card in the cart', async () => {
    await open('pages/category/index');
    await phone.allowUntil(mall.all('product-card-').first());
    await mall.all('product-card-').first().click();
    await mall.page('product');
    await mall.at('add-to-cart').click();
    await mall.chooseSize();
    await mall.at('sku-confirm').click();
    await mall.at('sku-sheet').waitFor({ state: 'detached' });
    await open('pages/cart/index');
    await mall.at('add-ons').click();
    await mall.at('add-on-sheet').waitFor();
    const take = mall.all('take-').first();
    const skuId = (await take.getAttribute('data-testid')).slice('take-'.length);
    // A copy that was walked before has it in the cart already.
    if (!/已加入/.test(await textOf(take))) await take.click();
    await until('the piece to lie in the cart', 15_000, async () => /已加入/.test(await textOf(take)));
    await mall.at('sheet-close').click();
    await mall.at(`cart-line-${skuId}`).waitFor();
  });
}

async function channels({ step, mall, open }) {
  await step('orders of all channels lie in one list and can be told apart', async () => {
    await open('pages/orders/index');
    await mall.at('order-state').waitFor({ timeout: 20_000 });
    await mall.at('channel-POS').click();
    await until('orders of stores, or word that there are none', 15_000, async () => {
      if (await mall.at('empty').count()) return true;
      const cards = await mall.all('order-state').count();
      return cards > 0 && (await mall.frame.getByText('小程序下单').filter({ visible: true }).count()) === 0;
    });
  });
}
