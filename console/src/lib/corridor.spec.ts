import { describe, expect, it } from 'vitest';
import { priceProblem } from './corridor';

describe("a store's own price", () => {
  const corridor = { floorFen: 8000, ceilingFen: 10_000 };
  it('is accepted on both edges of the corridor', () => {
    expect([priceProblem(corridor, 8000), priceProblem(corridor, 10_000)]).toEqual([null, null]);
  });
  it('is refused outside with the corridor named', () => {
    expect(priceProblem(corridor, 7999)).toBe('¥79.99 低于最低价，总部允许 ¥80.00–¥100.00');
    expect(priceProblem(corridor, 10_001)).toBe('¥100.01 高于最高价，总部允许 ¥80.00–¥100.00');
    expect(priceProblem(corridor, null)).toMatch(/两位小数/);
  });
});
