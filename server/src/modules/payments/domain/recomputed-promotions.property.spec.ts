import { describe, expect, it } from '@jest/globals';
import type { PlayKind } from '@shuke/shared/contracts';
import { addFen, type Fen, fen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { applyPromotions, Basket, type BasketLine, type PricedPromotion } from '@shuke/shared/rules';
import fc from 'fast-check';
import type { Terms } from '../../promotions/domain/play.js';
import { readyToPrice } from '../../promotions/domain/promotion.js';
import { anyPromotions, anyTerms } from '../../promotions/testing/any-promotion.js';
import { plainPromotion } from '../../promotions/testing/plain-promotion.js';
import { conditionsOf } from './paid-conditions.js';
import { type PaidOrder, type RefundShares, refundShares } from './refund-shares.js';

const line = (skuId: string, priceFen: number, qty: number): BasketLine => ({
  skuId,
  productId: `10${Number(skuId) % 7}`,
  categoryId: `200${Number(skuId) % 3}`,
  qty,
  unitPriceFen: fen(priceFen),
  listPriceFen: fen(priceFen),
});
const baskets = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 5 }).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc.record({ price: fc.integer({ min: 1, max: 60_000 }), qty: fc.integer({ min: 1, max: 5 }) }).map((one) => ({
        ...line(String(id), one.price, one.qty),
      })),
    ),
  ),
);
const steps = fc.array(fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 4 })), { maxLength: 20 });

const priced = (lines: readonly BasketLine[], promotions: readonly PricedPromotion[]) =>
  applyPromotions(Basket.of(lines), promotions, { isNewMember: false }).basket;

/** An order of these goods as it is stored, paid in cash. */
function bought(lines: readonly BasketLine[], promotions: readonly PricedPromotion[]): PaidOrder {
  const states = priced(lines, promotions).lines;
  return {
    lines: states.map(({ line: { skuId, qty, unitPriceFen }, leftFen }) => ({
      lineId: skuId,
      skuId,
      unitPriceFen,
      qty,
      payableFen: leftFen,
      walletFen: ZERO_FEN,
      pointsFen: ZERO_FEN,
      refundedQty: 0,
      refundedFen: ZERO_FEN,
      refundedWalletFen: ZERO_FEN,
    })),
    freightFen: ZERO_FEN,
    freightWalletFen: ZERO_FEN,
    pointsUsed: 0,
    // What is read back from a row has gone through JSON.
    conditions: JSON.parse(JSON.stringify(conditionsOf(states.map((one) => ({ lineId: one.line.skuId, ...one }))))),
    before: { freightFen: ZERO_FEN, points: 0 },
  };
}

const after = (order: PaidOrder, shares: RefundShares): PaidOrder => ({
  ...order,
  lines: order.lines.map((one) => {
    const part = shares.lines.find(({ lineId }) => lineId === one.lineId);
    if (!part) return one;
    const refundedFen = addFen(one.refundedFen, part.amountFen);
    return { ...one, refundedQty: one.refundedQty + part.qty, refundedFen };
  }),
});

const giveBack = (order: PaidOrder, lines: { lineId: string; qty: number }[] | null) =>
  refundShares(order, { lines, withFreight: true, condition: 'RECOMPUTE' });

const paidFor = (order: PaidOrder): Fen => sumFen(order.lines.map((one) => subFen(one.payableFen, one.refundedFen)));

/** Gives back step by step; `look` sees each refund and the order after it. */
function giveAllBack(
  start: PaidOrder,
  wishes: readonly (readonly [number, number])[],
  look: (shares: RefundShares, order: PaidOrder) => void,
): Fen {
  let order = start;
  let back = ZERO_FEN;
  const take = (lines: { lineId: string; qty: number }[] | null) => {
    const shares = giveBack(order, lines);
    if (!shares) return;
    order = after(order, shares);
    back = addFen(back, shares.totalFen);
    look(shares, order);
  };
  for (const [at, qty] of wishes) take([{ lineId: order.lines[at % order.lines.length]?.lineId ?? '', qty }]);
  take(null);
  return back;
}

const PIECE_PLAYS = ['BUNDLE', 'N_FOR_X', 'ADD_ON'] as const;
const onePlay = fc
  .constantFrom<PlayKind>(...PIECE_PLAYS)
  .chain((kind) => (anyTerms[kind] as fc.Arbitrary<Terms>).map((terms) => readyToPrice(plainPromotion(kind, terms))));

