import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { GuideId, StoreId } from '@shuke/shared/kernel';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { type OfflineToken, packToken, TOKEN_BYTES, unpackToken } from '../domain/offline-token.js';

const PREFIX = 'SK1.';
/** An Ed25519 private key in PKCS #8 is this header and the 32 bytes of its seed (RFC 8410). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const SIGNATURE_BYTES = 64;
export const PIN_WINDOW_MS = 5 * 60_000;

/** Signs the codes that coupons show at the counter, and makes the clerks' rotating numbers. */
@Injectable()
export class CouponTokens {
  private readonly key: KeyObject;
  private readonly publicKey: KeyObject;
  private readonly pinKey: Buffer;

  constructor(@Inject(CONFIG) config: Pick<Config, 'SESSION_SECRET'>) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', config.SESSION_SECRET, 'shuke', use, 32));
    this.key = createPrivateKey({
      key: Buffer.concat([PKCS8_HEAD, derive('coupon-token')]),
      format: 'der',
      type: 'pkcs8',
    });
    this.publicKey = createPublicKey(this.key);
    this.pinKey = derive('coupon-pin');
  }

  /** The public key's 32 bytes in base64url, for devices that check codes alone. */
  rawPublicKey(): string {
    return (this.publicKey.export({ format: 'jwk' }) as { x: string }).x;
  }

  write(token: OfflineToken): string {
    const bytes = packToken(token);
    return PREFIX + Buffer.concat([bytes, sign(null, bytes, this.key)]).toString('base64url');
  }

  isToken(text: string): boolean {
    return text.startsWith(PREFIX);
  }

  /** Reads a signed code; null when it is forged, damaged or of another version. Says nothing about its time. */
  read(text: string): OfflineToken | null {
    const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
    if (!this.isToken(text) || bytes.length !== TOKEN_BYTES + SIGNATURE_BYTES) return null;
    const body = bytes.subarray(0, TOKEN_BYTES);
    return verify(null, body, this.publicKey, bytes.subarray(TOKEN_BYTES)) ? unpackToken(body) : null;
  }

  /** A clerk's six digits of the window that holds an instant. */
  pin(storeId: StoreId, guideId: GuideId, atMs: number): string {
    const window = Math.floor(atMs / PIN_WINDOW_MS);
    const mac = createHmac('sha256', this.pinKey).update(`${storeId}/${guideId}/${window}`).digest();
    return String(mac.readUInt32BE(0) % 1_000_000).padStart(6, '0');
  }

  /** True for the number of this window or the one before, which may just have been read out. */
  isPin(pin: string, storeId: StoreId, guideId: GuideId, atMs: number): boolean {
    return [atMs, atMs - PIN_WINDOW_MS].some((at) =>
      timingSafeEqual(Buffer.from(pin), Buffer.from(this.pin(storeId, guideId, at))),
    );
  }
}
