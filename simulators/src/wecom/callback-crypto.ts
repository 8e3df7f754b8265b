import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** WeCom pads to 32 bytes, not to the 16-byte AES block, so Node's own padding cannot be used. */
const PAD_BLOCK = 32;

/**
 * Signature of a callback: sha1 over the sorted token, timestamp, nonce and cipher text.
 * Source: developer.work.weixin.qq.com/document/path/90930.
 */
export function callbackSignature(token: string, timestamp: string, nonce: string, encrypted: string): string {
  return createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
}

function keyOf(encodingAesKey: string): Buffer {
  const key = Buffer.from(`${encodingAesKey}=`, 'base64');
  if (key.length !== 32) throw new Error('an EncodingAESKey has 43 characters and gives 32 bytes');
  return key;
}

/** Encrypts random(16) + length(4, big endian) + message + receive id with AES-256-CBC; the IV is the start of the key. */
export function encryptCallback(encodingAesKey: string, message: string, receiveId: string): string {
  const key = keyOf(encodingAesKey);
  const body = Buffer.from(message, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const plain = Buffer.concat([randomBytes(16), length, body, Buffer.from(receiveId, 'utf8')]);
  const padding = PAD_BLOCK - (plain.length % PAD_BLOCK);
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** Opens a cipher text; throws when the padding or the stated length is impossible. */
export function decryptCallback(encodingAesKey: string, encrypted: string): { message: string; receiveId: string } {
  const key = keyOf(encodingAesKey);
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(Buffer.from(encrypted, 'base64')), decipher.final()]);
  const padding = padded[padded.length - 1] ?? 0;
  if (padding < 1 || padding > PAD_BLOCK) throw new Error('the padding is not PKCS#7 with blocks of 32');
  const plain = padded.subarray(0, padded.length - padding);
  if (plain.length < 20) throw new Error('the plain text is too short');
  const length = plain.readUInt32BE(16);
  if (20 + length > plain.length) throw new Error('the stated length leaves the plain text');
  return {
    message: plain.subarray(20, 20 + length).toString('utf8'),
    receiveId: plain.subarray(20 + length).toString('utf8'),
  };
}

/** A flat XML document with CDATA for texts, the only shape the callbacks of both platforms need. */
export function flatXml(fields: Record<string, string | number | undefined>): string {
  const parts = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      typeof value === 'number' ? `<${name}>${value}</${name}>` : `<${name}><![CDATA[${value}]]></${name}>`,
    );
  return `<xml>${parts.join('')}</xml>`;
}
