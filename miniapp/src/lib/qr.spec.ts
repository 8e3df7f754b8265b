import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { qrModules } from './qr';

const require = createRequire(import.meta.url);
const reference = require('qrcode') as {
  create(text: { data: Uint8Array; mode: 'byte' }[], options: object): { modules: { size: number; data: Uint8Array } };
};

describe('the QR block', () => {
  it.each(['63920418', 'A1', '12345678901234567890123456'])(
    'draws the same modules as a reference encoder for %s',
    (text) => {
      const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
      const { modules } = reference.create([{ data: bytes, mode: 'byte' }], {
        version: 2,
        errorCorrectionLevel: 'M',
        maskPattern: 0,
      });
      const ours = qrModules(text).flat().map(Number);
      expect(modules.size).toBe(25);
      expect(ours.join('')).toBe([...modules.data].join(''));
    },
  );

  it('refuses what does not fit', () => {
    expect(() => qrModules('1'.repeat(27))).toThrow(RangeError);
    expect(() => qrModules('自提')).toThrow(RangeError);
  });
});
