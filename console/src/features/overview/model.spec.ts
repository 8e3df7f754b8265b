import { describe, expect, it } from 'vitest';
import { acyclic, compareText } from './model';

describe('the money flow', () => {
  it('leaves out what would close a circle and what moves nothing', () => {
    const flows = [
      { from: 'a', to: 'b', fen: 5 },
      { from: 'b', to: 'c', fen: 3 },
      { from: 'c', to: 'a', fen: 1 },
      { from: 'c', to: 'd', fen: 0 },
    ];
    expect(acyclic(flows).map((flow) => flow.from + flow.to)).toEqual(['ab', 'bc']);
  });
});

describe('the comparison with yesterday', () => {
  it('is told in money, and not at all without a day before', () => {
    const days = [
      { day: '2026-11-21', orderCount: 1, paidFen: 300 },
      { day: '2026-11-22', orderCount: 1, paidFen: 100 },
    ];
    expect(compareText(days, '2026-11-22')).toBe('比昨天全天少 ¥2.00');
    expect(compareText(days, '2026-11-21')).toBe('');
  });
});
