import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import type { DeskNotice, NoticeKind, NoticeMoment } from '@shuke/shared/contracts';
import type { Id } from '@shuke/shared/kernel';
import { NOTICE_TEMPLATES, templatesAtWechat } from '../../seeds/demo/notices.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, buy, fillShelves, handOver, headquarters, payOnPhone, settle, workNow } from './sale-steps.js';

jest.setTimeout(120_000);

const SEND = '/message/subscribe/send$';
const idOf = (kind: NoticeKind): string => NOTICE_TEMPLATES.find((one) => one.kind === kind)?.id ?? '';

let e2e: E2e;
let hq: Api;
let lin: Buyer;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  e2e.sims.core.world.miniapp.templates = templatesAtWechat();
  hq = await headquarters(e2e);
  for (const { kind } of NOTICE_TEMPLATES) await save(kind);
});
beforeEach(async () => {
  hq = await headquarters(e2e);
  lin = await e2e.consumer('lin');
});
afterAll(async () => {
  expect((await e2e.broken()).map(({ id, rows }) => [id, rows])).toEqual([]);
  await e2e.close();
});

function save(kind: NoticeKind) {
  const keywords = NOTICE_TEMPLATES.find((one) => one.kind === kind)?.keywords ?? [];
  return hq.console.setNoticeTemplate({
    params: { kind },
    body: { templateId: idOf(kind), isOn: true, keywords: keywords.map(({ key, field }) => ({ key, field })) },
  });
}

/** The person agrees to what the mini-program asks for at this moment, as the sheet of WeChat would have it. */
async function agree(moment: NoticeMoment, isHonest = true, who = lin): Promise<NoticeKind[]> {
  const { items } = await who.api.mall.noticeAsks({ query: { moment } });
  if (isHonest) for (const { templateId } of items) e2e.sims.miniapp.ledger.accept(who.openid, templateId);
  const answers = items.map(({ templateId }) => ({ templateId, answer: 'ACCEPT' as const, isAlways: false }));
  await who.api.mall.answerNotices({ body: { answers }, idempotencyKey: `agree-${e2e.bench.ids.next()}` });
  await settle(e2e, 8);
  return items.map(({ kind }) => kind);
}

interface Shown {
  title: string;
  page: string;
  items: { key: string; value: string }[];
}
async function onPhone(consumer = 'lin'): Promise<Shown[]> {
  const answer = await fetch(`${e2e.sims.urls.desk}/control/chat/messages?consumer=${consumer}&channel=subscribe`);
  return ((await answer.json()) as { messages: Shown[] }).messages;
}
const titles = async () => (await onPhone()).map(({ title }) => title);
const lastLog = async (kind: NoticeKind): Promise<DeskNotice | undefined> =>
  (await hq.console.notices({ query: { kind } })).items[0];
const left = async (kind: NoticeKind) =>
  (await lin.api.mall.noticeKinds()).items.find((one) => one.kind === kind)?.left;
const emit = (type: string, payload: Record<string, unknown>) =>
  e2e.bench.unitOfWork.run('event', async (tx) => {
    await tx.execute('INSERT INTO outbox (id, brand_id, type, payload, pending, created_at) VALUES (?,?,?,?,1,?)', [
      ...[e2e.bench.ids.next(), e2e.brandId, type, JSON.stringify(payload)],
      new Date(e2e.sims.clock.now()),
    ]);
  });

