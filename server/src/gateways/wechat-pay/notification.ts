import type { Clock } from '../../platform/clock/clock.js';
import { openResource } from './aead.js';
import { asObject, type Json, optionalText, text } from './json-reader.js';
import type { PlatformKeys } from './platform-keys.js';
import { REPLAY_TTL_SECONDS, type ReplayStore } from './replay-store.js';
import { type HeaderBag, isSignTest, signatureFault, signatureHeaders } from './signature-check.js';
import type { PayAccount } from './wechat-pay.config.js';

export type NotificationFault =
  | 'SIGNTEST'
  | 'BAD_SIGNATURE'
  | 'STALE'
  | 'REPLAY'
  | 'UNKNOWN_KEY'
  | 'BAD_CIPHERTEXT'
  | 'MALFORMED';

export interface VerifiedNotification {
  ok: true;
  /** Unique by notification: the inbox key. */
  id: string;
  createdAtMs: number | null;
  eventType: string;
  originalType: string;
  summary: string;
  resource: Json;
}

export interface RefusedNotification {
  ok: false;
  reason: NotificationFault;
  /** True for the old XML that refunds made by hand on the merchant platform may send: record it and query. */
  legacyXml: boolean;
}

/** What to answer. WeChat repeats after anything but 2xx, which is wanted wherever the fault may be ours. */
export const NOTIFICATION_STATUS: Readonly<Record<NotificationFault, number>> = {
  SIGNTEST: 401,
  BAD_SIGNATURE: 401,
  STALE: 401,
  REPLAY: 401,
  MALFORMED: 400,
  UNKNOWN_KEY: 500,
  BAD_CIPHERTEXT: 500,
};

/** Faults that need no alarm: probes come by design. */
export const isQuietFault = (reason: NotificationFault): boolean => reason === 'SIGNTEST';

export interface VerificationTools {
  clock: Clock;
  keys: PlatformKeys;
  replays: ReplayStore;
}

/**
 * Verifies and opens one callback (reference: wechat-pay 2.2, 2.4): signature over the raw bytes, time window, replay,
 * then authenticated decryption. Nothing is parsed before the signature holds.
 */
export async function verifyNotification(
  headers: HeaderBag,
  rawBody: Uint8Array,
  account: PayAccount,
  tools: VerificationTools,
): Promise<VerifiedNotification | RefusedNotification> {
  const legacyXml = Buffer.from(rawBody.subarray(0, 64)).toString('utf8').trimStart().startsWith('<');
  const refuse = (reason: NotificationFault): RefusedNotification => ({ ok: false, reason, legacyXml });
  const signed = signatureHeaders(headers);
  if (!signed) return refuse('MALFORMED');
  // The key is looked up last, so that neither probes nor stale messages can make us fetch certificates.
  const early = signatureFault(signed, rawBody, null, tools.clock.now());
  if (isSignTest(signed.signature) || (early && early !== 'UNKNOWN_KEY')) return refuse(early ?? 'SIGNTEST');
  const pem = await tools.keys.find(signed.serial);
  const fault = signatureFault(signed, rawBody, pem, tools.clock.now());
  if (fault) return refuse(fault);
  if (!(await tools.replays.firstSeen(signed.serial, signed.nonce, signed.timestamp, REPLAY_TTL_SECONDS)))
    return refuse('REPLAY');
  try {
    return open(rawBody, account) ?? refuse('BAD_CIPHERTEXT');
  } catch {
    return refuse('MALFORMED');
  }
}

function open(rawBody: Uint8Array, account: PayAccount): VerifiedNotification | null {
  const envelope = asObject(JSON.parse(Buffer.from(rawBody).toString('utf8')));
  const sealed = asObject(envelope['resource']);
  const plain = openResource(
    {
      ciphertext: text(sealed, 'ciphertext'),
      nonce: text(sealed, 'nonce'),
      associated_data: optionalText(sealed, 'associated_data') ?? '',
    },
    account.apiV3Keys,
  );
  if (plain === null) return null;
  const created = Date.parse(optionalText(envelope, 'create_time') ?? '');
  return {
    ok: true,
    id: text(envelope, 'id'),
    createdAtMs: Number.isNaN(created) ? null : created,
    eventType: text(envelope, 'event_type'),
    originalType: optionalText(sealed, 'original_type') ?? '',
    summary: optionalText(envelope, 'summary') ?? '',
    resource: asObject(JSON.parse(plain)),
  };
}
