import 'reflect-metadata';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createConsoleUser } from '../../src/modules/identity/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import type { Buyer } from './sale-steps.js';

jest.setTimeout(180_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
});
afterAll(() => e2e.close());

it('pain-25: tops up once for a repeated callback, pays in the store by code, and pays the balance back', async () => {
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  await hq.console.createTopUpActivity({
    body: {
      name: '开业储值',
      startsAt: '2026-11-01T00:00:00.000Z',
      endsAt: null,
      storeIds: null,
      perMemberTimes: 1,
      perMemberDays: null,
      tiers: [{ payFen: 10_000, bonusFen: 2_000, points: 50, couponTemplateId: null, bonusDays: 365 }],
    },
  });
  const { api, openid } = await e2e.consumer('lin');
  const { items, agreement } = await api.mall.topUpTiers({ query: { storeId: e2e.shop.lake } });
  const [tier] = items;
  expect(tier).toMatchObject({ text: '充 100 元送 20 元、50 积分', isAvailable: true });
  const body = { storeId: e2e.shop.lake, tierId: tier?.id ?? '', agreementVersion: agreement.version };
  const topUp = await api.mall.topUp({ body });
  const { package: prepay } = await api.mall.payTopUp({ params: { id: topUp.id } });
  expect(e2e.sims.pay.pay({ prepayId: prepay.replace('prepay_id=', ''), openid }).ok).toBe(true);
  await e2e.work();
  const paid = await api.mall.checkTopUp({ params: { id: topUp.id } });
  expect(paid.state).toBe('CREDITED');
  expect(await api.mall.wallet()).toMatchObject({ principalFen: 10_000, bonusFen: 2_000, availableFen: 12_000 });
  expect(await api.mall.points()).toMatchObject({ available: 50 });
  await expect(api.mall.topUp({ body })).rejects.toMatchObject({ code: 'TOP_UP_LIMIT' });

  const { code } = await api.mall.payCode();
  const guide = await e2e.guide('lake');
  expect(await guide.guide.lookUpCode({ body: { code } })).toMatchObject({ kind: 'PAY', walletAvailableFen: 12_000 });
  const receipt = await guide.guide.chargePayCode({ body: { code, amountFen: 6_000 } });
  expect(receipt).toMatchObject({ state: 'PAID', principalFen: 5_000, bonusFen: 1_000, canReverse: true });
  expect((await api.mall.payCodeState({ params: { code } })).payment).toMatchObject({ id: receipt.id });

  const preview = await api.mall.balanceRefundPreview();
  expect(preview).toMatchObject({ canRequest: true, refundFen: 5_000, bonusTakenFen: 1_000 });
  expect(preview.lines[0]?.text).toContain('充值时送的 25 积分收回');
  const asked = await api.mall.requestBalanceRefund({ body: { expectedFen: 5_000 } });
  expect(asked.items).toMatchObject([{ state: 'SENDING', route: 'ORIGINAL' }]);
  await e2e.work(30);
  expect((await api.mall.walletRefunds()).items).toMatchObject([{ state: 'DONE', refundFen: 5_000 }]);
  expect(await api.mall.wallet()).toMatchObject({ balanceFen: 0, heldFen: 0 });
  expect(await api.mall.points()).toMatchObject({ available: 25 });
  const history = (await api.mall.walletEntries()).items;
  expect(history.map((one) => one.kind)).toEqual(['CAPTURE', 'CAPTURE', 'TOP_UP', 'TOP_UP']);
  expect(await e2e.broken()).toEqual([]);
});

it('a balance refund that the channel does not take waits longer each time and keeps no other waiting', async () => {
  const { ids, database } = e2e.bench;
  const at = new Date(e2e.sims.clock.now());
  const { memberId } = await e2e.consumer('lin');
  const topUp = await database.query<{ id: string }>('SELECT id FROM top_up WHERE brand_id = ? LIMIT 1', [e2e.brandId]);
  const refused = ids.next();
  await database.execute(
    `INSERT INTO wallet_refund (brand_id, id, request_id, member_id, top_up_id, state, route, refund_fen, bonus_fen, reason, requested_at, next_at)
     VALUES (?,?,?,?,?,'SENDING','ORIGINAL',99999999,0,'多于付款',?,?)`,
    [e2e.brandId, refused, ids.next(), memberId, topUp[0]?.id ?? '', at, at],
  );
  await e2e.work(30);
  const [row] = await database.query<{ state: string; tries: number; next_at: Date }>(
    'SELECT state, tries, next_at FROM wallet_refund WHERE brand_id = ? AND id = ?',
    [e2e.brandId, refused],
  );
  expect(row).toMatchObject({ state: 'SENDING' });
  // Every five seconds it would have been asked for five times or more.
  expect(row?.tries).toBeGreaterThan(0);
  expect(row?.tries).toBeLessThan(5);
  expect(row?.next_at.getTime()).toBeGreaterThan(e2e.sims.clock.now());
  await database.execute('DELETE FROM wallet_refund WHERE brand_id = ? AND id = ?', [e2e.brandId, refused]);
});

