import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

const COST = { N: 16_384, r: 8, p: 1 } as const;

/** A PIN is kept as salt and scrypt hash. */
export function hashPin(pin: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${scryptSync(pin, salt, 32, COST).toString('hex')}`;
}

/** Compares in constant time. */
export function isPin(pin: string, kept: string): boolean {
  const [salt = '', hash = ''] = kept.split(':');
  const wanted = Buffer.from(hash, 'hex');
  const given = scryptSync(pin, Buffer.from(salt, 'hex'), 32, COST);
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}
