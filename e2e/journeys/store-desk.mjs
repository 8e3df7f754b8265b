// The store's desk in the guide's app: a coupon from the chat to the counter and back, and an after-sale case decided.
import { ChatWindow } from '../pages/chat-window.mjs';
import { Phone } from '../pages/phone.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert, fenOf, textOf } from '../runner/expect.mjs';
import { until } from '../runner/until.mjs';

export const title = 'Store desk: a coupon from chat to counter and back, after-sale decided';

/** The managers of the stores where the demo's people shop. */
const MANAGERS = ['G0007', 'G0001', 'G0010', 'G0016', 'G0013', 'G0004'];

export async function run({ step, watch }, world) {
  const { browser, desk, guide } = world;
  // Somebody who holds no coupons yet: the demo's people have taken theirs today.
  const person = { ...world.person, key: `${world.person.key}-walk-in`, nickname: `路过${world.person.nickname}` };
  person.phone = `137${person.phone.slice(3)}`;
  const window = await openWindow(browser, 'desktop');
  watch(window.page, 'chat');
  const mobile = await openWindow(browser, 'phone');
  watch(mobile.page, 'phone');
  const chat = new ChatWindow(window.page, desk.origin);
  const phone = new Phone(mobile.page, desk.origin);
  await meet({ step, phone, desk, person, guide });
  const name = await giveCoupon({ step, chat, phone, person, guide });
  await takeInAndUndo({ step, chat, phone, person, guide, name });
  await decideCase({ step, chat, phone, desk });
  await step('no page failed on the way', async () => assert.deepEqual([...window.errors, ...mobile.errors], []));
}

async function meet({ step, phone, desk, person, guide }) {
  await step('a walk-in adds the guide by the code in the shop', async () => {
    await desk.addPerson(person);
    await phone.open(person.key);
    await phone.scan(`${guide.name} 的企业微信`);
    const { card } = await phone.addGuideAndReadWelcome();
    await card.click();
    await phone.mall.home();
  });
}

/** How far the newest card of this customer has got. */
async function expectSent({ sidebar }, state) {
  const newest = sidebar.at('coupon-send').first();
  await until(`the coupon to be ${state}`, 20_000, async () => {
    if ((await newest.count()) > 0 && (await newest.getAttribute('data-state')) === state) return true;
    await sidebar.at('tab-profile').click();
    await sidebar.at('tab-coupons').click();
    return false;
  });
}

async function giveCoupon({ step, chat, phone, person, guide }) {
  const { sidebar } = chat;
  const name = await step('the coupon bank says what may be given, and one tap sends words and card', async () => {
    await chat.openChat(guide.userid, person.key);
    await sidebar.at('tab-coupons').click();
    const ticket = sidebar.frame
      .locator('[data-testid="bank-coupon"][data-can-send="true"]')
      .filter({ hasText: '全场' })
      .first();
    await ticket.waitFor();
    assert.match(await textOf(ticket), /还能发 \d+ 张|不限张数/);
    const picked = await textOf(ticket.getByRole('heading'));
    await ticket.getByTestId('coupon-pick').click();
    assert.ok((await sidebar.at('send-words').inputValue()).includes(picked), 'the words name the coupon');
    await sidebar.at('send-button').click();
    await chat.lastCard().filter({ hasText: picked }).waitFor({ timeout: 20_000 });
    await expectSent(chat, '已发，等 TA 领');
    return picked;
  });
  await step('the customer takes it from the card in the chat; the guide sees that', async () => {
    await phone.open(person.key);
    await phone.openThread(guide.userid);
    await phone.lastCard().filter({ hasText: name }).click();
    await phone.mall.page('coupon-offer');
    await phone.mall.at('take-offer').click();
    await phone.mall.at('offer-next').waitFor();
    await expectSent(chat, '已领取');
  });
  return name;
}