/** Opens the pay sheet of a top-up. @returns the number that pays it */
const sheetOf = async (api: Buyer['api'], id: string): Promise<string> => {
  const { package: prepay } = await api.mall.payTopUp({ params: { id } });
  return prepay.replace('prepay_id=', '');
};
const statesOf = async (api: Buyer['api']) => (await api.mall.topUps({ query: {} })).items.map((one) => one.state);

it('a top-up that was left unpaid makes way for another tier, and counts when it was paid after all', async () => {
  const { api, openid } = await e2e.consumer('zhou');
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  await hq.console.createTopUpActivity({
    body: {
      name: '双十一储值',
      startsAt: '2026-11-01T00:00:00.000Z',
      endsAt: null,
      storeIds: null,
      perMemberTimes: 1,
      perMemberDays: null,
      tiers: [20_000, 30_000].map((payFen) => ({
        payFen,
        bonusFen: 1_000,
        points: 0,
        couponTemplateId: null,
        bonusDays: null,
      })),
    },
  });
  const tiersNow = async () => {
    const { items, agreement } = await api.mall.topUpTiers({ query: { storeId: e2e.shop.lake } });
    const wishOf = (payFen: number) => ({
      storeId: e2e.shop.lake,
      tierId: items.find((one) => one.payFen === payFen)?.id ?? '',
      agreementVersion: agreement.version,
    });
    return { items, wishOf };
  };
  const { wishOf } = await tiersNow();
  const left = await api.mall.topUp({ body: wishOf(20_000) });
  const leftSheet = await sheetOf(api, left.id);
  expect((await tiersNow()).items.find((one) => one.payFen === 30_000)).toMatchObject({ isAvailable: true });
  const wanted = await api.mall.topUp({ body: wishOf(30_000) });
  expect(await statesOf(api)).toEqual(['CREATED', 'CLOSED']);
  expect(e2e.sims.pay.pay({ prepayId: leftSheet, openid }).ok).toBe(false);

  expect(e2e.sims.pay.pay({ prepayId: await sheetOf(api, wanted.id), openid }).ok).toBe(true);
  // Its notification has not come yet: the shop learns of the money when it wants to give the top-up up.
  await expect(api.mall.topUp({ body: wishOf(20_000) })).rejects.toMatchObject({ code: 'TOP_UP_LIMIT' });
  expect(await statesOf(api)).toEqual(['CREDITED', 'CLOSED']);
  expect(await api.mall.wallet()).toMatchObject({ principalFen: 30_000, bonusFen: 1_000 });
  await e2e.work();
  expect(await api.mall.wallet()).toMatchObject({ principalFen: 30_000, bonusFen: 1_000 });
  expect(await e2e.broken()).toEqual([]);
});

it('pain-25: pays no more than was paid when a balance is given up again while its first refund is on its way', async () => {
  const { api } = await e2e.consumer('zhou');
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  const { version: _, ...settings } = await hq.console.walletSettings();
  await hq.console.setWalletSettings({ body: { ...settings, policy: 'PRINCIPAL_FIRST' } });
  const { guide } = await e2e.guide('lake');
  const spent: string[] = [];
  for (let nth = 0; nth < 5; nth += 1) {
    const { code } = await api.mall.payCode();
    spent.push((await guide.chargePayCode({ body: { code, amountFen: 6_000 } })).id);
  }
  expect(await api.mall.wallet()).toMatchObject({ principalFen: 0, bonusFen: 1_000 });
  const first = await api.mall.balanceRefundPreview();
  await api.mall.requestBalanceRefund({ body: { expectedFen: first.refundFen } });
  for (const id of spent) await guide.reverseInStorePayment({ params: { id }, body: { reason: '顾客不要了' } });
  const second = await api.mall.balanceRefundPreview();
  expect([first.refundFen, second.refundFen]).toEqual([968, 30_000 - 968]);
  await api.mall.requestBalanceRefund({ body: { expectedFen: second.refundFen } });
  await e2e.work(30);
  expect((await api.mall.walletRefunds()).items.map((one) => one.state)).toEqual(['DONE', 'DONE']);
  expect(await e2e.broken()).toEqual([]);
  await hq.console.setWalletSettings({ body: settings });
});

