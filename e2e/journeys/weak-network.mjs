// A weak network at the till of the phone: taps twice, waits, loses the answer, and still there is one order and one payment.
import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Weak network: slow, lost and doubled requests make one order';

const SLOW_MS = 4_500;
const isSubmit = (request) => request.method() === 'POST' && /\/api\/m\/orders$/.test(request.url());

export async function run({ step, watch, shoot }, world) {
  const { browser, desk, guide } = world;
  const person = world.newcomer('rider', '程野');
  const { page, errors } = await openWindow(browser, 'phone');
  watch(page, 'phone');
  const phone = new Phone(page, desk.origin);
  await desk.addPerson(person);
  await phone.enterBy(guide, person.key);
  await slowAndTwice({ step, shoot, phone, page });
  await lost({ step, shoot, phone, page, person });
  await lostPay({ step, phone, page, person });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

/** How many orders the person has in all. */
async function orderCount(phone, personKey) {
  const { mall } = phone;
  await phone.open(personKey, 'pages/orders/index?tab=ALL');
  await mall.at('order-state').waitFor({ timeout: 20_000 });
  return mall.all('order-').and(mall.frame.locator('.card')).count();
}

async function toCheckout(phone, at) {
  const { mall } = phone;
  await phone.allowUntil(mall.all('product-card-').first());
  await mall.buyFirst(at);
  await mall.at('fulfil-PICKUP').click();
  await mall.at('pickup-store').waitFor();
  return (await mall.checkoutFigures()).totalFen;
}

async function slowAndTwice({ step, shoot, phone, page }) {
  const { mall } = phone;
  await step('a slow answer is said to be slow; a second tap sends nothing', async () => {
    const totalFen = await toCheckout(phone, 0);
    let sent = 0;
    await page.route('**/api/m/orders', async (route) => {
      if (!isSubmit(route.request())) return route.continue();
      sent += 1;
      await page.waitForTimeout(SLOW_MS);
      return route.continue();
    });
    const button = mall.at('submit-order');
    await button.dblclick({ delay: 10 });
    await mall.at('submit-slow').waitFor();
    await shoot(page, 'submit-slow');
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    assert.equal(await phone.pay(), totalFen);
    await page.unroute('**/api/m/orders');
    assert.equal(sent, 1);
    await until('the payment to be known', 20_000, async () => /付款成功/.test(await mall.text('pay-state')));
  });
}

async function lost({ step, shoot, phone, page, person }) {
  const { mall } = phone;
  await step('a lost answer is told as unknown; trying again finds the same order', async () => {
    await phone.open(person.key, 'pages/home/index');
    const totalFen = await toCheckout(phone, 1);
    const keys = [];
    await page.route('**/api/m/orders', async (route) => {
      if (!isSubmit(route.request())) return route.continue();
      keys.push(route.request().headers()['idempotency-key']);
      // The server makes the order, and only its answer gets lost on the way, once.
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await mall.at('submit-order').click();
    await mall.at('submit-lost').waitFor();
    assert.match(await mall.text('submit-lost'), /可能已经提交.*不会重复下单/);
    await shoot(page, 'submit-lost');
    await mall.at('submit-again').click();
    await phone.at('pay-cancel').click({ timeout: 30_000 });
    await page.unroute('**/api/m/orders');
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1], 'the second try carries the key of the first');
    await mall.at('pay-again').waitFor({ timeout: 20_000 });
    assert.equal(await mall.fen('page-pay-result').catch(() => totalFen), totalFen);
  });
  await step('two orders in all, not three', async () => {
    assert.equal(await orderCount(phone, person.key), 2);
  });
}

async function lostPay({ step, phone, page, person }) {
  const { mall } = phone;
  await step('the payment starts although its first answer was lost, and is taken once', async () => {
    await mall.frame.locator('[data-testid="order-state"]:visible').filter({ hasText: '待付款' }).click();
    await mall.page('order-detail');
    let calls = 0;
    await page.route('**/api/m/orders/*/pay', async (route) => {
      calls += 1;
      if (calls > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await mall.at('pay').click();
    await mall.frame.getByText(/网络/).filter({ visible: true }).first().waitFor();
    assert.equal(await phone.at('sheet-pay').count(), 0);
    await until('the button to be free', 10_000, async () => {
      const free = (await mall.at('pay').getAttribute('aria-disabled')) !== 'true';
      return free;
    });
    await mall.at('pay').click();
    await phone.pay();
    await page.unroute('**/api/m/orders/*/pay');
    await mall.at('order-state').filter({ hasText: '待自提' }).waitFor({ timeout: 20_000 });
  });
  await step('the answer about the payment is lost: the page asks by itself and then knows', async () => {
    await phone.open(person.key, 'pages/home/index');
    await toCheckout(phone, 2);
    await page.route('**/check-payment', (route) => route.abort('connectionreset'));
    await mall.at('submit-order').click();
    await phone.pay();
    await mall.page('pay-result');
    await page.unroute('**/check-payment');
    await until('the payment to be known', 30_000, async () => /付款成功/.test(await mall.text('pay-state')));
  });
}
