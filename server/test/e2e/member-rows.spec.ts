import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import { Points, Wallet } from '../../src/modules/assets/index.js';
import { MemberAssets, MemberMovers } from '../../src/modules/one-id/index.js';
import type { Config } from '../../src/platform/config/config.js';
import { CONFIG } from '../../src/platform/platform.module.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { type Buyer, buy, fillShelves, handOver, headquarters, settle } from './sale-steps.js';

jest.setTimeout(120_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e({ consumers: 4 });
  await fillShelves(e2e);
});
afterAll(() => e2e.close());

const JPEG = Buffer.from([0xff, 0xd8, 0xff, ...Array.from({ length: 60 }, () => 7)]).toString('base64');

/** Why rows of these stay with the record that wrote them when two become one. */
const STAYS: Record<string, string> = {
  member_event: 'the timeline of each record',
  consent_event: 'what each record had agreed to',
  member_level_event: 'the levels that each record had',
  dynamic_code: 'lives for a minute',
  coupon_pin_try: 'counts for ten minutes',
  coupon_gift: 'comes back by itself within a day, to whoever has the coupon then',
  coupon_offer_taker: 'says which record took from a group',
  coupon_redemption: 'says who was at the counter',
  bargain_help: 'stays with who helped',
  identity_anomaly: 'is about a day',
  import_effect: 'says what a file wrote',
  pos_act: 'says what a till did',
};
/** What answers for these when the member leaves. */
const LEAVES: Record<string, string> = {
  ...Object.fromEntries(
    ['member_identifier', 'consent', 'membership'].map((table) => [table, 'forgotten with the person']),
  ),
  member_level: 'a number of nobody',
  dynamic_code: 'lives for a minute',
  coupon_pin_try: 'counts for ten minutes',
  group_buy_seat: 'part of an order',
  presale_deal: 'part of an order',
  closing_order: 'part of an order',
  bargain_help: 'counts without a name',
  identity_anomaly: 'is about a day',
  import_effect: 'says what a file wrote',
  pos_act: 'says what a till did',
};

/** Why a copy of somebody's data has no list of these. */
const NOT_COPIED: Record<string, string> = {
  member_identifier: 'in the record itself, masked',
  consent: 'in the record itself',
  membership: 'in the record itself',
  member_level: 'in the record itself',
  wallet_pin: 'a secret',
  dynamic_code: 'lives for a minute',
  coupon_pin_try: 'counts for ten minutes',
  group_buy_seat: 'part of an order',
  presale_deal: 'part of an order',
  closing_order: 'part of an order',
  bargain_help: 'belongs to whose bargain it helped',
  identity_anomaly: 'is about a day',
  import_effect: 'says what a file wrote',
  pos_act: 'says what a till did',
};

describe('every table that names a member', () => {
  // The owner of a difference between bills is a person at the desk.
  const tables = async () =>
    (
      await e2e.bench.database.query<{ name: string }>(
        `SELECT DISTINCT TABLE_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()
         AND COLUMN_NAME IN ('member_id', 'owner_id', 'giver_id') AND TABLE_NAME <> 'bill_difference' ORDER BY name`,
      )
    ).map((row) => row.name);

  it('is moved by a merge, or has its reason to stay', async () => {
    const moved = new Set(MemberMovers.all().flatMap(([, mover]) => mover.tables));
    const all = await tables();
    expect(all.filter((name) => !moved.has(name) && !(name in STAYS))).toEqual([]);
    expect(Object.keys(STAYS).filter((name) => moved.has(name) || !all.includes(name))).toEqual([]);
  });

  it('is answered for when the member leaves', async () => {
    const answered = new Set(MemberAssets.all().flatMap(([, asset]) => asset.tables));
    const all = await tables();
    expect(all.filter((name) => !answered.has(name) && !(name in LEAVES))).toEqual([]);
    expect(Object.keys(LEAVES).filter((name) => answered.has(name) || !all.includes(name))).toEqual([]);
  });

  it('is in the copy of one’s own data, or has its reason not to be', async () => {
    const copied = new Set(MemberAssets.all().flatMap(([, asset]) => (asset.copy ? asset.tables : [])));
    const all = await tables();
    expect(all.filter((name) => !copied.has(name) && !(name in NOT_COPIED))).toEqual([]);
    expect(Object.keys(NOT_COPIED).filter((name) => copied.has(name) || !all.includes(name))).toEqual([]);
  });
});

const give = (who: Buyer, asset: 'POINTS' | 'WALLET', amount: number) => {
  const { bench, app, brandId } = e2e;
  const { ledger } = asset === 'POINTS' ? app.get(Points) : app.get(Wallet);
  const originId = bench.ids.next();
  const lot = {
    kind: asset === 'POINTS' ? ('POINTS' as const) : ('BONUS' as const),
    amount,
    originKind: 'ADJUST',
    originId,
    title: '人工调整',
  };
  const cause = { kind: 'ADJUST', ref: `ADJUST:${originId}`, title: '人工调整' };
  return bench.unitOfWork.run('give', (tx) =>
    ledger.credit(tx, brandId, asset, who.memberId as MemberId, [{ lot, cause }]),
  );
};

