// A guide: knows the customer, writes to them, sees what came of it, hands the goods over.
import { ChatWindow } from '../pages/chat-window.mjs';
import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Guide: from the morning pack to the counter';

export async function run({ step, watch }, world) {
  const { browser, desk } = world;
  const { page, errors } = await openWindow(browser, 'desktop');
  watch(page, 'chat');
  const chat = new ChatWindow(page, desk.origin);
  await knowCustomer({ step, chat, world });
  await writeTags({ step, chat });
  await sendCard({ step, chat, world });
  await handOver({ step, chat, world });
  await workPack({ step, watch, chat, world });
  await step('no page failed on the way', async () => assert.deepEqual(errors, []));
}

async function knowCustomer({ step, chat, world }) {
  const { person, guide, pickup, viewed } = world;
  const { sidebar } = chat;
  await step('the sidebar logs in and knows who the chat is with', async () => {
    await chat.openChat(guide.userid, person.key);
    assert.equal(await textOf(sidebar.at('contact-name')), person.nickname);
    assert.equal(await sidebar.at('binding-text').getAttribute('data-relation'), 'MINE');
  });
  await step('shows the orders of the customer with their amounts', async () => {
    await sidebar.at('tab-orders').click();
    const row = sidebar.at('order-row').filter({ hasText: viewed.name }).first();
    await row.waitFor();
    const rows = await sidebar.at('order-row').allInnerTexts();
    assert.ok(
      rows.some((text) => fenOf(text) === pickup.totalFen),
      `an order of ${pickup.totalFen} fen in ${rows}`,
    );
  });
  await step('shows what the customer looked at', async () => {
    await sidebar.at('tab-trail').click();
    await sidebar.at('trail-row').first().waitFor();
  });
  await step('without a network the last view stays, with its age, and comes back', async () => {
    await chat.page.route('**/api/g/contacts/**', (route) => route.abort('connectionfailed'));
    await chat.refreshSidebar();
    await sidebar.at('stale').or(sidebar.at('problem')).first().waitFor({ timeout: 30_000 });
    await chat.page.unroute('**/api/g/contacts/**');
    await sidebar.at('retry').or(sidebar.at('stale').getByRole('button')).first().click();
    await sidebar.at('stale').waitFor({ state: 'hidden', timeout: 20_000 });
    assert.equal(await textOf(sidebar.at('contact-name')), person.nickname);
  });
}

async function writeTags({ step, chat }) {
  const { sidebar } = chat;
  await step('adds a tag with what was heard, and takes it away again', async () => {
    await sidebar.at('tab-profile').click();
    await sidebar.at('tag-add').click();
    const option = sidebar.at('tag-option').first();
    const name = await textOf(option);
    await option.click();
    await sidebar.at('tag-evidence').fill('试穿时说骑车手冷');
    await sidebar.at('tag-save').click();
    const tag = sidebar.at('tags').getByRole('button', { name });
    await tag.waitFor();
    await tag.click();
    assert.ok((await textOf(sidebar.at('tag-reason'))).includes('骑车手冷'));
    await sidebar.at('tag-remove').click();
    await tag.waitFor({ state: 'detached' });
  });
}

async function sendCard({ step, chat, world }) {
  const { person, guide, phone } = world;
  const { sidebar } = chat;
  let product = '';
  await step('picks a product and sends words and card with one tap', async () => {
    await sidebar.at('tab-material').click();
    await sidebar.at('material-search').fill('羽绒');
    const row = sidebar.at('material-row').first();
    await row.waitFor();
    product = await textOf(row.locator('.clamp2'));
    await row.getByTestId('material-pick').click();
    await sidebar.at('send-card').waitFor();
    await sidebar.at('send-words').fill('这件我帮你留意到了，颜色很衬你');
    await sidebar.at('send-button').click();
    await chat.lastCard().filter({ hasText: product }).waitFor({ timeout: 20_000 });
  });
  await step("the card on the phone leads to the product in the guide's store", async () => {
    await phone.open(person.key);
    await phone.openThread(guide.userid);
    await phone.lastCard().filter({ hasText: product }).click();
    await phone.mall.page('product');
    assert.equal(await phone.mall.text('product-name'), product);
    const path = await phone.mall.frame.locator('body').evaluate(() => location.hash);
    assert.match(path, /[?&]g=/, 'the address carries the code of the guide');
    await phone.mall.at('guide-strip').filter({ hasText: guide.name }).waitFor();
    assert.ok((await phone.mall.text('fulfilment')).includes(guide.storeName));
  });
}