it('headquarters decides about refunds that wait for a bank transfer, each once, and not about those that WeChat is sending', async () => {
  const { api, openid } = await e2e.consumer('zhou');
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  const { agreement } = await api.mall.topUpTiers({ query: { storeId: e2e.shop.lake } });
  const body = { storeId: e2e.shop.lake, amountFen: 1_000, agreementVersion: agreement.version };
  const { id } = await api.mall.topUp({ body });
  expect(e2e.sims.pay.pay({ prepayId: await sheetOf(api, id), openid }).ok).toBe(true);
  await e2e.work();
  const decide = (refund: string, isPaid: boolean) =>
    hq.console.decideWalletRefund({ params: { id: refund }, body: { isPaid, note: '已核对' } });
  const ask = async () => (await api.mall.requestBalanceRefund({ body: { expectedFen: 1_000 } })).items[0]?.id ?? '';

  const sent = await ask();
  for (const isPaid of [true, false])
    await expect(decide(sent, isPaid)).rejects.toMatchObject({ code: 'WALLET_REFUND_STATE' });
  expect(await api.mall.wallet()).toMatchObject({ heldFen: 1_000, availableFen: 0 });
  // As if it had been paid so long ago that WeChat no longer sends it back.
  await e2e.bench.database.execute("UPDATE wallet_refund SET state = 'REVIEW', route = 'BANK' WHERE id = ?", [sent]);
  expect(await decide(sent, false)).toMatchObject({ state: 'REFUSED' });
  expect(await api.mall.wallet()).toMatchObject({ heldFen: 0, availableFen: 1_000 });

  const second = await ask();
  await e2e.bench.database.execute("UPDATE wallet_refund SET state = 'REVIEW', route = 'BANK' WHERE id = ?", [second]);
  expect(await decide(second, true)).toMatchObject({ state: 'DONE' });
  for (const isPaid of [true, false])
    await expect(decide(second, isPaid)).rejects.toMatchObject({ code: 'WALLET_REFUND_STATE' });
  expect(await api.mall.wallet()).toMatchObject({ balanceFen: 0, heldFen: 0 });
  await e2e.work(30);
  expect(await e2e.broken()).toEqual([]);
});

it('top-ups that wait for their money keep within the cap of the balance together, and a store that does not sell takes none', async () => {
  const { api } = await e2e.consumer('chen');
  const hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
  const { version: _, ...settings } = await hq.console.walletSettings();
  await hq.console.setWalletSettings({ body: { ...settings, dailyCapFen: settings.balanceCapFen * 3 } });
  const { agreement } = await api.mall.topUpTiers({ query: { storeId: e2e.shop.lake } });
  const body = { storeId: e2e.shop.lake, amountFen: settings.balanceCapFen, agreementVersion: agreement.version };
  const two = await Promise.allSettled([api.mall.topUp({ body }), api.mall.topUp({ body })]);
  // The second found no room: it was refused, or it came late enough to find the first left, and gave that up.
  for (const one of two) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'TOP_UP_CAP' });
  expect((await statesOf(api)).filter((state) => state === 'CREATED')).toHaveLength(1);

  const { version } = await hq.console.store({ params: { id: e2e.shop.north } });
  await hq.console.updateStore({ params: { id: e2e.shop.north }, body: { version, status: 'PAUSED' } });
  await expect(api.mall.topUp({ body: { ...body, storeId: e2e.shop.north, amountFen: 1_000 } })).rejects.toMatchObject({
    code: 'TOP_UP_STORE',
  });
});

it('corrects a balance by hand only when a second person approves, and books it once', async () => {
  const { bench, brandId } = e2e;
  const name = 'finance';
  await bench.unitOfWork.run('a colleague', (tx) =>
    createConsoleUser(tx, {
      brandId,
      id: bench.ids.next<'user'>(),
      login: `${name}-${brandId}`,
      name,
      role: 'HQ',
      franchiseeId: null,
      password: 'a-long-password',
    }),
  );
  const [hq, finance] = [
    await e2e.desk(`hq-${brandId}`, 'a-long-password'),
    await e2e.desk(`${name}-${brandId}`, 'a-long-password'),
  ];
  const { api, memberId } = await e2e.consumer('wang');
  const ask = async (amount: number) => {
    const body = { memberId, asset: 'WALLET' as const, amount, reason: '柜台多收了钱' };
    return (await hq.console.requestAdjustment({ body })).id;
  };
  const decide = (who: typeof hq, id: string, isApproved: boolean) =>
    who.console.decideAdjustment({ params: { id }, body: { isApproved } }).then(
      (one) => one.state,
      (error: { code: string }) => error.code,
    );

  const wanted = await ask(5_000);
  for (const isApproved of [true, false]) expect(await decide(hq, wanted, isApproved)).toBe('ADJUSTMENT_OWN');
  expect(await api.mall.wallet()).toMatchObject({ balanceFen: 0 });
  const answers = await Promise.all([1, 2, 3].map(() => decide(finance, wanted, true)));
  expect(answers.sort()).toEqual(['ADJUSTMENT_STATE', 'ADJUSTMENT_STATE', 'APPROVED']);
  expect(await api.mall.wallet()).toMatchObject({ balanceFen: 5_000, bonusFen: 5_000 });

  const refused = await ask(7_000);
  expect(await decide(finance, refused, false)).toBe('REFUSED');
  expect(await decide(finance, refused, true)).toBe('ADJUSTMENT_STATE');
  expect(await decide(finance, await ask(-5_001), true)).toBe('WALLET_NOT_ENOUGH');
  expect(await decide(finance, await ask(-5_000), true)).toBe('APPROVED');
  expect(await api.mall.wallet()).toMatchObject({ balanceFen: 0 });
  expect(await e2e.broken()).toEqual([]);
});
