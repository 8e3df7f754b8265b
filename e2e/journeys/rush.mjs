// A rush and its end: waiting for one's turn, and the ways out where the last piece has gone, on product, cart and checkout.
import { Phone } from '../pages/phone.mjs';
import { BackOffice } from '../runner/back-office.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert } from '../runner/expect.mjs';
import { faultsOf } from '../runner/look.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Rush: waiting for the turn, and the ways out of sold out';

const LOOKS = [
  [375, 'light'],
  [390, 'dark'],
  [430, 'light'],
  [430, 'dark'],
];

export async function run({ step, watch, shoot }, world) {
  const { browser, desk, guide, server } = world;
  const person = world.newcomer('runner', '季北辰');
  const { page, errors } = await openWindow(browser, 'phone');
  watch(page, 'phone');
  const phone = new Phone(page, desk.origin);
  const office = new BackOffice(server);
  await desk.addPerson(person);
  await phone.enterBy(guide, person.key);
  const wanted = await choose({ step, phone, person, office, guide });
  await queue({ step, phone, page, shoot });
  await sellOut({ step, phone, person, page, office, wanted, shoot });
  await step('the shelf is filled again', () => office.count(wanted.storeId, wanted.sku.id, wanted.sku.available));
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

/** The page at several widths and in both looks: nothing wide, cut, pale or too small to tap. */
async function look({ phone, page, shoot }, name) {
  const frame = await (await phone.at('miniapp-frame').elementHandle()).contentFrame();
  const faults = [];
  for (const [width, colorScheme] of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 844 });
    await page.waitForTimeout(250);
    await shoot(page, `${name}-${width}-${colorScheme}`);
    faults.push(...(await faultsOf(frame)).map((fault) => `${width} ${colorScheme} ${fault}`));
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 390, height: 844 });
  assert.deepEqual(faults, []);
}

async function choose({ step, phone, person, office, guide }) {
  const { mall } = phone;
  return step('puts a piece that other stores have too into the cart, and goes to the checkout', async () => {
    await office.logIn();
    const storeId = await office.storeId(guide.storeName);
    const [product] = await office.shelf(storeId);
    const sku = product.skus.reduce((most, one) => (one.available > most.available ? one : most));
    await phone.open(person.key, `pages/product/index?id=${product.id}`);
    await phone.allowUntil(mall.at('product-price'));
    await mall.at('add-to-cart').click();
    await mall.at(`colour-${sku.colour}`).click();
    await mall.at(`size-${sku.size}`).click();
    await mall.at('sku-confirm').click();
    await mall.at('sku-sheet').waitFor({ state: 'hidden' });
    await mall.at('bar-cart').click();
    await mall.at('checkout').click();
    await mall.page('checkout');
    await mall.at('fulfil-PICKUP').click();
    await mall.at('pickup-store').waitFor();
    await mall.checkoutFigures();
    return { storeId, product, sku };
  });
}

async function queue({ step, phone, page, shoot }) {
  const { mall } = phone;
  const busy = { code: 'SECKILL_WAIT', message: '排队的人很多', traceId: 'rush', detail: { retryAfterMs: 1_000 } };
  await step('while too many want it the phone waits for the turn by itself, and one may leave', async () => {
    let asked = 0;
    await page.route('**/api/m/orders', (route) => {
      asked += 1;
      return route.fulfill({ status: 429, json: busy });
    });
    await mall.at('submit-order').click();
    await mall.at('queue').waitFor();
    await look({ phone, page, shoot }, 'queue');
    await until('it to ask again', 10_000, () => asked >= 2);
    await mall.at('queue-leave').click();
    await mall.at('queue').waitFor({ state: 'hidden' });
    await mall.frame.getByText('已停止排队').waitFor();
  });
  await step('after a minute it asks whether to go on waiting', async () => {
    await page.unroute('**/api/m/orders');
    const long = { ...busy, detail: { retryAfterMs: 61_000 } };
    await page.route('**/api/m/orders', (route) => route.fulfill({ status: 429, json: long }));
    await mall.at('submit-order').click();
    await mall.at('still-full').waitFor();
    await look({ phone, page, shoot }, 'still-full');
    await mall.at('queue-stop').click();
    await page.unroute('**/api/m/orders');
  });
}

async function sellOut({ step, phone, person, page, office, wanted, shoot }) {
  const { mall } = phone;
  const { storeId, sku, product } = wanted;
  await step('somebody else takes the last one: the checkout says so and names who has it', async () => {
    await office.sellOut(storeId, sku.id);
    await mall.at('submit-order').click();
    await mall.at('sold-out-sheet').waitFor();
    await mall.at('notify-arrival').waitFor();
    await look({ phone, page, shoot }, 'checkout-sold-out');
    assert.ok((await mall.all('elsewhere-').count()) > 0, 'another store has it');
    await mall.at('sheet-close').click();
  });
  await step('the cart sets it apart, and shows the stores near by', async () => {
    await phone.at('miniapp-back').click();
    await mall.page('cart');
    await mall.at('cart-gone').waitFor({ timeout: 20_000 });
    await look({ phone, page, shoot }, 'cart-gone');
    await mall.at(`nearby-${sku.id}`).click();
    await mall.at('cart-elsewhere').waitFor();
    await mall.at('notify-arrival').waitFor();
    await look({ phone, page, shoot }, 'cart-elsewhere');
    await mall.at('sheet-close').click();
  });
  await step('the product says which size is gone, and a word is promised when it is back', async () => {
    await phone.open(person.key, `pages/product/index?id=${product.id}`);
    await phone.allowUntil(mall.at('product-price'));
    await mall.at('buy-now').click();
    await mall.at(`colour-${sku.colour}`).click();
    await mall.at(`size-${sku.size}`).click();
    await mall.at('sold-out').waitFor();
    await mall.at('notify-arrival').waitFor();
    await look({ phone, page, shoot }, 'product-sold-out');
    await mall.at('notify-arrival').click();
    // WeChat asks on its own sheet whether the message may come.
    await phone.allowUntil(mall.at('notify-arrival').filter({ hasText: '已登记' }));
  });
}
