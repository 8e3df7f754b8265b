import { expect, it } from '@jest/globals';
import { fen } from './fen.js';
import { groupedText, moneyText, yuanWords } from './money-text.js';

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

it('leaves the unit to the sentence where the sentence has one', () => {
  expect([0, 100_000, 990, -1_230].map((amount) => yuanWords(fen(amount)))).toEqual(['0', '1,000', '9.90', '−12.30']);
});

it('parts the digits of counts in threes', () => {
  expect([0, 999, 1_000, 12_345, -1_200].map(groupedText)).toEqual(['0', '999', '1,000', '12,345', '−1,200']);
});
