// Scan and go: the hang tag is scanned in the shop, paid on the phone, and the guide at the door checks the code.
import { ChatWindow } from '../pages/chat-window.mjs';
import { Phone } from '../pages/phone.mjs';
import { BackOffice } from '../runner/back-office.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Scan and go: scanned, paid, checked at the door';

export async function run({ step, watch, shoot }, world) {
  const { browser, desk, guide } = world;
  const person = world.newcomer('scanner', '陆一禾');
  const mobile = await openWindow(browser, 'phone');
  watch(mobile.page, 'phone');
  const window = await openWindow(browser, 'desktop');
  watch(window.page, 'chat');
  const phone = new Phone(mobile.page, desk.origin);
  const chat = new ChatWindow(window.page, desk.origin);
  await desk.addPerson(person);
  const found = await fill({ step, shoot, phone, person, guide, world });
  const order = await pay({ step, shoot, phone, found });
  await leave({ step, shoot, phone, chat, guide, order });
  await step('no page failed on the way', async () => assert.deepEqual([...mobile.errors, ...window.errors], []));
}

async function fill({ step, shoot, phone, person, guide, world }) {
  const { mall } = phone;
  const tags = await step('enters the shop; an unknown tag is refused in words', async () => {
    await phone.enterBy(guide, person.key);
    const office = new BackOffice(world.server);
    const shelf = await office.shelf(await office.storeId(guide.storeName), 4);
    const tags = shelf.map(({ skus }) => skus.find((sku) => sku.available > 1)?.code).filter(Boolean);
    await phone.open(person.key, 'pages/scan-and-go/index');
    await phone.allowUntil(mall.at('scan-item'));
    assert.equal(await mall.at('scan-pay').getAttribute('aria-disabled'), 'true');
    await mall.at('scan-item').click();
    await phone.scanText('NOT-A-TAG-0');
    await mall.frame
      .getByText(/没有找到|没找到|不认识|找不到/)
      .first()
      .waitFor();
    return tags;
  });
  return step('scans two tags, one of them twice, and puts one piece back', async () => {
    for (const tag of [tags[0], tags[1], tags[0]]) {
      await mall.at('scan-item').click();
      await phone.scanText(tag);
      await mall.at('scan-item').filter({ hasText: '扫一件' }).waitFor();
      await mall.page('scan-and-go');
    }
    const rows = mall.frame.locator('[data-testid^="scanned-"]:not([data-testid^="scanned-qty"]):visible');
    await until('two lines', 10_000, async () => (await rows.count()) === 2);
    await rows.first().locator('[data-testid$="-minus"]').click();
    await shoot(phone.page, 'scanned');
    const fens = (await rows.locator('.price').allInnerTexts()).map(fenOf);
    return { totalFen: fens[0] + fens[1] };
  });
}

async function pay({ step, shoot, phone, found }) {
  const { mall } = phone;
  return step('pays on the phone, and gets a code for the door', async () => {
    await mall.at('scan-pay').click();
    const { totalFen } = await mall.checkoutFigures();
    assert.ok(totalFen <= found.totalFen, 'no freight for what is carried home');
    await mall.at('submit-order').click();
    assert.equal(await phone.pay(), totalFen);
    await until('the payment to be known', 20_000, async () => /付款成功/.test(await mall.text('pay-state')));
    await shoot(phone.page, 'exit-code');
    assert.match(await mall.text('page-pay-result'), /出门码/);
    return { code: (await mall.text('pickup-code')).replace(/\s/g, ''), totalFen };
  });
}

async function leave({ step, shoot, phone, chat, guide, order }) {
  const { workbench } = chat;
  await step('the guide at the door checks the goods against the code', async () => {
    await chat.openWorkbench(guide.userid, 'orders');
    await workbench.frame.getByRole('tab', { name: '待自提' }).click();
    await workbench.at('pickup-code').fill(order.code);
    await workbench.at('pickup-find').click();
    await workbench.at('pickup-order').waitFor();
    assert.equal(fenOf(await textOf(workbench.at('pickup-order').locator('.pickup-total'))), order.totalFen);
    await shoot(chat.page, 'exit-check');
    await workbench.at('pickup-verify').click();
    await workbench.at('pickup-receipt').waitFor();
  });
  await step('the same code opens nothing again, and the phone says that the goods are taken', async () => {
    await workbench.at('pickup-next').click();
    await workbench.at('pickup-code').fill(order.code);
    await workbench.at('pickup-find').click();
    await workbench.at('pickup-problem').or(workbench.at('pickup-order')).first().waitFor();
    assert.equal(await workbench.at('pickup-verify').count(), 0);
    const { mall } = phone;
    await mall.at('see-order').click();
    await mall.page('order-detail');
    await mall.at('order-state').filter({ hasText: '已带走' }).waitFor();
  });
}