async function takeInAndUndo({ step, chat, phone, person, guide, name }) {
  const { workbench } = chat;
  const code = await step('the customer shows its code', async () => {
    await phone.open(person.key, 'pages/coupons/index');
    await phone.mall.page('coupons');
    const held = phone.mall.frame.locator('[data-testid="my-coupon"]:visible').filter({ hasText: name });
    await held.first().waitFor();
    await held.last().click();
    await phone.mall.at('show-coupon').click();
    await phone.mall.at('counter-code').waitFor();
    return textOf(phone.mall.at('counter-code').locator('.coupon-code-text'));
  });
  await step('the counter says what it takes off before it is taken in, and gives a receipt', async () => {
    await chat.openWorkbench(guide.userid, 'counter');
    await workbench.at('desk-coupon').click();
    await workbench.at('coupon-code').fill(code);
    await workbench.at('coupon-find').click();
    await workbench.at('coupon-found').waitFor();
    await workbench.at('coupon-amount').fill('2000');
    await workbench.at('coupon-found').filter({ hasText: '收 ¥' }).waitFor();
    const payFen = fenOf(await textOf(workbench.at('coupon-found').locator('.counter-sum')));
    assert.ok(payFen < 200_000, `${payFen} is less than the bill`);
    await workbench.at('coupon-redeem').click();
    await workbench.at('coupon-receipt').waitFor();
    assert.equal(fenOf(await textOf(workbench.at('coupon-receipt'))), payFen);
  });
  await step("within the brand's minutes the same clerk undoes it with a reason", async () => {
    await workbench.at('reverse-open').first().click();
    await workbench.at('reverse-reason').fill('客人改买另一件');
    await workbench.at('reverse-confirm').click();
    const receipt = workbench.at('coupon-receipt');
    await receipt.getByTestId('reverse-open').waitFor({ state: 'detached' });
    assert.match(await textOf(receipt.getByRole('heading')), /撤销/);
  });
}

/** A manager's list with a case that waits for an answer. */
async function findCase(chat) {
  const { workbench } = chat;
  for (const userid of MANAGERS) {
    await chat.openWorkbench(userid, 'orders');
    await workbench.at('to-after-sales').click();
    await workbench.at('cases-page').waitFor();
    await workbench.at('case-list').or(workbench.at('empty')).first().waitFor();
    const row = workbench.frame.locator('[data-testid="case-row"][data-state="REQUESTED"]').first();
    if ((await row.count()) > 0) return row;
  }
  throw new Error('no store of the demo has a case that waits for an answer');
}

async function decideCase({ step, chat, phone, desk }) {
  const { workbench } = chat;
  const nickname = await step(
    'the manager sees what waits, why the customer asks and what goes back where',
    async () => {
      await (await findCase(chat)).click();
      await workbench.at('case-page').waitFor();
      assert.match(await textOf(workbench.at('case-state')), /前答复/);
      assert.ok(fenOf(await textOf(workbench.at('case-page').locator('.case-money'))) > 0, 'an amount goes back');
      return (await textOf(workbench.at('case-page').getByRole('heading', { level: 1 }))).split('·').at(-1).trim();
    },
  );
  await step('asks for more evidence, then agrees', async () => {
    await workbench.at('case-ask').click();
    await workbench.at('case-message-words').fill('麻烦再拍一张吊牌的照片');
    await workbench.at('case-message-confirm').click();
    await workbench.at('case-talk').filter({ hasText: '吊牌的照片' }).waitFor();
    await workbench.at('case-approve').click();
    await workbench.at('case-agree-confirm').click();
    await until('the case to be agreed', 15_000, async () => {
      const state = await workbench.at('case-state').getAttribute('data-state');
      return state === 'APPROVED' || state === 'REFUNDING';
    });
    assert.equal(await workbench.at('case-approve').count(), 0);
  });
  await step('the customer reads what to do next', async () => {
    const { personKey } = (await desk.friendships()).find((one) => one.nickname === nickname) ?? {};
    assert.ok(personKey, `${nickname} has a phone`);
    await phone.open(personKey, 'pages/after-sales/index');
    await phone.mall.page('after-sales');
    await phone.mall.frame.getByText('等你寄回商品').first().waitFor();
  });
}
