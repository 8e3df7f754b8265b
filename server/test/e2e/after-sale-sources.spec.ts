import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { MemberId, StoreId } from '@shuke/shared/kernel';
import { Points, Wallet } from '../../src/modules/assets/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { type E2e, openE2e } from '../harness/e2e.js';
import { effects } from './money-journeys.js';
import { expectQuiet, fillShelves, payOnPhone, settle } from './sale-steps.js';

jest.setTimeout(180_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
  await fillShelves(e2e);
});
afterAll(() => e2e.close());

describe('an order paid by wallet and WeChat', () => {
  it('pain-05 gives each source back exactly what it paid, piece by piece', async () => {
    const lin = await e2e.consumer('lin');
    const memberId = lin.memberId as MemberId;
    const storeId = e2e.shop.north as StoreId;
    const wallet = e2e.app.get(Wallet);
    await e2e.app.get(UnitOfWork).run('fill wallet', async (tx) => {
      const lot = (kind: 'PRINCIPAL' | 'BONUS', amount: number) => ({
        lot: {
          kind,
          amount,
          originKind: 'TEST',
          originId: e2e.bench.ids.next(),
          title: '充值',
          storeId,
          expiresAt: null,
        },
        cause: { kind: 'TOP_UP', ref: `TEST:${kind}`, title: '充值', storeId },
      });
      await wallet.ledger.credit(tx, e2e.brandId, 'WALLET', memberId, [lot('PRINCIPAL', 60_000), lot('BONUS', 20_000)]);
    });
    const before = await wallet.balance(e2e.bench.database, e2e.brandId, memberId);
    const lines = [{ skuId: e2e.shop.products[0]?.skus[0] ?? '', qty: 3 }];
    const wish = { storeId, lines, fulfil: 'PICKUP' as const, walletFen: 70_001 };
    const preview = await lin.api.mall.preview({ body: wish });
    expect(preview).toMatchObject({ needsWalletPin: true, hasWalletPin: false });
    await lin.api.mall.setWalletPin({ body: { pin: '246810' } });
    const order = await lin.api.mall.submitOrder({
      body: { ...wish, walletPin: '246810', expectedTotalFen: preview.totalFen },
    });
    await payOnPhone(e2e, lin, order.id);
    await settle(e2e, 20);
    const line = { lineId: order.lines[0]?.id ?? '', qty: 1 };
    let [cash, back] = [0, 0];
    for (let piece = 0; piece < 3; piece += 1) {
      const body = { kind: 'REFUND_ONLY' as const, lines: [line], reason: 'CHANGED_MIND' as const };
      const { sources } = await lin.api.mall.previewAfterSale({ params: { id: order.id }, body });
      const made = await lin.api.mall.requestAfterSale({
        params: { id: order.id },
        body: { ...body, expectedRefundFen: sources.totalFen },
      });
      await settle(e2e, 30);
      expect((await lin.api.mall.afterSale({ params: { id: made.id } })).state).toBe('DONE');
      cash += sources.cashFen;
      back += sources.walletFen;
    }
    expect([cash, back]).toEqual([preview.totalFen - 70_001, 70_001]);
    expect(effects(e2e, order.id).order?.refunded).toBe(cash);
    const after = await wallet.balance(e2e.bench.database, e2e.brandId, memberId);
    expect([after.principalFen, after.bonusFen]).toEqual([before.principalFen, before.bonusFen]);
    expect((await e2e.app.get(Points).balance(e2e.bench.database, e2e.brandId, memberId)).balance).toBe(0);
    await settle(e2e, 240);
    await expectQuiet(e2e);
  });
});
