import { describe, expect, it } from '@jest/globals';
import { fen } from '@shuke/shared/kernel';
import { corridorText, holds, isSound } from './corridor.js';

const corridor = { floorFen: fen(85_000), listPriceFen: fen(100_000), ceilingFen: fen(110_000) };

describe('the price corridor', () => {
  it('holds both of its edges and nothing beyond', () => {
    expect([84_999, 85_000, 110_000, 110_001].map((price) => holds(corridor, fen(price)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('is sound only around the list price, and is named in yuan', () => {
    expect(isSound(corridor)).toBe(true);
    expect(isSound({ ...corridor, listPriceFen: fen(84_999) })).toBe(false);
    expect(isSound({ ...corridor, listPriceFen: fen(110_001) })).toBe(false);
    expect(isSound({ ...corridor, floorFen: fen(0) })).toBe(false);
    expect(corridorText(corridor)).toBe('¥850 ~ ¥1,100');
  });
});
