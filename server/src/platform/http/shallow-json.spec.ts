import { describe, expect, it } from '@jest/globals';
import { isTooDeep } from './shallow-json.js';

const bytes = (text: string) => Buffer.from(text);
const wide = (count: number) => JSON.stringify(Array.from({ length: count }, (_, n) => ({ n, lines: [{ qty: 1 }] })));

describe('a JSON body', () => {
  it('that opens brackets without end is too deep, as lists and as objects', () => {
    expect(isTooDeep(bytes('['.repeat(900_000) + ']'.repeat(900_000)))).toBe(true);
    expect(isTooDeep(bytes(`${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`))).toBe(true);
    expect(isTooDeep(bytes(`"${'x'.repeat(20_000)}"${'['.repeat(65)}`))).toBe(true);
  });

  it('that is long and wide is not', () => {
    expect(isTooDeep(bytes(wide(20_000)))).toBe(false);
  });

  it('may say what it likes inside its texts', () => {
    expect(isTooDeep(bytes(JSON.stringify({ text: '[{"\\'.repeat(20_000) })))).toBe(false);
  });

  it('that is small is left to the parser', () => {
    expect(isTooDeep(bytes('['.repeat(1_000)))).toBe(false);
  });
});
