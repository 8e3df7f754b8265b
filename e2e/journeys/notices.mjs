// News in WeChat: pays, agrees to be told, finds the message on the phone and opens the order from it.
import { Console } from '../pages/console.mjs';
import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Notices: pay, agree, read the message, open the order; headquarters sees it';

/** Somebody of the demo who has agreed to nothing yet. */
const WHO = 'xu';

export async function run({ step, watch }, world) {
  const { page, errors } = await openWindow(world.browser, 'phone');
  watch(page, 'phone');
  const phone = new Phone(page, world.desk.origin);
  const order = await payAndAgree({ step, phone });
  await readAndOpen({ step, phone, order });
  await stopAKind({ step, phone });
  await lookAtTheDesk({ step, watch, world });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

async function payAndAgree({ step, phone }) {
  const { mall } = phone;
  let code = '';
  await step('pays for something to be fetched, and is offered to have the code in WeChat', async () => {
    await phone.open(WHO, 'pages/category/index');
    await mall.page('category');
    await mall.all('product-card-').first().waitFor({ timeout: 20_000 });
    await mall.buyFirst();
    await mall.at('fulfil-PICKUP').click();
    await mall.checkoutFigures();
    await mall.at('submit-order').click();
    await phone.pay();
    await mall.page('pay-result');
    await mall.at('notice-ask').waitFor({ timeout: 20_000 });
    code = (await mall.text('pickup-code')).replace(/\s/g, '');
  });
  await step('one tap brings WeChat’s sheet, which names the message; allowing it says so', async () => {
    await mall.at('notice-ask-tap').click();
    const sheet = phone.at('sheet-subscribe');
    await sheet.filter({ hasText: '取货提醒' }).waitFor({ timeout: 10_000 });
    await phone.at('subscribe-allow').click();
    await mall.at('notice-said').filter({ hasText: '服务通知' }).waitFor({ timeout: 10_000 });
  });
  return code;
}

async function readAndOpen({ step, phone, order }) {
  const { mall } = phone;
  await step('the message is on the phone with the code, and a tap opens that order', async () => {
    await phone.at('capsule-close').click();
    await phone.at('thread-service-notices').waitFor({ timeout: 30_000 });
    await phone.at('thread-service-notices').click();
    const card = phone.lastCard();
    await until('the message with the code', 20_000, async () => (await textOf(card)).includes(order));
    assert.match(await textOf(card), /取货提醒/);
    await card.getByRole('button').click();
    await mall.page('order-detail');
    await until('the order of the message', 20_000, async () =>
      (await mall.text('pickup-code')).replace(/\s/g, '').includes(order),
    );
  });
}

async function stopAKind({ step, phone }) {
  const { mall } = phone;
  await step('the page of messages shows what came, and each kind can be stopped', async () => {
    await phone.open(WHO, 'pages/notices/index');
    await mall.page('notices');
    await mall.at('notice-row').filter({ hasText: '到店取货' }).first().waitFor({ timeout: 20_000 });
    await mall.at('notice-switch-COUPON_EXPIRING').click();
    await mall.at('notice-kind-COUPON_EXPIRING').filter({ hasText: '已关闭' }).waitFor({ timeout: 10_000 });
  });
}

async function lookAtTheDesk({ step, watch, world }) {
  await step('headquarters sees the templates and the message in the log', async () => {
    const { page } = await openWindow(world.browser, 'desktop');
    watch(page, 'console');
    const desk = new Console(page, world.server);
    await desk.login('hq', 'xueling-hq');
    await desk.at('figures').waitFor();
    await desk.open('notices');
    await desk.at('notice-kind-row').filter({ hasText: '发送中' }).first().waitFor();
    await desk.open('notices?tab=log&kind=PICKUP_READY&state=SENT');
    await desk.at('notice-row').first().waitFor();
    assert.match(await textOf(desk.at('notice-row').first()), /到店取货.*已发送/s);
  });
}
