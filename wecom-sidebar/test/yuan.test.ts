import { expect, it } from 'vitest';
import { fenOfText } from '../src/features/counter/yuan';

it('reads what a clerk types as whole fen, and nothing else', () => {
  expect(['128', '128.5', '0.01', ' 9.90 '].map(fenOfText)).toEqual([12_800, 12_850, 1, 990]);
  expect(['', '0', '-1', '1.234', '1e3', '12,00', '99999999'].map(fenOfText)).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
    null,
  ]);
});
