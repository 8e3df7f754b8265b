import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { callbackSignature, decryptCallback, encryptCallback, jsapiSignature } from '../../src/wecom/index.js';

interface Vector {
  name: string;
  token: string;
  aesKey: string;
  sig: string;
  ts: string;
  nonce: string;
  enc: string;
  expectedMsg: string;
  expectedReceiveId: string;
}
const vectors = JSON.parse(
  readFileSync(new URL('../vectors/wecom-callback.json', import.meta.url), 'utf8'),
) as Vector[];

describe('callback cryptography', () => {
  it.each(vectors)('signs and opens $name', (vector) => {
    expect(callbackSignature(vector.token, vector.ts, vector.nonce, vector.enc)).toBe(vector.sig);
    expect(decryptCallback(vector.aesKey, vector.enc)).toEqual({
      message: vector.expectedMsg,
      receiveId: vector.expectedReceiveId,
    });
  });

  it('opens what it sealed, for every padding length', () => {
    for (let length = 0; length < 70; length += 1) {
      const message = '熟'.repeat(length);
      const sealed = encryptCallback(vectors[0]?.aesKey ?? '', message, 'ww1');
      expect(Buffer.from(sealed, 'base64').length % 32).toBe(0);
      expect(decryptCallback(vectors[0]?.aesKey ?? '', sealed)).toEqual({ message, receiveId: 'ww1' });
    }
  });

  it('computes the JS signature of the published example', () => {
    const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';
    const signature = jsapiSignature(ticket, 'Wm3WZYTPz0wzccnW', '1414587457', 'http://mp.weixin.qq.com?params=value');
    expect(signature).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed');
  });
});
