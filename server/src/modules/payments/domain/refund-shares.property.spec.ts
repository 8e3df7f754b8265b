import { describe, expect, it } from '@jest/globals';
import { addFen, type Fen, fen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { type PaidCondition, stillEarnedBy } from './lost-conditions.js';
import { type PaidLine, type PaidOrder, type RefundShares, refundShares } from './refund-shares.js';

const lineArb = fc
  .record({
    qty: fc.integer({ min: 1, max: 9 }),
    amount: fc.nat(300_000),
    off: fc.nat(100),
    wallet: fc.nat(100),
    points: fc.nat(5_000),
  })
  .map(({ qty, amount, off, wallet, points }) => {
    const payable = Math.floor((amount * (100 - off)) / 100);
    return { qty, amount, payable, wallet: Math.floor((payable * wallet) / 100), points };
  });

const orderArb = fc
  .record({
    lines: fc.array(lineArb, { minLength: 1, maxLength: 5 }),
    freight: fc.nat(2_000),
    freightWallet: fc.nat(100),
    points: fc.nat(9_999),
    threshold: fc.nat(600_000),
    hasTier: fc.boolean(),
  })
  .map(({ lines, freight, freightWallet, points, threshold, hasTier }): PaidOrder => {
    const paid = lines.map(
      (line, index): PaidLine => ({
        lineId: String(index),
        skuId: String(index),
        unitPriceFen: fen(Math.floor(line.amount / line.qty)),
        qty: line.qty,
        payableFen: fen(line.payable),
        walletFen: fen(line.wallet),
        pointsFen: fen(line.points),
        refundedQty: 0,
        refundedFen: ZERO_FEN,
        refundedWalletFen: ZERO_FEN,
      }),
    );
    const off = (at: number) => fen((lines[at]?.amount ?? 0) - (lines[at]?.payable ?? 0));
    const total = lines.reduce((sum, _, at) => sum + off(at), 0);
    const condition: PaidCondition = {
      name: '满减',
      stage: 'ORDER',
      by: 'FEN',
      tiers: hasTier
        ? [
            { at: Math.floor(threshold / 2), cutFen: fen(Math.floor(total / 3)) },
            { at: threshold, cutFen: fen(total) },
          ]
        : [{ at: threshold }],
      shares: paid.map((line, at) => ({ lineId: line.lineId, fen: off(at), counted: lines[at]?.amount ?? 0 })),
    };
    return {
      lines: paid,
      freightFen: fen(freight),
      freightWalletFen: fen(Math.floor((freight * freightWallet) / 100)),
      pointsUsed: points,
      conditions: [condition],
      before: { freightFen: ZERO_FEN, points: 0 },
    };
  });

const apply = (order: PaidOrder, shares: RefundShares): PaidOrder => ({
  ...order,
  lines: order.lines.map((line) => {
    const part = shares.lines.find((one) => one.lineId === line.lineId);
    if (!part) return line;
    return {
      ...line,
      refundedQty: line.refundedQty + part.qty,
      refundedFen: addFen(line.refundedFen, part.amountFen),
      refundedWalletFen: addFen(line.refundedWalletFen, part.walletFen),
    };
  }),
  before: {
    freightFen: addFen(order.before.freightFen, shares.freightFen),
    points: order.before.points + shares.pointsBack,
  },
});

describe('refundShares', () => {
  it.each(['KEEP', 'RECOMPUTE'] as const)(
    'pain-05 any sequence of refunds gives back per source exactly what it paid, the last one takes the remainder (%s)',
    (condition) => {
      fc.assert(
        fc.property(
          orderArb,
          fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 4 })), { maxLength: 25 }),
          (start, wishes) => {
            let order = start;
            const back = { cash: 0, wallet: 0, points: 0 };
            const give = (lines: { lineId: string; qty: number }[] | null) => {
              const shares = refundShares(order, { lines, withFreight: true, condition });
              if (!shares) return;
              expect(
                Math.min(shares.cashFen, shares.walletFen, shares.pointsBack, shares.withheldFen),
              ).toBeGreaterThanOrEqual(0);
              expect(shares.cashFen + shares.walletFen).toBe(shares.totalFen);
              back.cash += shares.cashFen;
              back.wallet += shares.walletFen;
              back.points += shares.pointsBack;
              order = apply(order, shares);
              for (const line of order.lines) {
                expect(line.refundedFen).toBeLessThanOrEqual(line.payableFen);
                expect(line.refundedWalletFen).toBeLessThanOrEqual(line.walletFen);
              }
            };
            for (const [index, qty] of wishes) give([{ lineId: String(index % start.lines.length), qty }]);
            const isOpen = order.lines.some((line) => line.refundedQty < line.qty);
            give(null);
            const paidByWallet = sumFen(start.lines.map((line) => line.walletFen)) + start.freightWalletFen;
            const paid = sumFen(start.lines.map((line) => line.payableFen)) + start.freightFen;
            expect(back.wallet).toBe(paidByWallet);
            expect(back.cash).toBe(paid - paidByWallet);
            expect(back.points).toBe(start.lines.some((line) => line.pointsFen > 0) ? start.pointsUsed : 0);
            expect(refundShares(order, { lines: null, withFreight: true, condition })).toBeNull();
            expect(isOpen || wishes.length > 0).toBe(true);
          },
        ),
      );
    },
  );

  const line = (lineId: string, qty: number, payable: number): PaidLine => ({
    lineId,
    skuId: lineId,
    unitPriceFen: fen(payable),
    qty,
    payableFen: fen(payable),
    walletFen: ZERO_FEN,
    pointsFen: ZERO_FEN,
    refundedQty: 0,
    refundedFen: ZERO_FEN,
    refundedWalletFen: ZERO_FEN,
  });
  /** 400 and 300 yuan, 100 off from 600 yuan on. */
  const order: PaidOrder = {
    lines: [line('a', 1, 34_286), line('b', 1, 25_714)],
    freightFen: ZERO_FEN,
    freightWalletFen: ZERO_FEN,
    pointsUsed: 0,
    conditions: [
      {
        name: '满 600 减 100',
        stage: 'ORDER',
        by: 'FEN',
        tiers: [{ at: 60_000, cutFen: fen(10_000) }],
        shares: [
          { lineId: 'a', fen: fen(5_714), counted: 40_000 },
          { lineId: 'b', fen: fen(4_286), counted: 30_000 },
        ],
      },
    ],
    before: { freightFen: ZERO_FEN, points: 0 },
  };
  const only = (condition: 'KEEP' | 'RECOMPUTE', of: PaidOrder = order, lineId = 'b') =>
    refundShares(of, { lines: [{ lineId, qty: 1 }], withFreight: true, condition }) as RefundShares;

  it('leaves a lost discount with the consumer by default', () => {
    expect(only('KEEP')).toMatchObject({ totalFen: 25_714, withheldFen: 0 });
  });

  it('holds back the discount of what stays when the brand recomputes, and gives it back with the rest', () => {
    const first = only('RECOMPUTE');
    expect(first).toMatchObject({ totalFen: 20_000, withheldFen: 5_714 });
    expect(only('RECOMPUTE', apply(order, first), 'a')).toMatchObject({ totalFen: 40_000, withheldFen: 0 });
  });

  it('never holds back more than the refund itself', () => {
    const dear: PaidOrder = {
      ...order,
      conditions: [
        {
          name: '大额',
          stage: 'ORDER',
          by: 'FEN',
          tiers: [{ at: 90_000 }],
          shares: [{ lineId: 'a', fen: fen(39_000), counted: 40_000 }],
        },
      ],
    };
    expect(only('RECOMPUTE', dear)).toMatchObject({ totalFen: 0, withheldFen: 25_714, excessFen: 13_286 });
  });

  it('takes a loss that one refund is too small for from the next ones, and never asks for money', () => {
    const three: PaidOrder = {
      ...order,
      lines: [line('a', 1, 1_000), line('b', 1, 20_000), line('c', 1, 30_000)],
      conditions: [
        {
          name: '满 600 减 100',
          stage: 'ORDER',
          by: 'FEN',
          tiers: [{ at: 60_000, cutFen: fen(10_000) }],
          shares: [
            { lineId: 'a', fen: fen(200), counted: 1_200 },
            { lineId: 'b', fen: fen(3_800), counted: 23_800 },
            { lineId: 'c', fen: fen(6_000), counted: 36_000 },
          ],
        },
      ],
    };
    const first = only('RECOMPUTE', three, 'a');
    expect(first).toMatchObject({ totalFen: 0, withheldFen: 1_000, excessFen: 8_800 });
    const second = only('RECOMPUTE', apply(three, first), 'b');
    // Both pieces were worth 21,000; what stays has lost its 6,000.
    expect(second).toMatchObject({ totalFen: 15_000, withheldFen: 6_000, excessFen: 0 });
    expect(only('RECOMPUTE', apply(apply(three, first), second), 'c')).toMatchObject({ totalFen: 36_000 });
  });

  it('counts what a lower tier still gives, pieces as well as money, and pieces that other cases ask back', () => {
    const shares = (counted: number) => [
      { lineId: 'a', fen: fen(5_714), counted },
      { lineId: 'b', fen: fen(4_286), counted },
    ];
    const stays = (lineId: string, qty: number, left: number) => {
      const unitPriceFen = fen(1_000);
      return { lineId, skuId: lineId, unitPriceFen, qty, left };
    };
    const lost = (condition: Omit<Extract<PaidCondition, { tiers: unknown }>, 'name' | 'stage'>, left: number) =>
      stillEarnedBy([{ name: '活动', stage: 'ORDER', ...condition }], [stays('a', 2, left), stays('b', 1, 0)]).lost.map(
        (one) => one.fen,
      );
    const tiers = (low: object, high: object) => [
      { at: 2, ...low },
      { at: 3, ...high },
    ];
    const cuts = tiers({ cutFen: fen(3_000) }, { cutFen: fen(10_000) });
    expect(lost({ by: 'PIECES', tiers: cuts, shares: shares(2) }, 2)).toEqual([2_714]);
    expect(lost({ by: 'PIECES', tiers: cuts, shares: shares(2) }, 1)).toEqual([2_857]);
    expect(lost({ by: 'PIECES', tiers: cuts, shares: shares(3) }, 2)).toEqual([]);
    // 9 折 where it was 8 折: half of the share is lost.
    const folds = tiers({ payBp: 9_000 }, { payBp: 8_000 });
    expect(lost({ by: 'PIECES', tiers: folds, shares: shares(2) }, 2)).toEqual([2_857]);
    const every = { by: 'FEN', isEvery: true, tiers: [{ at: 10_000, cutFen: fen(1_000) }] } as const;
    expect(lost({ ...every, shares: shares(35_000) }, 2)).toEqual([2_714]);
    const wish = { lines: [{ lineId: 'b', qty: 1 }], withFreight: true, condition: 'RECOMPUTE' as const };
    expect(refundShares(order, { ...wish, pending: [{ lineId: 'a', qty: 1 }] })).toMatchObject({ withheldFen: 0 });
  });

  it('refuses unknown lines, too many pieces and the same line twice', () => {
    const ask = (lines: { lineId: string; qty: number }[]) =>
      refundShares(order, { lines, withFreight: true, condition: 'KEEP' });
    expect(ask([{ lineId: 'x', qty: 1 }])).toBeNull();
    expect(ask([{ lineId: 'a', qty: 2 }])).toBeNull();
    expect(
      ask([
        { lineId: 'a', qty: 1 },
        { lineId: 'a', qty: 1 },
      ]),
    ).toBeNull();
    expect(ask([])).toBeNull();
    expect((order.lines[0] as { payableFen: Fen }).payableFen).toBe(34_286);
  });
});
