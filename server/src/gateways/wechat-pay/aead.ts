import { createDecipheriv } from 'node:crypto';

export interface SealedResource {
  ciphertext: string;
  nonce: string;
  associated_data?: string;
}

const TAG_BYTES = 16;

/**
 * Opens an AEAD_AES_256_GCM resource with the first key that fits (current, then previous).
 *
 * The package's own decipher_gcm never calls final(), so it accepts any change to the ciphertext; final() is what checks
 * the tag (reference: wechat-pay 1.3, 1). Production keys have 32 bytes; 16 are the documents' test vectors.
 * @returns the plain text, or null when no key opens it
 */
export function openResource(sealed: SealedResource, apiV3Keys: readonly string[]): string | null {
  const bytes = Buffer.from(sealed.ciphertext, 'base64');
  if (bytes.length <= TAG_BYTES) return null;
  const tag = bytes.subarray(bytes.length - TAG_BYTES);
  const data = bytes.subarray(0, bytes.length - TAG_BYTES);
  for (const key of apiV3Keys) {
    try {
      const algorithm = Buffer.byteLength(key) === 16 ? 'aes-128-gcm' : 'aes-256-gcm';
      const decipher = createDecipheriv(algorithm, key, sealed.nonce, { authTagLength: TAG_BYTES });
      decipher.setAuthTag(tag);
      decipher.setAAD(Buffer.from(sealed.associated_data ?? ''));
      return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
    } catch {
      // A wrong key and a wrong tag look the same; the next key decides.
    }
  }
  return null;
}
