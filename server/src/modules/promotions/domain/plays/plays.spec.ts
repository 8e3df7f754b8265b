import { describe, expect, it } from '@jest/globals';
import { PLAY_KINDS, type PlayKind } from '@shuke/shared/contracts';
import { type Fen, fen } from '@shuke/shared/kernel';
import { applyPromotions, Basket, type BasketLine } from '@shuke/shared/rules';
import fc from 'fast-check';
import { plainPromotion } from '../../testing/plain-promotion.js';
import type { Terms } from '../play.js';
import { type Promotion, type PromotionId, readyToPrice } from '../promotion.js';
import { readTerms } from '../read-terms.js';
import { drawCuts, isExact, seatFate } from '../session-rules.js';
import { playOf, playViews } from './all-plays.js';

const line = (skuId: string, yuan: number, qty = 1): BasketLine => ({
  skuId,
  productId: `1${skuId}`,
  categoryId: '7',
  qty,
  unitPriceFen: fen(yuan * 100),
  listPriceFen: fen(yuan * 100),
});
const make = (kind: PlayKind, terms: Terms, more: Partial<Promotion> = {}) =>
  readyToPrice(plainPromotion(kind, terms, more));
const leftOf = (lines: BasketLine[], ...promotions: ReturnType<typeof make>[]): Fen =>
  applyPromotions(Basket.of(lines), promotions, { isNewMember: false }).basket.leftFen();
const tiers = (terms: Terms) =>
  make('FULL_REDUCTION', { measure: 'MONEY', basis: 'PAID', reward: 'AMOUNT', mode: 'TIERS', ...terms });