describe('headquarters', () => {
  it('fills the keywords of the brand’s own templates, and only with what fits them', async () => {
    expect((await hq.console.noticeKinds()).states).toContainEqual({ state: 'STOPPED', text: '顾客已关闭' });
    const { items } = await hq.console.wechatTemplates();
    expect(items.find(({ templateId }) => templateId === idOf('ORDER_SHIPPED'))?.keywords[2]).toEqual({
      key: 'character_string3',
      label: '快递单号',
      example: 'SF1234567890',
    });
    const wrong = (body: { templateId: string; keywords: { key: string; field: string }[] }) =>
      hq.console
        .setNoticeTemplate({ params: { kind: 'ORDER_PAID' }, body: { isOn: true, ...body } })
        .catch((error) => error.code);
    const keywords = [{ key: 'character_string1', field: 'goods' }];
    expect(await wrong({ templateId: 'NOBODYS_TEMPLATE', keywords })).toBe('NOTICE_TEMPLATE_UNKNOWN');
    expect(await wrong({ templateId: idOf('ORDER_PAID'), keywords })).toBe('NOTICE_MAPPING');
    e2e.sims.core.faults.add({ target: 'miniapp', path: 'gettemplate', kind: 'drop-before-apply' });
    await expect(hq.console.wechatTemplates()).rejects.toMatchObject({ code: 'NOTICE_WECHAT_AWAY' });
  });
});

describe('after paying', () => {
  it('a consent that is given on the page of the result still brings the pickup code, with the page it opens', async () => {
    const order = await buy(e2e, lin, { fulfil: 'PICKUP' });
    expect(await onPhone()).toEqual([]);
    expect(await agree('PAID_PICKUP')).toEqual(['PICKUP_READY', 'PICKUP_EXPIRING']);
    const [message] = await onPhone();
    expect(message).toMatchObject({
      title: '取货提醒',
      page: `pages/order-detail/index?id=${order.id}`,
      items: [
        { key: '取货码', value: order.pickupCode },
        { key: '商品名称', value: '羽绒服 0' },
        { key: '取货门店', value: '武林店' },
        { key: '温馨提示', value: '凭取货码到店取货' },
      ],
    });
    expect((await lin.api.mall.notices({ query: {} })).items[0]).toMatchObject({ kind: 'PICKUP_READY', state: 'SENT' });
    expect(await left('PICKUP_READY')).toBe(0);
    await handOver(e2e, order.pickupCode);
  });

  it('a guest is told what may be asked', async () => {
    const guest = await fetch(`${e2e.origin}/api/m/notice-asks?moment=PAID_SHIP`);
    expect(await guest.json()).toMatchObject({ items: [{ kind: 'ORDER_SHIPPED' }, { kind: 'ORDER_PAID' }] });
  });

  it('tells of the parcel and of the refund, each for its own consent', async () => {
    const address = await lin.api.mall.addAddress({
      body: {
        name: '林小满',
        phone: '13800000000',
        province: '浙江省',
        city: '杭州',
        district: '上城区',
        detail: '湖滨路 1 号',
        isDefault: true,
      },
    });
    await agree('PAID_SHIP');
    await agree('AFTER_SALE');
    const order = await buy(e2e, lin, { fulfil: 'SHIP', addressId: address.id });
    await hq.console.shipOrder({ params: { id: order.id }, body: { company: '顺丰速运', trackingNo: 'SF1234567890' } });
    await settle(e2e, 8);
    const [paid, shipped] = (await onPhone()).slice(-2);
    expect([paid?.title, shipped?.title]).toEqual(['下单成功通知', '订单发货通知']);
    expect(shipped?.items.slice(0, 3).map(({ value }) => value)).toEqual(['羽绒服 0', '顺丰速运', 'SF1234567890']);
    await lin.api.mall.requestRefund({
      params: { id: order.id },
      body: { reason: '不想要了' },
      idempotencyKey: `refund-${e2e.bench.ids.next()}`,
    });
    await settle(e2e, 150);
    expect((await onPhone()).at(-1)).toMatchObject({
      title: '退款成功通知',
      items: [{ value: '¥1000.00' }, { value: order.orderNo }, {}],
    });
    expect(await left('REFUND_DONE')).toBe(0);
  });

  it('tells of the decision on an after-sale case and opens the case', async () => {
    const order = await buy(e2e, lin, { fulfil: 'PICKUP' });
    await handOver(e2e, order.pickupCode);
    const options = await lin.api.mall.afterSaleOptions({ params: { id: order.id } });
    const lines = options.lines.map(({ lineId }) => ({ lineId, qty: 1 }));
    const made = await lin.api.mall.requestAfterSale({
      params: { id: order.id },
      body: { kind: 'RETURN_REFUND', reason: 'DAMAGED', lines, returnWay: 'CARRIER' },
      idempotencyKey: `case-${e2e.bench.ids.next()}`,
    });
    await agree('AFTER_SALE');
    await hq.console.refuseAfterSale({ params: { id: made.id }, body: { text: '照片里看不出问题，请补充' } });
    await settle(e2e, 8);
    expect((await onPhone()).at(-1)).toMatchObject({
      title: '售后进度提醒',
      page: `pages/after-sale-detail/index?id=${made.id}`,
      items: [{ value: '未同意' }, { value: '羽绒服 0' }, { value: '照片里看不出问题，请补充' }],
    });
  });
});

