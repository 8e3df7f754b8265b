import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import { openSealedMessage } from './sealed-message.js';

interface Vector {
  name: string;
  token: string;
  aesKey: string;
  receiveId: string;
  sig: string;
  ts: string;
  nonce: string;
  enc: string;
  expectedMsg: string;
}

const vectors = JSON.parse(
  readFileSync(new URL('../test-vectors/wecom_callback.json', import.meta.url), 'utf8'),
) as Vector[];
const OTHER_AES_KEY = 'a'.repeat(42) + 'Y';

const open = (
  vector: Vector,
  over: Partial<Record<'token' | 'aesKey' | 'receiveId' | 'sig' | 'enc', string>> = {},
  shift = 0,
) => {
  const all = { ...vector, ...over };
  const sealed = { signature: all.sig, timestamp: all.ts, nonce: all.nonce, encrypt: all.enc };
  return openSealedMessage(all, sealed, (Number(all.ts) + shift) * 1000);
};

/** A message of our own making, signed rightly. */
const sealed = (plain: string, receiveId: string, aesKey = vectors[0]!.aesKey) => {
  const vector = vectors[0]!;
  const enc = encrypt(aesKey, plain, receiveId);
  return { enc, sig: getSignature(vector.token, vector.ts, vector.nonce, enc) };
};

describe('a sealed message', () => {
  it.each(vectors)('opens the vector: $name', (vector) => {
    expect(open(vector)).toEqual({ ok: true, message: vector.expectedMsg });
  });

  it.each(vectors)('is refused with a changed signature, another token or changed text: $name', (vector) => {
    const changed = { ok: false, reason: 'BAD_SIGNATURE' };
    expect(
      open(vector, {
        sig: `0${vector.sig.slice(1)}` === vector.sig ? `1${vector.sig.slice(1)}` : `0${vector.sig.slice(1)}`,
      }),
    ).toEqual(changed);
    expect(open(vector, { sig: '' })).toEqual(changed);
    expect(open(vector, { token: 'x' })).toEqual(changed);
    expect(
      open(vector, {
        enc: `A${vector.enc.slice(1)}` === vector.enc ? `B${vector.enc.slice(1)}` : `A${vector.enc.slice(1)}`,
      }),
    ).toEqual(changed);
  });

  it('is refused for another receiver, which is also how a wrong AES key shows', () => {
    const vector = vectors[0]!;
    const wrong = { ok: false, reason: 'WRONG_RECEIVER' };
    expect(open(vector, { receiveId: 'ww7a1c3f5e9b2d4068' })).toEqual(wrong);
    expect(open(vector, { receiveId: '' })).toEqual(wrong);
    expect(open(vector, sealed('hello', 'wxsomebodyelse'))).toEqual(wrong);
    expect(open(vector, { aesKey: OTHER_AES_KEY })).toEqual(wrong);
  });

  it('is refused beyond five minutes either way', () => {
    expect(open(vectors[0]!, {}, 301)).toEqual({ ok: false, reason: 'STALE' });
    expect(open(vectors[0]!, {}, -301)).toEqual({ ok: false, reason: 'STALE' });
    expect(open(vectors[0]!, {}, 300)).toMatchObject({ ok: true });
  });

  it('is refused when it is too short, no whole blocks, or enormous', () => {
    const vector = vectors[0]!;
    const signed = (enc: string) => ({ enc, sig: getSignature(vector.token, vector.ts, vector.nonce, enc) });
    expect(open(vector, signed('AAAA'))).toEqual({ ok: false, reason: 'BAD_CIPHERTEXT' });
    expect(open(vector, signed(Buffer.alloc(33).toString('base64')))).toEqual({ ok: false, reason: 'BAD_CIPHERTEXT' });
    expect(open(vector, signed('A'.repeat(1_000_001)))).toEqual({ ok: false, reason: 'MALFORMED' });
  });
});
