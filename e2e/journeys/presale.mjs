// A presale with a deposit: deposit now, tail in its time; and what is said to somebody who let the time of the tail pass.
import { Phone } from '../pages/phone.mjs';
import { BackOffice } from '../runner/back-office.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Presale: deposit, tail, and a deposit that is forfeit';

const HOUR_MS = 3_600_000;
const DEPOSIT_FEN = 5_000;

export async function run({ step, watch, shoot }, world) {
  const { browser, desk, guide, server } = world;
  const person = world.newcomer('planner', '祝南星');
  const { page, errors } = await openWindow(browser, 'phone');
  watch(page, 'phone');
  const phone = new Phone(page, desk.origin);
  await desk.addPerson(person);
  const kept = `尾款预售${person.key.slice(8, 14)}`;
  const lapsed = `不付不退${person.key.slice(8, 14)}`;
  await step('two presales are open: the tail of both can be paid in an hour, for an hour', async () => {
    const office = new BackOffice(server);
    await office.logIn();
    const storeId = await office.storeId(guide.storeName);
    const [first, second] = (await office.shelf(storeId)).map(({ skus }) =>
      skus.reduce((most, sku) => (sku.available > most.available ? sku : most)),
    );
    const nowMs = await desk.now();
    const item = (sku) => ({
      skuId: sku.id,
      priceFen: Math.trunc((sku.priceFen * 95) / 10_000) * 100,
      depositFen: DEPOSIT_FEN,
      worthFen: 2 * DEPOSIT_FEN,
    });
    const tail = [1, 2];
    await office.presale({ name: kept, nowMs, item: item(first), tail, forfeits: false });
    await office.presale({ name: lapsed, nowMs, item: item(second), tail, forfeits: true });
    await phone.enterBy(guide, person.key);
  });
  const orderId = await payDeposit({ step, shoot, phone, person, name: kept });
  const lostId = await payDeposit({ step, shoot, phone, person, name: lapsed });
  await payTail({ step, shoot, phone, person, desk, orderId });
  await missTail({ step, shoot, phone, person, desk, lostId });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

async function payDeposit({ step, shoot, phone, person, name }) {
  const { mall } = phone;
  return step(`${name}: the checkout says deposit and tail apart, and only the deposit is paid now`, async () => {
    await phone.open(person.key, 'pages/promotions/index');
    const campaign = mall.frame.locator('[data-testid="campaign-PRESALE"]:visible').filter({ hasText: name });
    await campaign.first().click({ timeout: 20_000 });
    await mall.page('promotion');
    await mall.all('take-').first().click();
    await mall.page('checkout');
    await mall.at('fulfil-PICKUP').click();
    await mall.at('pickup-store').waitFor();
    await until('the deposit', 10_000, async () => (await mall.fen('checkout-total')) === DEPOSIT_FEN);
    assert.match(await mall.text('page-checkout'), /尾款/);
    await shoot(phone.page, 'presale-checkout');
    await mall.at('submit-order').filter({ hasText: '付定金' }).click();
    assert.equal(await phone.pay(), DEPOSIT_FEN);
    await until('the deposit to be known', 20_000, async () => /定金已付/.test(await mall.text('pay-state')));
    assert.equal(await mall.at('pay-again').count(), 0, 'the tail has its own time');
    await shoot(phone.page, 'presale-deposit-paid');
    await mall.at('see-order').click();
    await mall.page('order-detail');
    assert.equal(await mall.at('pay').count(), 0, 'nothing can be paid before its time');
    const hash = await mall.frame.locator('body').evaluate(() => window.location.hash);
    return /[?&]id=(\d+)/.exec(hash)?.[1];
  });
}

const openOrder = async (phone, person, id) => {
  await phone.open(person.key, `pages/order-detail/index?id=${id}`);
  await phone.mall.at('order-state').waitFor({ timeout: 20_000 });
};

async function payTail({ step, shoot, phone, person, desk, orderId }) {
  const { mall } = phone;
  await step('when its time has come the tail is due, is paid, and the goods are ready', async () => {
    await desk.advance(1.1 * HOUR_MS);
    // The server learns of the moved clock a moment later.
    await until('the tail to be due', 30_000, async () => {
      await openOrder(phone, person, orderId);
      return (await mall.at('pay').count()) > 0;
    });
    assert.match(await mall.text('next-step'), /尾款/);
    await shoot(phone.page, 'presale-tail-due');
    await mall.at('pay').filter({ hasText: '付尾款' }).click();
    const tailFen = await phone.pay();
    assert.ok(tailFen > DEPOSIT_FEN);
    await mall.at('order-state').filter({ hasText: '待自提' }).waitFor({ timeout: 30_000 });
    await mall.at('pickup-code').waitFor();
  });
}

async function missTail({ step, shoot, phone, person, desk, lostId }) {
  const { mall } = phone;
  await step('somebody who let the time pass reads that the order is closed and the deposit stays', async () => {
    await desk.advance(1.1 * HOUR_MS);
    await until('the order to be closed', 60_000, async () => {
      await openOrder(phone, person, lostId);
      return /关闭/.test(await mall.text('order-state'));
    });
    await shoot(phone.page, 'presale-forfeit-order');
    assert.match(await mall.text('next-step'), /定金不退/);
    assert.equal(await mall.at('pay').count(), 0);
    await phone.open(person.key, 'pages/my-plays/index?tab=PRESALE');
    const deal = mall.at(`presale-${lostId}`);
    await deal.waitFor({ timeout: 20_000 });
    await shoot(phone.page, 'presale-forfeit-list');
    assert.match(await textOf(deal.getByTestId('presale-state')), /定金不退/);
  });
}