describe('promotions on pieces, recomputed', () => {
  it('pain-05 any order of partial refunds ends with the whole paid amount, and no step is negative', () => {
    fc.assert(
      fc.property(baskets, anyPromotions, steps, (lines, promotions, wishes) => {
        const order = bought(lines, promotions);
        const back = giveAllBack(order, wishes, (shares, now) => {
          expect(Math.min(shares.totalFen, shares.withheldFen, shares.excessFen)).toBeGreaterThanOrEqual(0);
          for (const one of shares.lines) expect(one.amountFen).toBeGreaterThanOrEqual(0);
          expect(paidFor(now)).toBeGreaterThanOrEqual(0);
        });
        expect(back).toBe(sumFen(order.lines.map((one) => one.payableFen)));
      }),
      { numRuns: 400 },
    );
  });

  it('leave what stays at what it would have cost alone, or at its own share where that is more', () => {
    fc.assert(
      fc.property(baskets, onePlay, steps, (lines, promotion, wishes) => {
        const order = bought(lines, [promotion]);
        giveAllBack(order, wishes, (shares, now) => {
          const stays = now.lines.filter((one) => one.refundedQty < one.qty);
          const alone = priced(
            stays.map((one) => line(one.skuId, one.unitPriceFen, one.qty - one.refundedQty)),
            [promotion],
          ).leftFen();
          const own = sumFen(
            now.lines.map(({ payableFen, qty, refundedQty }) =>
              subFen(payableFen, fen(Number((BigInt(payableFen) * BigInt(refundedQty)) / BigInt(qty)))),
            ),
          );
          expect(paidFor(now) + shares.excessFen).toBe(Math.max(alone, own));
        });
      }),
      { numRuns: 400 },
    );
  });

  const back = (lines: BasketLine[], promotions: PricedPromotion[], ...skuIds: string[]) => {
    let order = bought(lines, promotions);
    return skuIds.map((lineId) => {
      const shares = giveBack(order, [{ lineId, qty: 1 }]) as RefundShares;
      order = after(order, shares);
      return [shares.totalFen, ...shares.lost.map((one) => [one.stage, one.fen])];
    });
  };
  const make = (kind: PlayKind, terms: Terms, id = '1') =>
    readyToPrice(plainPromotion(kind, terms, { id: id as never }));

  it('charge a part of a bundle its own price once the other part is given back', () => {
    const parts = [
      { skuId: '1', qty: 1 },
      { skuId: '2', qty: 1 },
    ];
    const bundle = make('BUNDLE', { mode: 'FIXED', parts, priceFen: 20_000, times: 1 });
    const lines = [line('1', 20_000, 1), line('2', 10_000, 1)];
    expect(back(lines, [bundle], '1', '2')).toEqual([[10_000, ['SETS', 3_333]], [10_000]]);
  });

  it('let a piece beyond the set take the place of one that is given back', () => {
    const threeForTwo = make('N_FOR_X', { mode: 'PRICE', n: 3, priceFen: 20_000, first: 'DEAREST', times: 1 });
    const lines = [line('1', 10_000, 3), line('2', 10_000, 1)];
    expect(back(lines, [threeForTwo], '1', '1')).toEqual([[6_666], [3_334, ['SETS', 3_333]]]);
  });

  it('charge an added good its own price when the goods that stay fall below the threshold', () => {
    const addOn = make('ADD_ON', { atFen: 30_000, items: [{ skuId: '9', priceFen: 900, most: 1 }], kinds: 1 });
    const lines = [line('1', 15_000, 2), line('9', 9_900, 1)];
    expect(back(lines, [addOn], '1', '9', '1')).toEqual([[6_000, ['ADD_ON', 9_000]], [9_900], [15_000]]);
  });

  it('count what a lost bundle adds to the price of what stays towards a full reduction', () => {
    const parts = [
      { skuId: '1', qty: 1 },
      { skuId: '2', qty: 1 },
    ];
    const bundle = make('BUNDLE', { mode: 'FIXED', parts, priceFen: 15_000, times: 1 });
    const tiers = [{ atFen: 15_000, cutFen: 2_000 }];
    const reduction = make(
      'FULL_REDUCTION',
      { measure: 'MONEY', basis: 'PAID', reward: 'AMOUNT', mode: 'TIERS', tiers },
      '2',
    );
    const lines = [line('1', 10_000, 1), line('2', 10_000, 1), line('3', 5_000, 1)];
    const [[, ...lost] = []] = back(lines, [bundle, reduction], '2');
    expect(lost).toEqual([['SETS', 2_500]]);
  });
});
