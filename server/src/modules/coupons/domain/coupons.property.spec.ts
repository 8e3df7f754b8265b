import { describe, expect, it } from '@jest/globals';
import { fen, type StoreId, sumFen } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { terms } from '../testing/terms.js';
import { COUPON_MOVES, nextCouponState, returnedUntil, statesBefore } from './coupon-state.js';
import { discountOf, standingProblem, worstFen } from './discount.js';
import { faceOf } from './face.js';
import { packToken, unpackToken } from './offline-token.js';
import { couponSharesOf } from './refund-share.js';
import { checkTemplate } from './template-check.js';
import type { CouponId, CouponKind, CouponLine, CouponState, CouponTerms, HeldCoupon } from './types.js';
import { isWindowOpen, validityOf } from './validity.js';

const kinds: CouponKind[] = ['AMOUNT', 'PERCENT', 'GIFT', 'FREIGHT', 'FIXED_PRICE'];
const anyTerms: fc.Arbitrary<CouponTerms> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    valueFen: fc.integer({ min: 1, max: 50_000 }),
    payBp: fc.integer({ min: 100, max: 9900 }),
    maxFen: fc.integer({ min: 1, max: 50_000 }),
    thresholdFen: fc.integer({ min: 0, max: 60_000 }),
    withPromotion: fc.boolean(),
  })
  .map(({ withPromotion, ...one }) => terms({ ...one, scope: { ...terms().scope, withPromotion } }));
const lines: fc.Arbitrary<CouponLine[]> = fc.array(
  fc.record({
    productId: fc.constantFrom('1', '2', '3'),
    categoryId: fc.constantFrom('7', '8'),
    qty: fc.integer({ min: 1, max: 20 }),
    unitPriceFen: fc.integer({ min: 0, max: 90_000 }).map(fen),
    amountFen: fc.integer({ min: 0, max: 900_000 }).map(fen),
    hasPromotion: fc.boolean(),
  }),
  { maxLength: 8 },
);

describe('what a coupon takes off', () => {
  it('is never more than its worst case, never more than its lines or the freight, and never nothing', () => {
    fc.assert(
      fc.property(anyTerms, lines, fc.integer({ min: 0, max: 3000 }).map(fen), (one, bought, freight) => {
        const result = discountOf(one, bought, freight);
        if (result.problem) return expect(result.problem.text).not.toBe('');
        const base =
          one.kind === 'FREIGHT' ? freight : sumFen(result.lines.map((at) => bought[at]?.amountFen ?? fen(0)));
        expect(result.discountFen).toBeGreaterThan(0);
        expect(result.discountFen).toBeLessThanOrEqual(worstFen(one));
        expect(result.discountFen).toBeLessThanOrEqual(base);
      }),
    );
  });

  it('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(
        anyTerms,
        lines.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        (one, [all, shuffled]) => {
          const amount = (list: CouponLine[]) => {
            const result = discountOf(one, list, fen(600));
            return result.problem ? result.problem.code : result.discountFen;
          };
          expect(amount(shuffled)).toBe(amount(all));
        },
      ),
    );
  });
});

describe('states of a coupon', () => {
  it('reach an end from everywhere, and a used, expired or withdrawn coupon is never locked', () => {
    const states = Object.keys(COUPON_MOVES) as CouponState[];
    expect(statesBefore('LOCK')).toEqual(['AVAILABLE']);
    for (const state of states) {
      const seen = new Set<CouponState>([state]);
      for (const at of seen) for (const next of Object.values(COUPON_MOVES[at])) seen.add(next);
      expect([...seen].some((one) => ['USED', 'EXPIRED', 'REVOKED'].includes(one))).toBe(true);
    }
    expect(nextCouponState('LOCKED', 'EXPIRE')).toBeNull();
    expect(nextCouponState('LOCKED', 'REVOKE')).toBeNull();
  });

  it('give a grace only to what would be over', () => {
    const at = (hours: number) => new Date(Date.UTC(2026, 10, 22) + hours * 3_600_000);
    expect(returnedUntil(at(10), at(0), 0)).toEqual(at(10));
    expect(returnedUntil(at(-5), at(0), 72)).toEqual(at(72));
  });
});

