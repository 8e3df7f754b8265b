import type { CouponId, CouponKind } from './types.js';

/** What a signed code says, so that a device without network can take the coupon in. */
export interface OfflineToken {
  brandId: string;
  couponId: CouponId;
  issuedAt: Date;
  expiresAt: Date;
  kind: CouponKind;
  valueFen: number;
  payBp: number;
  maxFen: number;
  thresholdFen: number;
  /** False when only some goods or stores count: then a device alone may not take it in. */
  isPlain: boolean;
}

const KINDS: readonly CouponKind[] = ['AMOUNT', 'PERCENT', 'GIFT', 'FREIGHT', 'FIXED_PRICE'];
const VERSION = 1;
/** Bytes before the signature: 1 version, 8 brand, 8 coupon, 4 + 4 seconds, 1 kind and flag, 4 value, 2 ratio, 4 cap, 4 threshold. */
export const TOKEN_BYTES = 40;

/** Packs a token into few bytes: with its signature it stays small enough for a coarse QR code. */
export function packToken(token: OfflineToken): Uint8Array {
  const bytes = new Uint8Array(TOKEN_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setBigUint64(1, BigInt(token.brandId));
  view.setBigUint64(9, BigInt(token.couponId));
  view.setUint32(17, Math.floor(token.issuedAt.getTime() / 1000));
  view.setUint32(21, Math.floor(token.expiresAt.getTime() / 1000));
  view.setUint8(25, KINDS.indexOf(token.kind) | (token.isPlain ? 0x80 : 0));
  view.setUint32(26, token.valueFen);
  view.setUint16(30, token.payBp);
  view.setUint32(32, token.maxFen);
  view.setUint32(36, token.thresholdFen);
  return bytes;
}

/** Reads packed bytes; null for another version or length. */
export function unpackToken(bytes: Uint8Array): OfflineToken | null {
  if (bytes.length !== TOKEN_BYTES || bytes[0] !== VERSION) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const flags = view.getUint8(25);
  const kind = KINDS[flags & 0x7f];
  if (!kind) return null;
  return {
    brandId: String(view.getBigUint64(1)),
    couponId: String(view.getBigUint64(9)) as CouponId,
    issuedAt: new Date(view.getUint32(17) * 1000),
    expiresAt: new Date(view.getUint32(21) * 1000),
    kind,
    valueFen: view.getUint32(26),
    payBp: view.getUint16(30),
    maxFen: view.getUint32(32),
    thresholdFen: view.getUint32(36),
    isPlain: (flags & 0x80) !== 0,
  };
}
