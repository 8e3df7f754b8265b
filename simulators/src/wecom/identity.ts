import { createHash } from 'node:crypto';

/** An id of the vendor's look: a prefix and letters that follow from the seed. Programs check prefix and length. */
export function vendorId(prefix: string, seed: string, length: number): string {
  let out = '';
  for (let round = 0; out.length < length; round += 1) {
    const digest = createHash('sha512').update(`${round}:${seed}`).digest('base64');
    out += digest.replace(/[^0-9A-Za-z]/g, '');
  }
  return prefix + out.slice(0, length);
}

/** The config_id of a contact way has 32 hex digits. */
export const hexId = (seed: string): string => createHash('md5').update(seed).digest('hex');