describe('when WeChat does not do as it should', () => {
  beforeEach(async () => {
    const { balance } = e2e.sims.miniapp.ledger;
    for (const key of Object.keys(balance)) delete balance[key];
  });
  const code = async () => (await lastLog('PICKUP_READY')) as DeskNotice;
  const buyOne = async () => {
    const before = (await onPhone()).length;
    await buy(e2e, lin, { fulfil: 'PICKUP' });
    return async () => (await onPhone()).length - before;
  };

  it('a lost answer: the message is there once, and is not sent again', async () => {
    await agree('PAID_PICKUP');
    e2e.sims.core.faults.add({ target: 'miniapp', path: SEND, kind: 'drop-after-apply' });
    const arrived = await buyOne();
    await e2e.pass(3_600_000);
    lin = await e2e.consumer('lin');
    expect([await arrived(), (await code()).state, (await code()).attempts]).toEqual([1, 'UNKNOWN', 1]);
    expect(await left('PICKUP_READY')).toBe(0);
  });

  it('wecom-36 nothing left at WeChat (43101): our count becomes nothing and the next natural tap asks again', async () => {
    await agree('PAID_PICKUP', false);
    expect(await left('PICKUP_READY')).toBe(1);
    const arrived = await buyOne();
    expect([await arrived(), (await code()).state, (await code()).errcode]).toEqual([0, 'NO_CONSENT', 43101]);
    expect(await left('PICKUP_READY')).toBe(0);
    expect(await agree('PAID_PICKUP')).toEqual(['PICKUP_READY', 'PICKUP_EXPIRING']);
    expect([await arrived(), (await code()).state]).toEqual([1, 'SENT']);
  });

  it('a quota that is used up (45009) and a token that was taken away: sent later, once', async () => {
    await agree('PAID_PICKUP');
    e2e.sims.core.faults.add({ target: 'miniapp', path: SEND, kind: 'rate-limit' });
    const arrived = await buyOne();
    expect([await arrived(), (await code()).state, (await code()).errcode]).toEqual([0, 'WAITING', 45009]);
    e2e.sims.miniapp.tokens.revokeAll();
    await e2e.pass(11 * 60_000);
    expect([await arrived(), (await code()).state, (await code()).attempts]).toEqual([1, 'SENT', 2]);
  });

  it('a template that got another keyword (47003): the log names it, the consent stays', async () => {
    await agree('PAID_PICKUP');
    const template = e2e.sims.core.world.miniapp.templates?.find(({ id }) => id === idOf('PICKUP_READY'));
    template?.keywords.push({ key: 'thing9', label: '营业时间', example: '10:00' });
    const arrived = await buyOne();
    template?.keywords.pop();
    expect([await arrived(), (await code()).state, (await code()).errcode]).toEqual([0, 'FAILED', 47003]);
    const kind = (await hq.console.noticeKinds()).items.find((one) => one.kind === 'PICKUP_READY');
    expect(kind?.template).toMatchObject({ isPaused: false, problem: expect.stringContaining('thing9') });
    expect(await left('PICKUP_READY')).toBe(1);
    await save('PICKUP_READY');
  });

  it('a template that was deleted (40037): paused and shown to headquarters, asked for no more, until it is saved', async () => {
    await agree('PAID_PICKUP');
    e2e.sims.miniapp.knobs.templates = [];
    const arrived = await buyOne();
    e2e.sims.miniapp.knobs.templates = null;
    expect([await arrived(), (await code()).state, (await code()).errcode]).toEqual([0, 'FAILED', 40037]);
    const kind = (await hq.console.noticeKinds()).items.find((one) => one.kind === 'PICKUP_READY');
    expect(kind?.template).toMatchObject({ isPaused: true, problem: expect.stringContaining('不认识这个模板') });
    expect(await agree('PAID_PICKUP')).toEqual(['PICKUP_EXPIRING']);
    expect((await save('PICKUP_READY')).template).toMatchObject({ isPaused: false, problem: null });
    expect(await agree('PAID_PICKUP')).toEqual(['PICKUP_READY', 'PICKUP_EXPIRING']);
  });
});

