import { decrypt, getSignature } from '@wecom/crypto';
import { sameText } from '../transport/index.js';

/** A callback's time may differ from ours by this much; a message kept longer is a replay. */
export const CALLBACK_WINDOW_SECONDS = 300;
const MAX_SEALED_CHARS = 1_000_000;
const BLOCK_BYTES = 16;

export interface SealedMessageKeys {
  token: string;
  /** EncodingAESKey, 43 characters. */
  aesKey: string;
  /** Corp id for WeCom, appid for a mini-program. */
  receiveId: string;
}

export interface SealedMessage {
  signature: string;
  /** Seconds. */
  timestamp: string;
  nonce: string;
  encrypt: string;
}

export type SealFault = 'BAD_SIGNATURE' | 'STALE' | 'BAD_CIPHERTEXT' | 'WRONG_RECEIVER' | 'MALFORMED';

/**
 * Verifies and opens a message in WeCom's callback envelope, which mini-programs use too. @wecom/crypto does the
 * arithmetic; what it leaves out is added around it: comparison in constant time, bounds, the time window and the receive
 * id. The last one matters most: a wrong AES key does not throw there, it only gives garbage and another id.
 * @param nowMs present instant
 */
export function openSealedMessage(
  keys: SealedMessageKeys,
  sealed: SealedMessage,
  nowMs: number,
): { ok: true; message: string } | { ok: false; reason: SealFault } {
  const { signature, timestamp, nonce, encrypt } = sealed;
  if (!/^\d{1,12}$/.test(timestamp) || encrypt.length > MAX_SEALED_CHARS || encrypt === '')
    return { ok: false, reason: 'MALFORMED' };
  if (!sameText(getSignature(keys.token, timestamp, nonce, encrypt), signature))
    return { ok: false, reason: 'BAD_SIGNATURE' };
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > CALLBACK_WINDOW_SECONDS) return { ok: false, reason: 'STALE' };
  const bytes = Buffer.from(encrypt, 'base64').length;
  if (bytes < 2 * BLOCK_BYTES || bytes % BLOCK_BYTES !== 0) return { ok: false, reason: 'BAD_CIPHERTEXT' };
  let opened: { message: string; id: string };
  try {
    opened = decrypt(keys.aesKey, encrypt);
  } catch {
    return { ok: false, reason: 'BAD_CIPHERTEXT' };
  }
  // A length beyond the end leaves no bytes for the id, so the comparison below refuses it as well.
  if (keys.receiveId === '' || opened.id !== keys.receiveId) return { ok: false, reason: 'WRONG_RECEIVER' };
  return { ok: true, message: opened.message };
}
