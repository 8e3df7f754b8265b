// A new consumer: from the guide's code to a paid order that waits at the counter.

import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = "Consumer: from a guide's code to a paid order";

export async function run({ step, watch }, world) {
  const { browser, desk, person, guide } = world;
  const { page, errors } = await openWindow(browser, 'phone');
  watch(page, 'phone');
  const phone = new Phone(page, desk.origin);
  const { mall } = phone;
  world.phone = phone;
  await desk.addPerson(person);
  await meetGuide({ step, phone, mall, person, guide });
  await switchStores({ step, mall, guide });
  await findProducts({ step, mall, page });
  await fillCart({ step, mall, world });
  await payPickup({ step, phone, mall, world });
  await payShipping({ step, phone, mall, world });
  await lookBack({ step, phone, mall, world });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

async function meetGuide({ step, phone, mall, person, guide }) {
  await step("scans the guide's code, adds the guide and is welcomed", async () => {
    await phone.open(person.key);
    await phone.scan(`${guide.name} 的企业微信`);
    const { words, card } = await phone.addGuideAndReadWelcome();
    assert.ok(words.includes(guide.name), `the welcome names the guide: ${words}`);
    await card.click();
  });
  await step("enters the guide's store from the welcome card, with the reason", async () => {
    const { store, reason } = await mall.home();
    assert.ok(store.includes(guide.storeName), `store ${store}`);
    assert.ok(reason.length > 0, 'a reason is shown');
    await mall.at('guide-strip').filter({ hasText: guide.name }).waitFor();
  });
}

async function switchStores({ step, mall, guide }) {
  await step('one tap switches to a near store and back', async () => {
    await mall.at('store-bar').click();
    await mall.at('store-sheet').waitFor();
    const other = mall.at('store-sheet').locator('[data-testid^="store-row-"]').nth(1);
    const name = await textOf(other.locator('.store-row-name'));
    await other.click();
    await until('the other store to show', 15_000, async () => (await mall.text('store-name')) === name);
    assert.match(await mall.text('store-reason'), /选/);
    await mall.at('store-bar').click();
    const back = mall.at('store-sheet').locator('[data-testid^="store-row-"]').filter({ hasText: guide.storeName });
    await back.first().click();
    await until("the guide's store to show again", 15_000, async () =>
      (await mall.text('store-name')).includes(guide.storeName),
    );
  });
}

async function findProducts({ step, mall, page }) {
  await step('browses a category; a broken network offers to try again', async () => {
    await mall.tab('分类');
    await mall.page('category');
    await mall.all('product-card-').first().waitFor({ timeout: 20_000 });
    let broken = 0;
    await page.route('**/api/m/products?*', async (route) => {
      broken += 1;
      await route.abort('connectionfailed');
    });
    const tile = mall.frame.locator('[data-testid^="category-"]:visible').filter({ hasText: '短款羽绒服' }).first();
    await tile.click();
    await mall.at('retry').waitFor({ timeout: 30_000 });
    assert.ok(broken > 0, 'requests were cut');
    await page.unroute('**/api/m/products?*');
    await mall.at('retry').click();
    await mall.all('product-card-').first().waitFor({ timeout: 20_000 });
  });
  await step('searches; an unknown word says so and offers a way on', async () => {
    await mall.at('category-search').click();
    await mall.page('search');
    await search(mall, '没有这种东西');
    await mall.at('empty').waitFor({ timeout: 15_000 });
    await search(mall, '羽绒');
    await mall.all('product-card-').first().waitFor({ timeout: 20_000 });
    await mall.all('product-card-').first().click();
  });
}

async function search(mall, words) {
  await mall.fill('search-input', words);
  await mall.at('search-go').click();
}

async function fillCart({ step, mall, world }) {
  await step('product shows price and stock of this store; a size goes into the cart', async () => {
    await mall.page('product');
    await mall.at('product-price').waitFor({ timeout: 20_000 });
    world.viewed = { name: await mall.text('product-name'), priceFen: await mall.fen('product-price') };
    assert.ok(world.viewed.priceFen > 0);
    assert.ok((await mall.text('price-story')).length > 0);
    await mall.at('add-to-cart').click();
    await mall.chooseSize();
    await mall.at('sku-confirm').click();
    await mall.at('sku-sheet').waitFor({ state: 'hidden' });
    await mall.at('bar-cart').click();
  });
  await step('the cart sums its line, twice of it costs twice', async () => {
    await mall.page('cart');
    await mall.at('cart-total').waitFor();
    const once = await mall.fen('cart-total');
    assert.equal(once, world.viewed.priceFen);
    const plus = mall.frame.locator('[data-testid^="qty-"][data-testid$="-plus"]:visible').first();
    await plus.click();
    await until('the doubled total', 10_000, async () => (await mall.fen('cart-total')) === once * 2);
    await mall.frame.locator('[data-testid^="qty-"][data-testid$="-minus"]:visible').first().click();
    await until('the single total', 10_000, async () => (await mall.fen('cart-total')) === once);
    await mall.at('checkout').click();
  });
}

async function payPickup({ step, phone, mall, world }) {
  await step('checks out for pickup and pays what was shown', async () => {
    await mall.page('checkout');
    await mall.at('fulfil-PICKUP').click();
    await mall.at('pickup-store').waitFor();
    const { totalFen } = await mall.checkoutFigures();
    assert.equal(totalFen, world.viewed.priceFen, 'pickup adds no delivery fee');
    await mall.at('submit-order').click();
    const paid = await phone.pay();
    assert.equal(paid, totalFen);
  });
  await step('the result shows the pickup code, the order waits at the counter', async () => {
    await mall.page('pay-result');
    await until('the payment to be known', 20_000, async () => /付款成功/.test(await mall.text('pay-state')));
    world.pickup = {
      code: (await mall.text('pickup-code')).replace(/\s/g, ''),
      totalFen: world.viewed.priceFen,
    };
    assert.match(world.pickup.code, /^\d{6,12}$/);
    await mall.at('see-order').click();
    await mall.page('order-detail');
    assert.equal((await mall.text('pickup-code')).replace(/\s/g, ''), world.pickup.code);
    world.pickup.orderNo = (await mall.text('order-no')).match(/\d{10,}/)?.[0];
    assert.ok(world.pickup.orderNo, 'the order has a number');
  });
}

const ADDRESS = { name: '夏小雨', region: '浙江省 杭州市 上城区', detail: '青年路 18 号 2 幢 301' };

async function payShipping({ step, phone, mall, world }) {
  await step('buys another piece at once, to be sent home', async () => {
    await phone.open(world.person.key, 'pages/home/index');
    await phone.allowUntil(mall.all('product-card-').first());
    await mall.all('product-card-').nth(1).click();
    await mall.page('product');
    await mall.at('buy-now').click();
    await mall.chooseSize();
    await mall.at('sku-confirm').click();
    await mall.page('checkout');
    await mall.at('fulfil-SHIP').click();
    await mall.at('pick-address').click();
  });
  await step('a bad phone number in the address is refused, a good one is kept', async () => {
    await mall.addAddress({ ...ADDRESS, phone: '1385711' });
    assert.match(await mall.text('address-problem'), /11 位手机号/);
    await mall.fill('address-phone', world.person.phone);
    await mall.at('save-address').click();
    await mall.at('pick-address').filter({ hasText: '青年路 18 号' }).waitFor();
  });
  await step('leaves the pay sheet: the order waits for payment; pays it later', async () => {
    const { totalFen } = await mall.checkoutFigures();
    world.shipping = { totalFen };
    await mall.at('submit-order').click();
    await phone.at('pay-cancel').click({ timeout: 20_000 });
    await mall.at('pay-again').or(mall.at('pay')).first().click();
    assert.equal(await phone.pay(), totalFen);
    await until('the payment to be known', 20_000, async () =>
      /付款成功|待发货|等待发货/.test(await textOf(mall.at('pay-state').or(mall.at('order-state')).first())),
    );
  });
}

async function lookBack({ step, phone, mall, world }) {
  await step('我的 shows card, level and guide; the order list holds both orders', async () => {
    await phone.open(world.person.key, 'pages/mine/index');
    await phone.allowUntil(mall.at('member-card'));
    assert.ok((await mall.text('level-name')).length > 0);
    await mall.at('guide-strip').filter({ hasText: world.guide.name }).waitFor();
    await mall.at('orders-TO_PICKUP').click();
    await mall.page('orders');
    await mall.at('order-state').waitFor();
    await mall.at('tab-ALL').click();
    const cards = mall.frame.locator(
      '[data-testid^="order-"]:not([data-testid="order-state"]):not([data-testid^="order-next"]):visible',
    );
    await until('both orders', 15_000, async () => (await cards.count()) === 2);
    const shown = (await cards.allInnerTexts()).map(fenOf).sort((a, b) => a - b);
    assert.deepEqual(
      shown,
      [world.pickup.totalFen, world.shipping.totalFen].sort((a, b) => a - b),
    );
  });
  await step(
    'a refund without a reason cannot be sent; with one every consequence is shown, and the money comes back',
    async () => {
      await mall.at('tab-TO_SHIP').click();
      await mall.frame.locator('[data-testid="order-state"]:visible').first().click();
      await mall.page('order-detail');
      await mall.at('refund').click();
      await mall.page('after-sale');
      await mall.at('kind-REFUND_ONLY').click();
      await mall.at('send-after-sale').filter({ hasText: '原因' }).waitFor();
      await mall.at('reason-CHANGED_MIND').click();
      assert.equal(await mall.fen('refund-total'), world.shipping.totalFen, 'everything comes back before it is sent');
      assert.ok((await mall.text('consequences')).length > 10, 'the consequences are told');
      await mall.at('send-after-sale').filter({ hasText: '申请退' }).click();
      await mall.page('after-sale-detail');
      await until('the case to be over', 30_000, async () => {
        await phone.open(world.person.key, 'pages/after-sales/index');
        await mall.at('case-state').waitFor();
        return /完成|已退款/.test(await mall.text('case-state'));
      });
    },
  );
}