describe('other news', () => {
  it('a presale: its tail is told of once, when it can be paid', async () => {
    const inHours = (hours: number) => new Date(e2e.sims.clock.now() + hours * 3_600_000).toISOString();
    const skuId = e2e.shop.products[1]?.skus[0] as Id<'sku'>;
    const terms = {
      mode: 'DEPOSIT',
      tailFrom: inHours(2),
      tailUntil: inHours(30),
      shipBy: inHours(200),
      forfeits: true,
      items: [{ skuId, priceFen: 98_000, depositFen: 5_000, worthFen: 10_000 }],
    };
    const body = { kind: 'PRESALE', name: '预售', startsAt: inHours(-1), endsAt: inHours(1), terms };
    const { id } = await hq.console.createPromotion({ body: body as never });
    await hq.console.runPromotion({ params: { id }, body: { days: 30 } });
    await hq.console.publishPromotion({ params: { id }, body: { acceptsBelowFloor: true, reason: '活动' } });
    await e2e.sims.clock.advance(6000);
    const wish = {
      storeId: e2e.shop.north,
      lines: [{ skuId, qty: 1 }],
      fulfil: 'PICKUP',
      activity: { promotionId: id },
    };
    const { totalFen } = await lin.api.mall.preview({ body: wish as never });
    const made = await lin.api.mall.submitOrder({ body: { ...wish, expectedTotalFen: totalFen } as never });
    await payOnPhone(e2e, lin, made.id);
    expect(await agree('PAID_DEPOSIT')).toContain('PRESALE_TAIL');
    const before = (await onPhone()).length;
    await e2e.pass(3 * 3_600_000);
    await e2e.pass(3_600_000);
    expect((await onPhone()).slice(before)).toMatchObject([
      { title: '尾款支付提醒', page: `pages/order-detail/index?id=${made.id}`, items: [{}, { value: '¥880.00' }, {}] },
    ]);
  });

  it('a sold-out size: the first who asked is told when one piece is back, and the message opens it in that store', async () => {
    const skuId = e2e.shop.products[2]?.skus[1] as Id<'sku'>;
    const storeId = e2e.shop.lake;
    const stock = (pieces: number) =>
      e2e.bench.database.execute('UPDATE stock SET on_hand = ? WHERE brand_id = ? AND store_id = ? AND sku_id = ?', [
        ...[pieces, e2e.brandId, storeId, skuId],
      ]);
    await stock(0);
    await lin.api.mall.askArrival({ body: { storeId, skuId } });
    const chen = await e2e.consumer('chen');
    await e2e.sims.clock.advance(1000);
    await chen.api.mall.askArrival({ body: { storeId, skuId } });
    await agree('SOLD_OUT');
    await stock(1);
    await settle(e2e, 8);
    expect((await onPhone()).at(-1)).toMatchObject({
      title: '到货通知',
      page: `pages/product/index?id=${e2e.shop.products[2]?.id}&storeId=${storeId}`,
      items: [{ value: '羽绒服 2 松绿 L' }, { value: '湖滨店' }, { value: '¥1000.00' }],
    });
    expect((await chen.api.mall.arrivalNotices({ query: {} })).items[0]?.state).toBe('WAITING');
    await stock(1000);
  });

  it('a coupon about to end, a balance that changed and a group that is complete say what they are about', async () => {
    for (const moment of ['COUPON', 'WALLET', 'PAID_GROUP'] as const) await agree(moment);
    const order = await buy(e2e, lin, { fulfil: 'PICKUP' });
    const validUntil = new Date(e2e.sims.clock.now() + 86_400_000).toISOString();
    const { memberId } = lin;
    await emit('coupon.expiring', { memberId, couponIds: ['1', '2'], title: '满 500 减 60', validUntil });
    await emit('wallet.refunded', { memberId, refundFen: 5000, bonusFen: 0 });
    await emit('group-buy.succeeded', { groupId: '1', storeId: e2e.shop.north, orderIds: [order.id] });
    await workNow(e2e);
    await settle(e2e, 8);
    const last = (await onPhone()).slice(-3);
    expect(Object.fromEntries(last.map(({ title, items }) => [title, items.map(({ value }) => value)]))).toEqual(
      Object.fromEntries([
        ['优惠券到期提醒', ['满 500 减 60', '2026年11月23日', '2'].map((one) => expect.stringContaining(one))],
        ['余额变动提醒', ['¥50.00', '¥0.00', '余额已退回给你']],
        ['拼团结果通知', ['羽绒服 0', '拼团成功', '点开看取货码']],
      ]),
    );
  });

  it('what a member has stopped does not come', async () => {
    await agree('COUPON');
    await lin.api.mall.stopNotices({ params: { kind: 'COUPON_EXPIRING' }, body: { isStopped: true } });
    const before = await titles();
    const validUntil = new Date(e2e.sims.clock.now() + 86_400_000).toISOString();
    await emit('coupon.expiring', { memberId: lin.memberId, couponIds: ['1'], title: '满 500 减 60', validUntil });
    await workNow(e2e);
    await settle(e2e, 8);
    expect(await titles()).toEqual(before);
    expect((await lastLog('COUPON_EXPIRING'))?.state).toBe('STOPPED');
  });
});

