import { expect, it } from '@jest/globals';
import { fen } from './fen.js';
import { moneyText } from './money-text.js';

it.each([
  [0, '¥0'],
  [5, '¥0.05'],
  [4_990, '¥49.90'],
  [300_000, '¥3,000'],
  [123_456_789, '¥1,234,567.89'],
  [-1_230, '−¥12.30'],
])('writes %i fen as %s', (amount, text) => {
  expect(moneyText(fen(amount))).toBe(text);
});
