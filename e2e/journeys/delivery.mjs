// Local delivery: headquarters opens it for a store, a neighbour books a slot, the guide sends it out, it arrives.
import { ChatWindow } from '../pages/chat-window.mjs';
import { Console } from '../pages/console.mjs';
import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Local delivery: opened, out of reach, booked, sent out, received';

const NEAR = 0;
const FAR = 1;
const ADDRESS = { name: '苏晚晴', region: '浙江省 杭州市 上城区', detail: '青年路 18 号 2 幢 301' };

export async function run({ step, watch, shoot }, world) {
  const { browser, desk, guide, server } = world;
  const person = {
    ...world.newcomer('neighbour', '苏晚晴'),
    places: [
      { name: '青年路小区', address: '上城区青年路 18 号', latitude: 30.2521, longitude: 120.1663 },
      { name: '湘湖度假村', address: '萧山区湘湖路 1 号', latitude: 30.1512, longitude: 120.2201 },
    ],
  };
  const office = await openWindow(browser, 'desktop');
  watch(office.page, 'console');
  const mobile = await openWindow(browser, 'phone');
  watch(mobile.page, 'phone');
  const window = await openWindow(browser, 'desktop');
  watch(window.page, 'chat');
  const phone = new Phone(mobile.page, desk.origin);
  const chat = new ChatWindow(window.page, desk.origin);
  await openDelivery({ step, console: new Console(office.page, server), guide });
  await desk.addPerson(person);
  await tryFar({ step, shoot, phone, person, guide });
  const order = await book({ step, shoot, phone, person });
  await bring({ step, shoot, phone, chat, guide, order });
  await step('no page failed on the way', async () =>
    assert.deepEqual([...office.errors, ...mobile.errors, ...window.errors], []),
  );
}

async function openDelivery({ step, console, guide }) {
  await step('headquarters opens local delivery for a store: how far, what it costs, when', async () => {
    await console.login('hq', 'xueling-hq');
    await console.at('figures').waitFor();
    await console.go('stores');
    const row = await console.find(guide.storeName, 'store-row');
    await row.getByTestId('store-desk').click();
    await console.at('service-form').waitFor();
    const form = console.at('service-form');
    const isOn = form.getByRole('switch', { name: '同城配送' });
    if ((await isOn.getAttribute('aria-checked')) !== 'true') await isOn.click();
    for (let rows = await form.getByTestId('slot').count(); rows < 2; rows += 1) {
      await form.getByRole('button', { name: '再加一段' }).last().click();
      await form.getByTestId('slot').nth(rows).waitFor();
    }
    const late = form.getByTestId('slot').nth(1).locator('input.num');
    await late.nth(0).fill('19:00');
    await late.nth(1).fill('21:30');
    await console.at('service-save').click();
    await console.page.getByText('已保存').first().waitFor();
  });
}

/** From the guide's code to a checkout with one piece. */
async function tryFar({ step, shoot, phone, person, guide }) {
  const { mall } = phone;
  await step('a neighbour chooses a piece in that store', async () => {
    await phone.enterBy(guide, person.key);
    await mall.buyFirst();
  });
  await step('a place out of reach is refused with the reason, and another way is taken', async () => {
    await mall.at('fulfil-DELIVERY').click();
    await phone.choosePlace(FAR);
    const words = await mall.text('delivery-refused');
    await shoot(phone.page, 'delivery-refused');
    assert.match(words, /湘湖度假村.*超出了配送范围.*内可送/);
    assert.equal(await mall.at('fulfil-DELIVERY').getAttribute('aria-checked'), 'false');
  });
}

async function book({ step, shoot, phone, person }) {
  const { mall } = phone;
  await step('a near place shows distance, fee and slots; without a slot nothing can be paid', async () => {
    await mall.at('other-place').click();
    await phone.choosePlace(NEAR);
    await mall.at('delivery-slots').waitFor();
    assert.equal(await mall.at('delivery-refused').count(), 0);
    assert.match(await mall.text('delivery-slots'), /青年路小区.*(米|公里).*配送费 ¥/);
    await mall.at('pick-address').click();
    await mall.addAddress({ ...ADDRESS, phone: person.phone });
    await mall.at('pick-address').filter({ hasText: '青年路 18 号' }).waitFor();
    await mall.at('submit-order').filter({ hasText: '送达时段' }).waitFor();
  });
  return step('books a slot, and pays the goods and the fee', async () => {
    const slot = mall.all('slot-').last();
    const when = await textOf(slot);
    await slot.click();
    await shoot(phone.page, 'delivery-slot');
    await mall.at('submit-order').filter({ hasText: '微信支付' }).waitFor();
    const { totalFen } = await mall.checkoutFigures();
    assert.match(await mall.text('price-steps'), /配送费|运费/);
    await mall.at('submit-order').click();
    assert.equal(await phone.pay(), totalFen);
    await until('the payment to be known', 20_000, async () => /付款成功/.test(await mall.text('pay-state')));
    await mall.at('see-order').click();
    await mall.page('order-detail');
    await mall
      .at('delivery-slot')
      .filter({ hasText: when.slice(0, 5) })
      .waitFor();
    return { no: (await mall.text('order-no')).match(/\d{10,}/)?.[0], when };
  });
}

async function bring({ step, shoot, phone, chat, guide, order }) {
  const { mall } = phone;
  const { workbench } = chat;
  const card = workbench.frame.locator('.store-order').filter({ hasText: order.no });
  await step('the guide sees slot and address, and sends it out with who brings it', async () => {
    await chat.openWorkbench(guide.userid, 'orders');
    await card.waitFor({ timeout: 20_000 });
    assert.match(await textOf(card), /同城|配送/);
    assert.match(await textOf(card.getByTestId('delivery-slot')), /\d\d:\d\d 起送/);
    await card.getByTestId('ship-open').click();
    await shoot(chat.page, 'delivery-send-out');
    await workbench.at('courier-name').fill('店员小周');
    await workbench.at('courier-confirm').click();
    await workbench.at('ship-sheet').waitFor({ state: 'hidden' });
  });
  await step('the consumer sees that it is under way and by whom', async () => {
    await mall.frame.locator('body').evaluate(() => window.location.reload());
    await until('the delivery to be under way', 20_000, async () =>
      /配送|送/.test(await mall.text('order-state').catch(() => '')),
    );
    await mall.frame.getByText('店员小周').filter({ visible: true }).first().waitFor();
    await shoot(phone.page, 'delivery-under-way');
  });
  await step('the guide marks it as arrived; the consumer reads that it was received', async () => {
    await workbench.frame.getByRole('tab', { name: '已发货' }).click();
    await card.getByTestId('delivered').click();
    await card.waitFor({ state: 'detached' });
    await mall.frame.locator('body').evaluate(() => window.location.reload());
    await until('the order to be received', 20_000, async () =>
      /送达|收货|完成/.test(await mall.text('order-state').catch(() => '')),
    );
  });
}
