import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { qrPicture } from './qr';

const require = createRequire(import.meta.url);
const reference = require('qrcode') as {
  create(text: { data: Uint8Array; mode: 'byte' }[], options: object): { modules: { size: number; data: Uint8Array } };
};

it.each(['63920418', '123456789012345678', `c1.${'aB3_-'.repeat(30)}`])(
  'draws what a second encoder draws for %s',
  (text) => {
    const { modules } = reference.create([{ data: new TextEncoder().encode(text), mode: 'byte' }], {
      errorCorrectionLevel: 'M',
    });
    const svg = decodeURIComponent(qrPicture(text));
    // Encoders may choose another mask, so the sizes are compared and the fixed corner pattern, not every module.
    expect(svg).toContain(`viewBox="0 0 ${modules.size + 4} ${modules.size + 4}"`);
    expect(svg).toContain('M2 2h1v1h-1zM3 2h1v1h-1z');
  },
);
