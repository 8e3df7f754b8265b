import { describe, expect, it } from 'vitest';
import { tiersProblem, tierText } from './model';

describe('a top-up tier', () => {
  it('says what is given and how much of the price that is', () => {
    expect(tierText({ payFen: 300_000, bonusFen: 60_000, points: 3000 }, false)).toBe(
      '充 ¥3,000 送 ¥600、3,000 积分（等于 20% 的让利）',
    );
    expect(tierText({ payFen: 5000, bonusFen: 0, points: 0 }, false)).toBe('充 ¥50，没有赠送');
  });
});

describe('tiers under the cap', () => {
  const cap = 500_000;
  it('pass when each credits no more than the cap', () => {
    expect(tiersProblem([{ payFen: 400_000, bonusFen: 100_000 }], cap)).toBeNull();
  });
  it('are refused one fen above, with both amounts named', () => {
    expect(tiersProblem([{ payFen: 400_000, bonusFen: 100_001 }], cap)).toBe(
      '充 ¥4,000.00 到账 ¥5,000.01，超过余额上限 ¥5,000.00',
    );
  });
  it('are refused when two ask the same price, or none is there', () => {
    expect(tiersProblem([{ payFen: 5000 }, { payFen: 5000 }], cap)).toMatch('两档');
    expect(tiersProblem([], cap)).toBe('至少要有一档');
    expect(tiersProblem([{}], cap)).toMatch('充多少');
  });
});