it('pain-18 two records that become one share a gift’s limit, keep what waits in a store, the PIN and the freeze', async () => {
  const [a, b] = [await e2e.consumer('chen'), await e2e.consumer('lin')];
  const hq = await headquarters(e2e);
  await give(a, 'POINTS', 1000);
  await give(a, 'WALLET', 5000);
  await give(b, 'POINTS', 1000);
  const good = await hq.console.createPointsGood({
    body: {
      kind: 'GOODS',
      name: '帆布袋',
      imageUrl: '/files/demo/bag.jpg',
      description: '',
      points: 100,
      stock: 50,
      perPersonLimit: 3,
      couponTemplateId: null,
      isListed: true,
      position: 1,
    },
  });
  const redeem = (who: Buyer, qty: number) =>
    who.api.mall.redeemPoints({ params: { id: good.id }, body: { qty, storeId: e2e.shop.lake } });
  const bag = await redeem(a, 2);
  await redeem(b, 1);
  await a.api.mall.setWalletPin({ body: { pin: '246810' } });
  await hq.console.freezeAsset({
    params: { id: a.memberId },
    body: { asset: 'WALLET', isFrozen: true, reason: '盗刷核实中' },
  });
  const merge = await hq.console.merge({
    body: { fromId: a.memberId, intoId: b.memberId, reason: '同一个人' },
    idempotencyKey: `merge-${e2e.bench.ids.next()}`,
  });
  expect((await b.api.mall.pointsExchanges({})).items).toHaveLength(2);
  await expect(redeem(b, 1)).rejects.toMatchObject({ code: 'GOOD_LIMIT' });
  expect(await b.api.mall.wallet()).toMatchObject({ hasPin: true, isFrozen: true, availableFen: 0 });
  await hq.console.cancelPointsExchange({ params: { id: bag.id } });
  await redeem(b, 1);
  await hq.console.undoMerge({
    params: { id: merge.id },
    body: { reason: '其实是姐妹' },
    idempotencyKey: `apart-${e2e.bench.ids.next()}`,
  });
  const again = await e2e.consumer('chen');
  expect((await again.api.mall.pointsExchanges({})).items).toMatchObject([{ id: bag.id, state: 'CANCELLED' }]);
  // Whoever was one with somebody else logs in again.
  const apart = await e2e.consumer('lin');
  expect((await apart.api.mall.pointsExchanges({})).items).toHaveLength(2);
  expect(await e2e.broken()).toEqual([]);
});

it('takes reviews with their pictures along when their author leaves, and waits for gifts, cases and top-ups', async () => {
  const buyer = await e2e.consumer('buyer0');
  await give(buyer, 'POINTS', 500);
  const order = await buy(e2e, buyer);
  await handOver(e2e, order.pickupCode);
  await settle(e2e, 1);
  const { api } = buyer;
  const picture = await api.mall.uploadPicture({ body: { purpose: 'REVIEW', dataBase64: JPEG } });
  const file = join(e2e.app.get<Config>(CONFIG).FILES_DIR, picture.url.replace('/files/', ''));
  expect(existsSync(file)).toBe(true);
  const review = await api.mall.addReview({
    body: {
      orderId: order.id,
      lineId: order.lines[0]?.id ?? '',
      stars: 5,
      text: '很合身，颜色正',
      pictureIds: [picture.id],
    },
  });
  await e2e.work(5);
  // What somebody may want to see in it: an answer, a visit, and who looked.
  await api.mall.setConsent({ params: { purpose: 'MARKETING' }, body: { isGiven: true, version: '2026.11' } });
  await api.mall.enter({ query: {} });
  await (await headquarters(e2e)).console.member({ params: { id: buyer.memberId } });
  const exported = await (await fetch(`${e2e.origin}${(await api.mall.exportMyData()).url}`)).text();
  for (const list of ['评价', '积分明细', '订单', '授权记录', '进店记录', '会员记录的变化', '谁看过我'])
    expect([list, exported.includes(`"list":"${list}"`)]).toEqual([list, true]);
  const { tiers, ...open } = {
    tiers: await api.mall.topUpTiers({ query: { storeId: e2e.shop.lake } }),
    amountFen: 5000,
  };
  await api.mall.topUp({ body: { storeId: e2e.shop.lake, ...open, agreementVersion: tiers.agreement.version } });
  const blocked = await api.mall.deletionPreview();
  expect(blocked.blockers.map((one) => one.subject)).toContain('top_up');
  await e2e.pass(15 * 86_400_000);
  const preview = await api.mall.deletionPreview();
  expect(preview.blockers).toEqual([]);
  expect(preview.settlements.find((one) => one.subject === 'REVIEW')).toMatchObject({ amountText: '1 条' });
  const confirmed = preview.settlements.map((one) => one.subject);
  await api.mall.deleteAccount({ body: { token: preview.token, confirmed } });
  const [row] = await e2e.bench.database.query<Record<string, string>>(
    'SELECT state, text, author_name, openid, pictures FROM review WHERE brand_id = ? AND id = ?',
    [e2e.brandId, review.id],
  );
  expect(row).toMatchObject({ state: 'DELETED', text: '', author_name: '', openid: '' });
  await settle(e2e, 1);
  expect(existsSync(file)).toBe(false);
  expect(await e2e.broken()).toEqual([]);
});

it('sends whoever has a balance of an old system to people who can pay it back, instead of to a page that cannot', async () => {
  const { api, memberId } = await e2e.consumer('buyer1');
  const { bench, app, brandId } = e2e;
  const originId = bench.ids.next();
  const lot = { kind: 'PRINCIPAL' as const, amount: 8800, originKind: 'OPENING', originId, title: '旧系统余额' };
  await bench.unitOfWork.run('opening balance', (tx) =>
    app
      .get(Wallet)
      .ledger.credit(tx, brandId, 'WALLET', memberId as MemberId, [
        { lot, cause: { kind: 'OPENING', ref: `OPENING:${originId}`, title: lot.title } },
      ]),
  );
  expect(await api.mall.balanceRefundPreview()).toMatchObject({
    canRequest: false,
    reason: expect.stringContaining('联系客服'),
  });
  const { blockers } = await api.mall.deletionPreview();
  expect(blockers).toMatchObject([{ subject: 'WALLET', actionText: expect.stringContaining('联系客服') }]);
});