describe('goods that wait in a store', () => {
  const DAY = 86_400_000;
  const reminders = async () => (await onPhone('chen')).filter(({ title }) => title === '自提到期提醒');

  it('are told of once, the morning before the store stops keeping them, and not when they were fetched', async () => {
    const chen = await e2e.consumer('chen');
    const waiting = await buy(e2e, chen, { fulfil: 'PICKUP' });
    const fetched = await buy(e2e, chen, { fulfil: 'PICKUP' });
    for (let once = 0; once < 2; once += 1) await agree('PAID_PICKUP', true, chen);
    await handOver(e2e, fetched.pickupCode);
    await e2e.pass(5 * DAY);
    expect(await reminders()).toEqual([]);
    await e2e.pass(2 * DAY);
    await e2e.pass(60_000);
    expect(await reminders()).toMatchObject([
      {
        page: `pages/order-detail/index?id=${waiting.id}`,
        items: [
          { key: '取货码', value: waiting.pickupCode },
          { key: '商品名称', value: '羽绒服 0' },
          { key: '取货门店', value: '武林店' },
          { key: '保留到', value: expect.stringContaining('23:59') },
        ],
      },
    ]);
    hq = await headquarters(e2e);
    const log = (await hq.console.notices({ query: { kind: 'PICKUP_EXPIRING' } })).items;
    const { memberId } = await e2e.consumer('chen');
    expect(log.filter((one) => one.memberId === memberId).map(({ state }) => state)).toEqual(['DROPPED', 'SENT']);
  });
});
