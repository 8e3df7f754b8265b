import { describe, expect, it } from '@jest/globals';
import { addFen, fen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { applyPromotions, Basket, type BasketLine, type PricedPromotion } from '@shuke/shared/rules';
import fc from 'fast-check';
import { readyToPrice } from '../../promotions/domain/promotion.js';
import { plainPromotion } from '../../promotions/testing/plain-promotion.js';
import { conditionsOf } from './paid-conditions.js';
import { type PaidOrder, type RefundShares, refundShares } from './refund-shares.js';

const PRESENTS = ['91', '92'];
const PRICE = fen(2_500);

const line = (skuId: string, priceFen: number, qty: number): BasketLine => ({
  skuId,
  productId: `10${skuId}`,
  categoryId: '2001',
  qty,
  unitPriceFen: fen(priceFen),
  listPriceFen: fen(priceFen),
});
const baskets = fc
  .array(fc.record({ price: fc.integer({ min: 1, max: 30_000 }), qty: fc.integer({ min: 1, max: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((all) => all.map(({ price, qty }, at) => line(String(at + 1), price, qty)));

/** 满赠 by money or pieces, in tiers with their own presents or as often as it fits. */
const giving = fc
  .record({
    measure: fc.constantFrom('MONEY', 'PIECES'),
    basis: fc.constantFrom('PAID', 'LIST'),
    mode: fc.constantFrom('TIERS', 'EVERY'),
    first: fc.integer({ min: 1, max: 3 }),
    more: fc.integer({ min: 1, max: 4 }),
    qty: fc.integer({ min: 1, max: 2 }),
    skus: fc.constantFrom<[string, string]>(['91', '91'], ['91', '92']),
  })
  .map(({ measure, basis, mode, first, more, qty, skus }) => {
    const at = (times: number) => (measure === 'MONEY' ? { atFen: times * 10_000 } : { atQty: times });
    const low = { ...at(first), giftSkuId: skus[0], giftQty: qty };
    const tiers = mode === 'EVERY' ? [low] : [low, { ...at(first + more), giftSkuId: skus[1], giftQty: qty + 1 }];
    return readyToPrice(plainPromotion('FULL_REDUCTION', { measure, basis, reward: 'GIFT', mode, tiers }));
  });

const priced = (lines: readonly BasketLine[], promotions: readonly PricedPromotion[]) =>
  applyPromotions(Basket.of(lines), promotions, { isNewMember: false });

function presentsFor(lines: readonly BasketLine[], promotion: PricedPromotion): Map<string, number> {
  const given = new Map(PRESENTS.map((skuId) => [skuId, 0]));
  if (lines.length > 0)
    for (const gift of priced(lines, [promotion]).outcome.gifts)
      given.set(gift.skuId, (given.get(gift.skuId) ?? 0) + gift.qty);
  return given;
}

function bought(lines: readonly BasketLine[], promotion: PricedPromotion): PaidOrder {
  const states = priced(lines, [promotion]).basket.lines;
  const paid = { walletFen: ZERO_FEN, pointsFen: ZERO_FEN, refundedQty: 0, refundedFen: ZERO_FEN };
  const presents = [...presentsFor(lines, promotion)].filter(([, qty]) => qty > 0);
  return {
    lines: [
      ...states.map(({ line: { skuId, qty, unitPriceFen }, leftFen }) => ({
        ...{ lineId: skuId, skuId, unitPriceFen, qty, payableFen: leftFen, ...paid, refundedWalletFen: ZERO_FEN },
      })),
      ...presents.map(([skuId, qty]) => ({
        ...{ lineId: `gift ${skuId}`, skuId, unitPriceFen: ZERO_FEN, qty, payableFen: ZERO_FEN, ...paid },
        refundedWalletFen: ZERO_FEN,
        present: { unitPriceFen: PRICE, keptQty: 0 },
      })),
    ],
    freightFen: ZERO_FEN,
    freightWalletFen: ZERO_FEN,
    pointsUsed: 0,
    conditions: JSON.parse(JSON.stringify(conditionsOf(states.map((one) => ({ lineId: one.line.skuId, ...one }))))),
    before: { freightFen: ZERO_FEN, points: 0 },
  };
}

const after = (order: PaidOrder, shares: RefundShares): PaidOrder => ({
  ...order,
  lines: order.lines.map((one) => {
    const part = shares.lines.find(({ lineId }) => lineId === one.lineId);
    const keptNow = shares.kept.find(({ lineId }) => lineId === one.lineId)?.qty ?? 0;
    return {
      ...one,
      refundedQty: one.refundedQty + (part?.qty ?? 0),
      refundedFen: addFen(one.refundedFen, part?.amountFen ?? ZERO_FEN),
      ...(one.present ? { present: { ...one.present, keptQty: one.present.keptQty + keptNow } } : {}),
    };
  }),
});

type Wished = { lineId: string; qty: number }[];
const ask = (order: PaidOrder, lines: Wished | null, kept: Wished = []) =>
  refundShares(order, { lines, withFreight: true, condition: 'KEEP', kept });

const goodsLeft = (order: PaidOrder) =>
  order.lines
    .filter((one) => !one.present && one.refundedQty < one.qty)
    .map((one) => line(one.skuId, one.unitPriceFen, one.qty - one.refundedQty));

const steps = fc.array(fc.record({ at: fc.nat(9), qty: fc.integer({ min: 1, max: 3 }), keeps: fc.boolean() }), {
  maxLength: 12,
});

/** One refund as after-sale makes it: what falls away goes back, or is kept where the refund pays for it. */
function step(order: PaidOrder, wish: Wished, keeps: boolean): RefundShares | null {
  const first = ask(order, wish);
  if (!first) return null;
  let keptFen = 0;
  const kept = first.fallen.filter((one) => {
    const fits = keeps && keptFen + one.priceFen < first.totalFen;
    if (fits) keptFen += one.priceFen;
    return fits;
  });
  const back = first.fallen.filter((one) => !kept.includes(one));
  return ask(order, [...wish, ...back.map(({ lineId, qty }) => ({ lineId, qty }))], kept);
}

describe('presents, when goods that earned them go back', () => {
  it('pain-05 cost exactly their price while they are kept, and all of it comes back with them', () => {
    fc.assert(
      fc.property(baskets, giving, steps, (lines, promotion, wishes) => {
        let order = bought(lines, promotion);
        const paid = sumFen(order.lines.map((one) => one.payableFen));
        let back = ZERO_FEN;
        const take = (shares: RefundShares | null) => {
          if (!shares) return;
          expect(
            Math.min(shares.totalFen, shares.keptFen, ...shares.lines.map((one) => one.amountFen)),
          ).toBeGreaterThanOrEqual(0);
          order = after(order, shares);
          back = addFen(back, shares.totalFen);
        };
        const goods = lines.map((one) => one.skuId);
        for (const { at, qty, keeps } of wishes)
          take(step(order, [{ lineId: goods[at % goods.length] ?? '', qty }], keeps));
        const rest = goodsLeft(order).map(({ skuId, qty }) => ({ lineId: skuId, qty }));
        take(step(order, rest, true));
        const kept = order.lines.map((one) => Math.min(one.qty - one.refundedQty, one.present?.keptQty ?? 0));
        expect(order.lines.every((one, at) => one.refundedQty + (kept[at] ?? 0) === one.qty)).toBe(true);
        expect(back + PRICE * kept.reduce((sum, one) => sum + one, 0)).toBe(paid);
        take(ask(order, null));
        expect(back).toBe(paid);
      }),
      { numRuns: 400 },
    );
  });

  it('fall away as far as what stays would not earn them by itself, however often goods go back', () => {
    fc.assert(
      fc.property(baskets, giving, steps, (lines, promotion, wishes) => {
        let order = bought(lines, promotion);
        for (const { at, qty, keeps } of wishes) {
          const shares = step(order, [{ lineId: lines[at % lines.length]?.skuId ?? '', qty }], keeps);
          if (!shares) continue;
          expect(shares.fallen).toEqual([]);
          order = after(order, shares);
          const earned = presentsFor(goodsLeft(order), promotion);
          for (const one of order.lines) {
            if (!one.present) continue;
            const free = one.qty - one.refundedQty - Math.min(one.qty - one.refundedQty, one.present.keptQty);
            expect(free).toBeLessThanOrEqual(earned.get(one.skuId) ?? 0);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('one present', () => {
  const tiers = [{ atFen: 30_000, giftSkuId: '91', giftQty: 1 }];
  const terms = { measure: 'MONEY', basis: 'PAID', reward: 'GIFT', mode: 'TIERS', tiers };
  const order = bought([line('1', 20_000, 2)], readyToPrice(plainPromotion('FULL_REDUCTION', terms)));
  const one = [{ lineId: '1', qty: 1 }];
  const gift = [{ lineId: 'gift 91', qty: 1 }];

  it('falls away below its threshold, is paid out of the refund or comes back for nothing', () => {
    expect(ask(order, one)).toMatchObject({ totalFen: 20_000, fallen: [{ ...gift[0], priceFen: 2_500 }] });
    expect(ask(order, one, gift)).toMatchObject({ totalFen: 17_500, keptFen: 2_500, fallen: [] });
    expect(ask(order, [...one, ...gift])).toMatchObject({ totalFen: 20_000, keptFen: 0, fallen: [] });
  });

  it('gives its price back when it comes back later, and is asked for once while another case keeps it', () => {
    const kept = after(order, ask(order, one, gift) as RefundShares);
    expect(ask(kept, one)).toMatchObject({ totalFen: 20_000, keptFen: 2_500, fallen: [] });
    expect(ask(kept, gift)).toMatchObject({ totalFen: 2_500, keptFen: 0 });
    const wish = { lines: one, withFreight: false, condition: 'KEEP' as const };
    expect(refundShares(order, { ...wish, pending: gift })).toMatchObject({ totalFen: 20_000, fallen: [] });
  });
});
