import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { asId } from '@shuke/shared/kernel';
import { template } from '../../src/modules/coupons/testing/template.js';
import { Organization } from '../../src/modules/organization/index.js';
import { Tags } from '../../src/modules/tags/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, buy, fillShelves, handOver, settle } from './sale-steps.js';

jest.setTimeout(180_000);

let e2e: E2e;
let lin: Buyer;
let guide: Api;
let chat = '';
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
  await e2e.work(3);
  const north = await e2e.app.get(Organization).guide(e2e.brandId, e2e.shop.guides.north);
  const added = await fetch(`${e2e.sims.urls.desk}/control/wecom/human/add-contact`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userid: north?.wecomUserid, consumer: 'lin', configId: north?.configId }),
  });
  expect(added.status).toBe(200);
  await e2e.work(3);
  lin = await e2e.consumer('lin');
  guide = await e2e.guide('north');
  chat = (await guide.guide.contacts({ query: {} })).items[0]?.externalUserId ?? '';
});
afterAll(async () => {
  const broken = await e2e.broken();
  await e2e.close();
  expect(broken).toEqual([]);
});

describe('a parcel of the store', () => {
  it('shows its receiver masked, in full when a guide asks, and the consumer reads who asked', async () => {
    const address = await lin.api.mall.addAddress({
      body: {
        name: '林小满',
        phone: '13800001234',
        province: '浙江省',
        city: '杭州市',
        district: '西湖区',
        detail: '文三路 9 号 2 幢 301',
      },
    });
    const order = await buy(e2e, lin, { fulfil: 'SHIP', addressId: address.id });
    const params = { id: order.id };
    const listed = (await guide.guide.storeOrders({ query: { state: 'TO_SHIP' } })).items;
    expect(listed.find((one) => one.id === order.id)?.receiver).toEqual({
      name: '林**',
      phone: '138****1234',
      region: '浙江省杭州市西湖区',
      detail: '****',
    });
    expect((await lin.api.mall.dataAccesses({ query: {} })).items.map((one) => one.what)).not.toContain(
      '为了给你发货，看了收货人和地址',
    );
    expect(await guide.guide.receiver({ params })).toMatchObject({ name: '林小满', detail: '文三路 9 号 2 幢 301' });
    const [look] = (await lin.api.mall.dataAccesses({ query: {} })).items;
    expect(look).toMatchObject({ what: '为了给你发货，看了收货人和地址', times: 1 });
    await expect((await e2e.guide('lake')).guide.receiver({ params })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const sent = await guide.guide.ship({ params, body: { company: '顺丰速运', trackingNo: 'SF1234567890' } });
    expect(sent).toMatchObject({ state: 'SHIPPED', address: { name: '林**', phone: '138****1234', detail: '****' } });
    await lin.api.mall.confirmReceipt({ params });
    await expect(guide.guide.receiver({ params })).rejects.toMatchObject({ code: 'ORDER_STATE' });
  });
});

describe('after-sale at the store', () => {
  const ask = async (kind: 'RETURN_REFUND' | 'EXCHANGE') => {
    const bought = await buy(e2e, lin, { qty: 1, guideCode: 'NORTH' });
    await handOver(e2e, bought.pickupCode);
    const order = await lin.api.mall.order({ params: { id: bought.id } });
    const product = await lin.api.mall.product({
      params: { id: order.lines[0]?.productId ?? '' },
      query: { storeId: order.storeId },
    });
    const other = product.skus.find((sku) => sku.id !== order.lines[0]?.skuId)?.id ?? '';
    const wish = {
      kind,
      lines: [{ lineId: order.lines[0]?.id ?? '', qty: 1 }],
      reason: 'DAMAGED' as const,
      ...(kind === 'EXCHANGE' ? { exchangeSkuId: other } : {}),
    };
    return lin.api.mall.requestAfterSale({ params: { id: order.id }, body: { ...wish, text: '袖口开线' } });
  };
  const waiting = async () =>
    (await guide.guide.afterSales({ query: { waitingOnly: true } })).items.map(({ id, state }) => [id, state]);
  const parcel = { company: '顺丰速运', trackingNo: 'SF1234567890' };

  it('lists what waits for the store until its next step is done: question, decision, parcel, replacement', async () => {
    const { id } = await ask('EXCHANGE');
    const params = { id };
    expect(await waiting()).toEqual([[id, 'REQUESTED']]);
    const asked = await guide.guide.messageAfterSale({ params, body: { text: '请再拍一张开线处的近照' } });
    expect(asked.messages.at(-1)).toMatchObject({ by: 'MERCHANT', text: '请再拍一张开线处的近照' });
    expect((await lin.api.mall.afterSale({ params })).messages.at(-1)?.text).toBe('请再拍一张开线处的近照');
    await guide.guide.approveAfterSale({ params, body: {} });
    expect(await waiting()).toEqual([]);
    await lin.api.mall.sendBack({ params, body: parcel });
    expect(await waiting()).toEqual([[id, 'SENT_BACK']]);
    const foreign = (await e2e.guide('lake')).guide;
    await expect(foreign.receiveAfterSale({ params, body: {} })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(foreign.messageAfterSale({ params, body: { text: '你好' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await guide.guide.receiveAfterSale({ params, body: {} })).canResend).toBe(true);
    expect(await waiting()).toEqual([[id, 'RECEIVED']]);
    expect((await guide.guide.resendAfterSale({ params, body: parcel })).state).toBe('RESENT');
    expect(await waiting()).toEqual([]);
    await lin.api.mall.confirmResent({ params });
  });

  it('pays back when a parcel is received, once', async () => {
    const { id } = await ask('RETURN_REFUND');
    const params = { id };
    await guide.guide.approveAfterSale({ params, body: {} });
    await lin.api.mall.sendBack({ params, body: parcel });
    await guide.guide.receiveAfterSale({ params, body: {} });
    await expect(guide.guide.receiveAfterSale({ params, body: {} })).rejects.toMatchObject({
      code: 'AFTER_SALE_STATE',
    });
    await settle(e2e);
    expect((await guide.guide.afterSale({ params })).state).toBe('DONE');
  });
});

describe('the coupon bank in a chat', () => {
  it('sends one to the friend and says whether it was taken and used; a cancelled card gives the quota back', async () => {
    const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
    const { id } = await hq.console.createCouponTemplate({ body: template({ name: '老友券', guidePerDay: 3 }) });
    await hq.console.setCouponTemplateStatus({ params: { id }, body: { status: 'ACTIVE' } });
    const mine = async () => (await guide.guide.couponBank({ query: {} })).items.find((one) => one.templateId === id);
    const words = (await mine())?.words ?? '';
    expect(words).toContain('老友券');
    const params = { externalUserId: chat };
    const dropped = await guide.guide.prepareCouponSend({ params, body: { templateId: id, words } });
    expect((await mine())?.leftToday).toBe(2);
    await guide.guide.reportCouponSend({ params: { id: dropped.sendId }, body: { result: 'CANCELLED' } });
    expect((await mine())?.leftToday).toBe(3);
    const card = await guide.guide.prepareCouponSend({ params, body: { templateId: id, words } });
    await guide.guide.reportCouponSend({ params: { id: card.sendId }, body: { result: 'SENT' } });
    await guide.guide.dropCoupons({ body: { templateId: id, count: 1 } });
    const toFriend = async () => (await guide.guide.couponSends({ query: { externalUserId: chat } })).items;
    expect((await toFriend()).map((one) => [one.state, one.takenCount])).toEqual([
      ['SENT', 0],
      ['CANCELLED', 0],
    ]);
    await lin.api.mall.takeOffer({ params: { token: card.token } });
    expect((await toFriend())[0]).toMatchObject({ takenCount: 1, usedCount: 0 });
    const { items } = await guide.guide.couponBank({ query: { externalUserId: chat } });
    expect(items.find((one) => one.templateId === id)).toMatchObject({ canSend: false, leftText: 'TA 已经领过了' });
    expect((await mine())?.canSend).toBe(true);
    await expect(guide.guide.prepareCouponSend({ params, body: { templateId: id } })).rejects.toMatchObject({
      code: 'COUPON_NOT_FOR_YOU',
    });
  });
});

describe('a tag that WeCom has as well', () => {
  const human = async (action: string, body: object) => {
    const answer = await fetch(`${e2e.sims.urls.desk}/control/wecom/human/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return ((await answer.json()) as { result: { tag: { id: string }[] } }).result;
  };
  const calls = () =>
    e2e.sims.core.journal.find({ target: 'wecom', path: 'externalcontact/mark_tag', direction: 'in' }).length;
  const north = async () => (await e2e.app.get(Organization).guide(e2e.brandId, e2e.shop.guides.north))?.wecomUserid;
  const params = () => ({ externalUserId: chat });
  const seen = async () => {
    const { tags, corpTags } = await guide.guide.contact({ params: params() });
    return { ours: tags.map((one) => [one.name, one.wecom?.state]), wecoms: corpTags.map((one) => one.name) };
  };
  const marks = async () => {
    const userid = (await north()) ?? '';
    return e2e.sims.wecom.book.relation(userid, chat)?.tagIds ?? [];
  };
  let tagId = '';
  let corpTagId = '';
  beforeAll(async () => {
    const draft = { groupName: '在意什么', name: '怕冷', kind: 'MANUAL' as const };
    const made = await e2e.bench.unitOfWork.run('tag', (tx) => e2e.app.get(Tags).ensure(tx, e2e.brandId, [draft]));
    tagId = made.get('在意什么/怕冷') ?? '';
    corpTagId = (await human('create-tag', { groupName: '在意什么', names: ['怕冷'] })).tag[0]?.id ?? '';
    await e2e.work(3);
  });

  it('is written there once although the answer was lost, and shown as marked when WeCom has answered', async () => {
    const { id } = e2e.sims.core.faults.add({ target: 'wecom', path: 'mark_tag', kind: 'drop-after-apply' });
    const [given] = await guide.guide.addTag({ params: params(), body: { tagId, evidence: '冬天常问长款' } });
    expect(given?.wecom).toEqual({ state: 'WAITING', text: '正在写到企业微信' });
    await e2e.work(5);
    expect([await marks(), await seen()]).toEqual([[corpTagId], { ours: [['怕冷', 'MARKED']], wecoms: [] }]);
    expect(e2e.sims.core.faults.all().find((one) => one.id === id)).toMatchObject({ fired: 1, seen: 2 });
  });

  it('is not written back when the change comes from WeCom, and its event comes twice', async () => {
    const before = calls();
    e2e.sims.core.faults.add({ target: 'wecom', path: 'edit_external_contact', kind: 'duplicate-callback' });
    await human('tag', { userid: await north(), consumer: 'lin', remove: [corpTagId] });
    await e2e.work(5);
    expect([await marks(), await seen()]).toEqual([[], { ours: [['怕冷', 'GONE']], wecoms: [] }]);
    await human('tag', { userid: await north(), consumer: 'lin', add: [corpTagId] });
    await e2e.work(5);
    expect([await seen(), calls()]).toEqual([{ ours: [['怕冷', 'MARKED']], wecoms: [] }, before]);
  });

  it('rests while WeCom’s calls are used up, and is taken off afterwards', async () => {
    e2e.sims.core.faults.add({ target: 'wecom', path: 'mark_tag', kind: 'rate-limit' });
    expect(await guide.guide.removeTag({ params: { ...params(), tagId } })).toEqual([]);
    await e2e.work(3);
    expect([await marks(), (await seen()).wecoms]).toEqual([[corpTagId], ['怕冷']]);
    await e2e.pass(61_000);
    expect([await marks(), await seen()]).toEqual([[], { ours: [], wecoms: [] }]);
  });

  it('goes from WeCom too when the member takes it off', async () => {
    await guide.guide.addTag({ params: params(), body: { tagId } });
    await e2e.work(3);
    expect(await marks()).toEqual([corpTagId]);
    await lin.api.mall.removeMyTag({ params: { id: asId(tagId) } });
    await e2e.work(3);
    expect([await marks(), await seen()]).toEqual([[], { ours: [], wecoms: [] }]);
  });
});

describe('a low score', () => {
  it('leads the guide to the chat with its author, but never to an anonymous one', async () => {
    const write = async (isAnonymous: boolean) => {
      const order = await buy(e2e, lin, { qty: 1, guideCode: 'NORTH' });
      await handOver(e2e, order.pickupCode);
      const stars = { attitude: 2, expertise: 2, speed: 2 };
      await lin.api.mall.addServiceReview({ body: { orderId: order.id, ...stars, text: '等了很久', isAnonymous } });
    };
    await write(false);
    await write(true);
    const tickets = async (api: Api) =>
      (await api.guide.reviewTickets({ query: { state: 'OPEN' } })).items.map((one) => one.externalUserId);
    expect(await tickets(guide)).toEqual([null, chat]);
    expect(await tickets(await e2e.guide('lake'))).toEqual([]);
  });
});
