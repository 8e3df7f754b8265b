// The wallet at checkout: topped up, its PIN set right there, a wrong PIN told, a forgotten one set anew, all of an order paid.
import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Wallet: top-up, first PIN at checkout, wrong and forgotten PIN';

const FIRST = '246810';
const NEXT = '135791';

export async function run({ step, watch, shoot }, world) {
  const { browser, desk, guide } = world;
  const person = world.newcomer('saver', '谢芷兰');
  const { page, errors } = await openWindow(browser, 'phone');
  watch(page, 'phone');
  const phone = new Phone(page, desk.origin);
  await desk.addPerson(person);
  await topUp({ step, phone, person, guide });
  await payFirst({ step, shoot, phone, person });
  await mistake({ step, phone, person });
  await forget({ step, shoot, phone });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

async function topUp({ step, phone, person, guide }) {
  const { mall } = phone;
  await step('a newcomer tops the wallet up, and the balance is there', async () => {
    await phone.enterBy(guide, person.key);
    await phone.open(person.key, 'pages/wallet/index');
    await mall.at('wallet-hero').waitFor({ timeout: 20_000 });
    assert.equal(await mall.fen('wallet-available'), 0);
    await mall.at('open-top-up').click();
    const tiers = mall.all('tier-');
    await tiers.first().waitFor();
    await tiers.last().click();
    await mall.at('agree').click();
    await mall.at('pay-top-up').click();
    const paidFen = await phone.pay();
    await until('the balance', 20_000, async () => (await mall.fen('wallet-available')) >= paidFen);
  });
}

/** Chooses a piece and has the wallet pay as much as it can. */
async function payByWallet(phone, person, at) {
  const { mall } = phone;
  await phone.open(person.key, 'pages/home/index');
  await phone.allowUntil(mall.all('product-card-').first());
  await mall.buyFirst(at);
  await mall.at('fulfil-PICKUP').click();
  await mall.at('pickup-store').waitFor();
  const { totalFen } = await mall.checkoutFigures();
  await mall.at('wallet-row').click();
  await until('the wallet to pay', 10_000, async () => /用余额付/.test(await mall.text('wallet-note')));
  await mall
    .at('submit-order')
    .filter({ hasText: /微信支付|确认下单/ })
    .click();
  return totalFen;
}

async function finish(phone) {
  const { mall } = phone;
  // What the wallet does not cover is left for WeChat Pay.
  const done = mall.at('pay-state').filter({ hasText: '付款成功' });
  await done.or(phone.at('sheet-pay')).first().waitFor({ timeout: 30_000 });
  if (await phone.at('sheet-pay').isVisible()) await phone.pay();
  await until('the payment to be known', 20_000, async () => /付款成功/.test(await mall.text('pay-state')));
}

async function payFirst({ step, shoot, phone, person }) {
  const { mall } = phone;
  await step('somebody without a PIN is asked to set one at checkout, and the order goes on', async () => {
    await payByWallet(phone, person, 0);
    await mall.at('pin-sheet').waitFor();
    assert.match(await mall.text('pin-sheet'), /先设一个付款密码/);
    await shoot(phone.page, 'pin-first');
    await mall.fill('new-pin', FIRST);
    await mall.fill('again-pin', '111111');
    await mall.at('save-pin').click();
    assert.match(await mall.text('pin-problem'), /不一样/);
    await mall.fill('again-pin', FIRST);
    await mall.at('save-pin').click();
    await finish(phone);
  });
}

async function mistake({ step, phone, person }) {
  const { mall } = phone;
  await step('a wrong PIN is told with the tries that are left, and nothing is bought', async () => {
    await payByWallet(phone, person, 1);
    await mall.at('wallet-pin').waitFor();
    for (const left of [4, 3]) {
      await mall.fill('wallet-pin-input', '000000');
      await mall.at('wallet-pin-confirm').click();
      await mall
        .at('wallet-pin-problem')
        .filter({ hasText: `还能再试 ${left} 次` })
        .waitFor();
    }
  });
}

async function forget({ step, shoot, phone }) {
  const { mall } = phone;
  await step('a forgotten PIN is set anew by the own phone number, and the order is paid', async () => {
    await shoot(phone.page, 'pin-wrong');
    await mall.at('forgot-pin').click();
    await mall.fill('new-pin', NEXT);
    await mall.fill('again-pin', NEXT);
    await shoot(phone.page, 'pin-forgotten');
    await mall.at('phone-button').click();
    await phone.at('phone-allow').click();
    await finish(phone);
  });
}