async function handOver({ step, chat, world }) {
  const { guide, pickup, person, phone } = world;
  const { workbench } = chat;
  await step('a wrong pickup code is not found', async () => {
    await chat.openWorkbench(guide.userid, 'orders');
    await workbench.at('orders-TO_PICKUP').click();
    await workbench.at('pickup-code').fill('99999999');
    await workbench.at('pickup-find').click();
    assert.match(await textOf(workbench.at('pickup-problem')), /没有这个取货码/);
  });
  await step('the right code shows the order and what was paid; the goods are handed over', async () => {
    await workbench.at('pickup-code').fill(pickup.code);
    await workbench.at('pickup-find').click();
    assert.equal(fenOf(await textOf(workbench.at('pickup-order').locator('.pickup-total'))), pickup.totalFen);
    await workbench.at('pickup-verify').click();
    await workbench.at('pickup-receipt').filter({ hasText: person.nickname }).waitFor();
  });
  await step('handed over by mistake: undone with a reason, the goods wait again under the same code', async () => {
    const receipt = workbench.at('pickup-receipt');
    await receipt.getByTestId('reverse-open').click();
    await workbench.at('reverse-reason').fill('拿错了尺码');
    await workbench.at('reverse-confirm').click();
    await receipt.filter({ hasText: '还能用原来的取货码来取' }).waitFor();
    await workbench.at('pickup-next').click();
    await workbench.at('pickup-code').fill(pickup.code);
    await workbench.at('pickup-find').click();
    await workbench.at('pickup-verify').click();
    await receipt.filter({ hasText: '已交付' }).waitFor();
  });
  await step('the phone shows the order as handed over', async () => {
    await phone.open(person.key, 'pages/orders/index?tab=ALL');
    const done = phone.mall.frame
      .locator('[data-testid="order-state"]:visible')
      .filter({ hasText: /完成|已取货|已自提|已收货/ });
    await done.first().waitFor({ timeout: 20_000 });
  });
}

async function workPack({ step, watch, chat, world }) {
  const { browser, desk } = world;
  const { workbench, sidebar } = chat;
  const { item } = await step('the morning pack names the customer, the reason and the way', async () => {
    const found = await findOpenItem(chat, world);
    assert.ok(found.reason.length > 5, 'the item says why');
    return { item: found };
  });
  await step('one tap in the chat sends the words and the card of the task', async () => {
    await chat.openChat(item.userid, item.personKey);
    await sidebar.at('tab-tasks').click();
    await sidebar.at('contact-tasks').waitFor();
    await sidebar.at('task-pick').first().click();
    await sidebar.at('send-card').waitFor();
    await sidebar.at('send-button').click();
    await chat.lastCard().filter({ hasText: item.product }).waitFor({ timeout: 20_000 });
  });
  const { page } = await openWindow(browser, 'phone');
  watch(page, 'second-phone');
  const phone = new Phone(page, desk.origin);
  await step('the customer taps the card; the task turns to opened', async () => {
    await phone.open(item.personKey);
    await phone.openThread(item.userid);
    await phone.lastCard().filter({ hasText: item.product }).click();
    await phone.allowUntil(phone.mall.at('product-price'));
    assert.equal(await phone.mall.text('product-name'), item.product);
    await chat.openWorkbench(item.userid, 'today');
    await expectState(workbench, item, 'OPENED');
  });
  await step('the customer buys; the task turns to ordered', async () => {
    const { mall } = phone;
    await mall.at('buy-now').click();
    await mall.chooseSize();
    await mall.at('sku-confirm').click();
    await mall.page('checkout');
    await mall.at('fulfil-PICKUP').click();
    await mall.at('pickup-store').waitFor();
    const { totalFen } = await mall.checkoutFigures();
    await mall.at('submit-order').click();
    assert.equal(await phone.pay(), totalFen);
    await expectState(workbench, item, 'ORDERED');
  });
}

/** A customer of the seeded brand whose own guide still has something to send to them. */
async function findOpenItem(chat, world) {
  const { workbench } = chat;
  for (const { personKey, nickname, userid } of await world.desk.friendships()) {
    await chat.openWorkbench(userid, 'today');
    await workbench
      .at('next-item')
      .or(workbench.at('pack-list'))
      .or(workbench.at('empty'))
      .first()
      .waitFor({ timeout: 20_000 });
    const row = workbench.at('pack-item').filter({ hasText: nickname });
    const isNext = (await workbench.at('next-item').filter({ hasText: nickname }).count()) > 0;
    if (!isNext && ((await row.count()) === 0 || !(await row.first().isEnabled()))) continue;
    if (!isNext) await row.first().click();
    const next = workbench.at('next-item').filter({ hasText: nickname });
    await next.waitFor();
    if ((await next.locator('.next-goods').count()) === 0) continue;
    const item = {
      userid,
      personKey,
      nickname,
      reason: await textOf(next.locator('.why')),
      product: await textOf(next.locator('.next-goods .clamp2')),
    };
    await chat.openChat(userid, personKey);
    if ((await chat.sidebar.at('binding-text').getAttribute('data-relation')) === 'MINE') return item;
  }
  throw new Error('no morning pack has an open item with a product');
}

const expectState = (workbench, item, state) =>
  until(`the task to turn ${state}`, 60_000, async () => {
    const row = workbench.at('pack-item').filter({ hasText: item.nickname });
    return (await row.count()) > 0 && (await row.first().getAttribute('data-state')) === state;
  });
