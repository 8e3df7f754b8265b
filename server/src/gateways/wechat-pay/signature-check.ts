import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';

/** A message is refused when its time differs from ours by more than this. */
export const SIGNATURE_WINDOW_SECONDS = 300;
const PROBE_PREFIX = 'WECHATPAY/SIGNTEST/';

export interface SignatureHeaders {
  timestamp: string;
  nonce: string;
  serial: string;
  signature: string;
}

export type SignatureFault = 'SIGNTEST' | 'STALE' | 'UNKNOWN_KEY' | 'BAD_SIGNATURE' | 'MALFORMED';

export type HeaderBag = Readonly<Record<string, string | string[] | undefined>>;

function header(headers: HeaderBag, name: string): string | null {
  const value = headers[name] ?? Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : null;
}

const keys = new Map<string, KeyObject>();
const KEYS_MAX = 200;

/** Reading a key costs several times what checking with it does, so each is read once. */
function keyOf(pem: string): KeyObject {
  let key = keys.get(pem);
  if (!key) {
    if (keys.size >= KEYS_MAX) keys.clear();
    key = createPublicKey(pem);
    keys.set(pem, key);
  }
  return key;
}

/** The four Wechatpay-* headers, or null when one is missing. */
export function signatureHeaders(headers: HeaderBag): SignatureHeaders | null {
  const timestamp = header(headers, 'wechatpay-timestamp');
  const nonce = header(headers, 'wechatpay-nonce');
  const serial = header(headers, 'wechatpay-serial');
  const signature = header(headers, 'wechatpay-signature');
  return timestamp && nonce && serial && signature ? { timestamp, nonce, serial, signature } : null;
}

/** True for the probes by which WeChat tests whether we verify at all; they must fail and raise no alarm. */
export const isSignTest = (signature: string): boolean => signature.startsWith(PROBE_PREFIX);

/**
 * Checks who signed a response or callback, over the raw bytes, before anything is parsed.
 * @param pem key of the serial in the headers, null when unknown
 * @returns null when all is well, otherwise what is wrong
 */
export function signatureFault(
  headers: SignatureHeaders,
  rawBody: Uint8Array,
  pem: string | null,
  nowMs: number,
): SignatureFault | null {
  if (isSignTest(headers.signature)) return 'SIGNTEST';
  if (!/^\d{1,12}$/.test(headers.timestamp)) return 'MALFORMED';
  if (Math.abs(nowMs / 1000 - Number(headers.timestamp)) > SIGNATURE_WINDOW_SECONDS) return 'STALE';
  if (pem === null) return 'UNKNOWN_KEY';
  const check = createVerify('RSA-SHA256');
  check.update(`${headers.timestamp}\n${headers.nonce}\n`).update(rawBody).update('\n');
  return check.verify(keyOf(pem), headers.signature, 'base64') ? null : 'BAD_SIGNATURE';
}
