import type { AssetEntry } from '@shuke/shared/contracts';
import { describe, expect, it } from 'vitest';
import { byMonth, discountText, ladder, lapsing, multiplierText, signedPrice } from './model';

const entry = (at: string): AssetEntry => ({
  seq: 1,
  at,
  kind: 'EARN',
  title: '购物得积分',
  amount: 10,
  principal: 0,
  bonus: 0,
  pending: 0,
  balanceAfter: 10,
  storeName: null,
  orderId: null,
});

describe('what a member owns, in words', () => {
  it('puts the entries of a month together, by the business day', () => {
    const months = byMonth([
      entry('2026-11-02T00:00:00.000Z'),
      entry('2026-10-31T16:30:00.000Z'),
      entry('2026-10-31T15:30:00.000Z'),
    ]);
    expect(months.map(({ title, entries }) => [title, entries.length])).toEqual([
      ['2026 年 11 月', 2],
      ['2026 年 10 月', 1],
    ]);
  });

  it('always says the sign, and fen only where there are any', () => {
    expect(signedPrice(1250)).toBe('+¥12.50');
    expect(signedPrice(-100_000)).toBe('−¥1,000');
  });

  it('names discounts and multipliers only where there are some', () => {
    expect([discountText(9500), discountText(9000), discountText(10_000)]).toEqual(['95 折', '9 折', null]);
    expect([multiplierText(15_000), multiplierText(10_000)]).toEqual(['1.5 倍积分', null]);
  });

  it('lists what lapses soonest first and leaves out what is spent', () => {
    const lot = { id: '1', kind: 'BONUS', state: 'ACTIVE', title: '', granted: 10, held: 0, storeName: null } as const;
    const dates = { createdAt: '2026-01-01T00:00:00Z', activeAt: null };
    const lots = [
      { ...lot, ...dates, remaining: 5, expiresAt: '2027-03-01T00:00:00Z' },
      { ...lot, ...dates, remaining: 0, expiresAt: '2026-12-01T00:00:00Z' },
      { ...lot, ...dates, remaining: 5, expiresAt: '2027-01-01T00:00:00Z' },
      { ...lot, ...dates, remaining: 5, expiresAt: null },
    ];
    expect(lapsing(lots).map(({ expiresAt }) => expiresAt)).toEqual(['2027-01-01T00:00:00Z', '2027-03-01T00:00:00Z']);
  });

  it('shows how far each step of the ladder is', () => {
    const benefits = {
      discountBp: 10_000,
      pointsMultiplierBp: 10_000,
      isFreightFree: false,
      birthdayText: '',
      texts: [],
    };
    const levels = [0, 1000, 5000].map((fromGrowth, at) => ({ level: at + 1, name: `L${at}`, fromGrowth, benefits }));
    expect(ladder({ level: 2, growth: 1200, levels }).map(({ isMine, left }) => [isMine, left])).toEqual([
      [false, 0],
      [true, 0],
      [false, 3800],
    ]);
  });
});