describe('when and where a coupon counts', () => {
  const at = new Date('2026-11-22T02:00:00.000Z');
  const held = (more: Partial<HeldCoupon> = {}): HeldCoupon => ({
    id: '1' as CouponId,
    templateId: '2' as never,
    version: 1,
    code: '1',
    name: '券',
    memberId: '3' as never,
    state: 'AVAILABLE',
    terms: terms(),
    storeIds: null,
    validFrom: new Date(at.getTime() - 1000),
    validUntil: new Date(at.getTime() + 1000),
    displayOrder: 1,
    ...more,
  });
  const why = (coupon: HeldCoupon) => standingProblem(coupon, { at, storeId: '9' as StoreId, channel: 'ONLINE' })?.code;

  it('names the first thing that speaks against it', () => {
    expect(why(held())).toBeUndefined();
    expect(why(held({ state: 'LOCKED' }))).toBe('LOCKED');
    expect(why(held({ validFrom: new Date(at.getTime() + 1) }))).toBe('NOT_YET');
    expect(why(held({ validUntil: at }))).toBe('OVER');
    expect(why(held({ terms: terms({ channels: { online: false, offline: true } }) }))).toBe('CHANNEL');
    expect(why(held({ storeIds: new Set(['8' as StoreId]) }))).toBe('STORE');
    expect(why(held({ terms: terms({ windows: [{ weekdays: [1], fromMinute: 0, untilMinute: 1440 }] }) }))).toBe(
      'WINDOW',
    );
  });

  it('ends relative days with the business day in Shanghai', () => {
    const late = new Date('2026-11-22T15:59:00.000Z');
    const { from, until } = validityOf({ validity: { mode: 'RELATIVE', days: 3 } }, late);
    expect([from, until.toISOString()]).toEqual([late, '2026-11-24T15:59:59.999Z']);
    const next = validityOf({ validity: { mode: 'RELATIVE', afterDays: 1, days: 1 } }, late);
    expect([next.from.toISOString(), next.until.toISOString()]).toEqual([
      '2026-11-22T16:00:00.000Z',
      '2026-11-23T15:59:59.999Z',
    ]);
  });

  it('lets an evening window reach past midnight', () => {
    const night = [{ weekdays: [6], fromMinute: 22 * 60, untilMinute: 60 }];
    expect(isWindowOpen(night, new Date('2026-11-21T15:00:00.000Z'))).toBe(true);
    expect(isWindowOpen(night, new Date('2026-11-21T16:30:00.000Z'))).toBe(true);
    expect(isWindowOpen(night, new Date('2026-11-22T15:00:00.000Z'))).toBe(false);
  });
});

describe('a template', () => {
  it('with a budget can never cost more than it, whatever the count', () => {
    const bound = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: null });
    fc.assert(
      fc.property(anyTerms, bound, bound, (one, totalCount, budgetFen) => {
        const take = { from: null, until: null, perMember: 1, perDay: null, forGuides: false };
        const draft = { terms: one, totalCount, budgetFen, take, guidePerDay: null, guidePerMonth: null };
        const verdict = checkTemplate(draft, new Date(0));
        if (budgetFen !== null) expect(verdict.worstTotalFen as number).toBeLessThanOrEqual(budgetFen);
        expect(verdict.worstTotalFen === null).toBe(totalCount === null && budgetFen === null);
      }),
    );
  });

  it.each([
    ['bearers that do not sum to the whole', { bearers: [{ party: 'HQ' as const, bp: 9999 }] }, 'terms.bearers'],
    ['a share without a cap', { kind: 'PERCENT' as const, payBp: 8800, maxFen: 0 }, 'terms.maxFen'],
    ['a free piece of anything', { kind: 'GIFT' as const, maxFen: 100 }, 'terms.scope'],
    ['no channel', { channels: { online: false, offline: false } }, 'terms.channels'],
  ])('with %s is refused', (_, more, field) => {
    const take = { from: null, until: null, perMember: 1, perDay: null, forGuides: false };
    const draft = {
      terms: terms(more),
      totalCount: null,
      budgetFen: null,
      take,
      guidePerDay: null,
      guidePerMonth: null,
    };
    expect(checkTemplate(draft, new Date(0)).problems.map((one) => one.field)).toContain(field);
  });

  it('shows what it is worth in words', () => {
    const face = (more: Partial<CouponTerms>) => faceOf('券', terms(more), () => null);
    expect(face({ thresholdFen: 39_900 })).toMatchObject({ worth: '50', unit: '元', conditionText: '满 399 元可用' });
    expect(face({ kind: 'PERCENT', payBp: 8800, maxFen: 10_000 })).toMatchObject({
      worth: '8.8',
      unit: '折',
      conditionText: '无门槛，最高减 100 元',
    });
    expect(face({ kind: 'PERCENT', payBp: 5000, maxFen: 10_000 }).worth).toBe('5');
    expect(face({ kind: 'FIXED_PRICE', valueFen: 990, maxFen: 1 })).toMatchObject({ worth: '9.9', unit: '元购' });
  });
});

describe('refunds of some lines', () => {
  it('together take back exactly what a coupon took off the line, however many there are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
        (amount, parts) => {
          const qty = parts.reduce((a, b) => a + b, 0);
          let [refundedQty, back] = [0, 0];
          for (const part of parts) {
            const line = {
              lineId: '1' as never,
              qty,
              refundedQty,
              applied: [{ kind: 'COUPON', id: '7', fen: fen(amount) }],
            };
            back += couponSharesOf([line], [{ lineId: '1', qty: part }])[0]?.fen ?? 0;
            refundedQty += part;
          }
          expect(back).toBe(amount);
        },
      ),
    );
  });
});

describe('an offline token', () => {
  it('survives packing', () => {
    const when = new Date(Date.UTC(2026, 10, 22));
    const token = {
      brandId: '123456789012345678',
      couponId: '9223372036854775807' as CouponId,
      issuedAt: when,
      expiresAt: when,
      kind: 'PERCENT' as const,
      valueFen: 0,
      payBp: 8800,
      maxFen: 100_000_000,
      thresholdFen: 39_900,
      isPlain: true,
    };
    expect(unpackToken(packToken(token))).toEqual(token);
    expect(unpackToken(packToken(token).subarray(1))).toBeNull();
  });
});