describe('the forms of plays', () => {
  it('are plain data that survive JSON, one for each play, with labels, limits and edge cases', () => {
    const views = playViews();
    expect(views.map((view) => view.kind).sort()).toEqual([...PLAY_KINDS].sort());
    expect(JSON.parse(JSON.stringify(views))).toEqual(views);
    for (const view of views) {
      expect(view.notes.length).toBeGreaterThan(0);
      expect(
        view.states.every((state) => state.next.every((next) => view.states.some((one) => one.state === next))),
      ).toBe(true);
      expect(readTerms(view.fields, {}).problems.length).toBeGreaterThan(0);
    }
  });

  it('drop what was not asked for and name what is missing or out of bounds', () => {
    const { fields } = playOf('LIMITED_DISCOUNT');
    expect(readTerms(fields, { mode: 'PERCENT', payBp: 8800, cutFen: 5, evil: 1 })).toEqual({
      terms: { mode: 'PERCENT', payBp: 8800 },
      problems: [],
    });
    expect(readTerms(fields, { mode: 'PERCENT', payBp: 10_000 }).problems).toEqual(['「打」太大了']);
    expect(readTerms(fields, { mode: 'CUT', cutFen: 1.5 }).problems).toEqual(['「每件减」填写有误']);
  });

  it('never let any terms that a form accepts price below zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 300_000 }), (at, cut) => {
        const terms = { tiers: [{ atFen: at, cutFen: cut }] };
        expect(leftOf([line('1', 500), line('2', 1)], tiers(terms))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('full reduction', () => {
  it('takes the highest tier that is reached, exactly at the boundary too, and says how far the next is', () => {
    const promotion = tiers({
      tiers: [
        { atFen: 30_000, cutFen: 5_000 },
        { atFen: 50_000, cutFen: 10_000 },
      ],
    });
    expect(leftOf([line('1', 299)], promotion)).toBe(29_900);
    expect(leftOf([line('1', 300)], promotion)).toBe(25_000);
    const { outcome } = applyPromotions(Basket.of([line('1', 200)]), [promotion], { isNewMember: false });
    expect(outcome.unused[0]).toMatchObject({ failing: '再买 ¥100，满 ¥300 减 ¥50', lackFen: 10_000 });
  });

  it('counts each time for 每满, up to the cap', () => {
    const promotion = tiers({ mode: 'EVERY', tiers: [{ atFen: 10_000, cutFen: 1_000 }], capFen: 2_500 });
    expect(leftOf([line('1', 250)], promotion)).toBe(23_000);
    expect(leftOf([line('1', 900)], promotion)).toBe(87_500);
  });

  it('counts the better of one group, both of two groups, and an exclusive one only when it is better', () => {
    const cut = (id: string, group: string, cutFen: number, mode: 'JOINT' | 'EXCLUSIVE' = 'JOINT') => {
      const stacking = { mode, group, allowsCoupons: true, allowsPoints: true };
      const terms = {
        measure: 'MONEY',
        basis: 'PAID',
        reward: 'AMOUNT',
        mode: 'TIERS',
        tiers: [{ atFen: 10_000, cutFen }],
      };
      return make('FULL_REDUCTION', terms, { id: id as PromotionId, stacking });
    };
    const lines = [line('1', 200)];
    expect(leftOf(lines, cut('1', 'A', 1_000), cut('2', 'A', 3_000))).toBe(17_000);
    expect(leftOf(lines, cut('1', 'A', 1_000), cut('2', 'B', 3_000))).toBe(16_000);
    expect(leftOf(lines, cut('1', 'A', 1_000), cut('2', 'B', 3_000), cut('3', 'C', 3_900, 'EXCLUSIVE'))).toBe(16_000);
    expect(leftOf(lines, cut('1', 'A', 1_000), cut('2', 'B', 3_000), cut('3', 'C', 4_100, 'EXCLUSIVE'))).toBe(15_900);
  });
});

describe('pieces together', () => {
  it('N for X takes the dearest first, mixes SKUs, and prices the remainder as usual', () => {
    const promotion = make('N_FOR_X', { mode: 'PRICE', n: 2, priceFen: 15_000, first: 'DEAREST', times: 1 });
    expect(leftOf([line('1', 100, 2), line('2', 80)], promotion)).toBe(15_000 + 8_000);
  });

  it('the N-th piece cheaper lowers the cheapest of each set', () => {
    const promotion = make('N_FOR_X', { mode: 'NTH', n: 2, payBp: 5_000, first: 'DEAREST', times: 9 });
    expect(leftOf([line('1', 100), line('2', 60)], promotion)).toBe(13_000);
  });

  it('a bundle shares its price by the parts’ prices, so that one part returned gives back its own share', () => {
    const promotion = make('BUNDLE', {
      mode: 'FIXED',
      parts: [
        { skuId: '1', qty: 1 },
        { skuId: '2', qty: 1 },
      ],
      priceFen: 20_000,
      times: 1,
    });
    const { basket } = applyPromotions(Basket.of([line('1', 200), line('2', 100)]), [promotion], {
      isNewMember: false,
    });
    expect(basket.lines.map((state) => state.leftFen)).toEqual([13_333, 6_667]);
  });

  it('an add-on costs its own price again when the goods fall below the threshold', () => {
    const promotion = make('ADD_ON', { atFen: 30_000, items: [{ skuId: '9', priceFen: 900, most: 1 }], kinds: 1 });
    expect(leftOf([line('1', 300), line('9', 99)], promotion)).toBe(30_900);
    expect(leftOf([line('1', 299), line('9', 99)], promotion)).toBe(39_800);
  });

  it('an add-on shows the price that its goods can be had for, and none for others', () => {
    const terms = { atFen: 30_000, items: [{ skuId: '9', priceFen: 900, most: 1 }], kinds: 1 };
    expect(playOf('ADD_ON').skuPriceFen(terms, '9', fen(9_900))).toBe(900);
    expect(playOf('ADD_ON').skuPriceFen(terms, '1', fen(9_900))).toBeNull();
  });
});

describe('prices of pieces', () => {
  it('are the lowest that any play offers, and only so many pieces as the play allows', () => {
    const off = make('LIMITED_DISCOUNT', { mode: 'PERCENT', payBp: 9_000 }, { id: '1' as PromotionId });
    const kill = make(
      'SECKILL',
      { items: [{ skuId: '1', priceFen: 5_000, sliceQty: 9 }], perOrder: 1, payMinutes: 5 },
      { id: '2' as PromotionId },
    );
    expect(leftOf([line('1', 100, 3)], off, kill)).toBe(5_000 + 18_000);
  });

  it('of a group, a bargain or a presale count only in an order of its own', () => {
    const group = make('GROUP_BUY', {
      items: [{ skuId: '1', priceFen: 5_000 }],
      size: 2,
      hours: 24,
      joinsPerMember: 1,
      fillsUp: false,
    });
    expect(leftOf([line('1', 100)], group)).toBe(10_000);
    const activity = { promotionId: group.id, sessionId: null, skuId: '1', unitPriceFen: fen(5_000) };
    const other = make('LIMITED_DISCOUNT', { mode: 'CUT', cutFen: 100 }, { id: '2' as PromotionId });
    const { basket } = applyPromotions(Basket.of([line('1', 100)]), [group, other], { isNewMember: false }, activity);
    expect(basket.leftFen()).toBe(5_000);
  });

  it('of a new member are refused to everybody else, with the reason', () => {
    const promotion = make('NEW_MEMBER', { items: [{ skuId: '1', priceFen: 100 }], pickupOnly: false });
    const price = (isNewMember: boolean) =>
      applyPromotions(Basket.of([line('1', 100, 2)]), [promotion], { isNewMember });
    expect(price(true).basket.leftFen()).toBe(10_100);
    expect(price(false).outcome.unused[0]?.failing).toBe('新会员才能享受，你已经是熟客啦');
  });

  it('of a new member are one chance: of two in one order the better one counts, the other is told why', () => {
    const offer = (id: string, skuId: string, priceFen: number) =>
      make(
        'NEW_MEMBER',
        { items: [{ skuId, priceFen }], pickupOnly: false },
        { id: id as PromotionId, name: `新人${id}` },
      );
    const price = (...promotions: ReturnType<typeof make>[]) =>
      applyPromotions(Basket.of([line('1', 100), line('2', 300)]), promotions, { isNewMember: true });
    const both = [offer('8', '1', 100), offer('9', '2', 100)];
    for (const { basket, outcome } of [price(...both), price(...both.reverse())]) {
      expect(basket.leftFen()).toBe(10_100);
      expect(outcome.uses.map((use) => use.promotionId)).toEqual(['9']);
      expect(outcome.unused).toMatchObject([{ promotionId: '8', failing: '和「新人9」只能选一个' }]);
    }
  });
});

describe('sessions', () => {
  it('a bargain’s cuts always sum exactly to the floor', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(99),
        (total, helps, seed) => {
          const cuts = drawCuts(fen(total), helps, (most) => seed % most);
          expect(isExact(cuts, fen(total + 7), fen(7))).toBe(true);
          if (total >= helps) expect(Math.min(...cuts)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('pain-15 a paid seat always goes somewhere: its group, a new group, or the money back', () => {
    const now = new Date(1000);
    const group = { state: 'OPEN' as const, joined: 1, size: 2, expiresAt: new Date(2000) };
    expect(seatFate(group, null, now)).toEqual({ kind: 'SEATED', completes: true });
    expect(seatFate({ ...group, joined: 2 }, new Date(3000), now)).toEqual({ kind: 'NEW_GROUP' });
    expect(seatFate({ ...group, expiresAt: now }, null, now).kind).toBe('REFUND');
    expect(seatFate(null, new Date(3000), now)).toEqual({ kind: 'NEW_GROUP' });
  });
});
