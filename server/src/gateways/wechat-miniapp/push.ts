import { createHash } from 'node:crypto';
import type { Clock } from '../../platform/clock/clock.js';
import { openSealedMessage, type SealFault } from '../sealed-message/index.js';
import { sameText } from '../transport/index.js';
import type { MiniappConfig } from './wechat-miniapp.config.js';

export interface PushQuery {
  signature?: string;
  msg_signature?: string;
  timestamp?: string;
  nonce?: string;
  echostr?: string;
}

export type MiniappEvent =
  | { kind: 'media-checked'; traceId: string; suggest: string; label: number }
  | { kind: 'order-settlement'; transactionId: string | null; outTradeNo: string | null }
  | { kind: 'other'; event: string; fields: Record<string, unknown> };

export type OpenedPush =
  | { ok: true; event: MiniappEvent; hash: string; text: string }
  | { ok: false; reason: SealFault };

/** Message push of a mini-program in secure mode, JSON format: the envelope is WeCom's, the receive id our appid. */
export class MiniappPush {
  constructor(
    private readonly config: MiniappConfig,
    private readonly clock: Clock,
  ) {}

  /** The address check: plain echostr back, when token, time and nonce are signed rightly. */
  verifyUrl(query: PushQuery): { ok: true; reply: string } | { ok: false; reason: SealFault } {
    const { signature = '', timestamp = '', nonce = '', echostr = '' } = query;
    const joined = [this.config.pushToken, timestamp, nonce].sort().join('');
    const expected = createHash('sha1').update(joined).digest('hex');
    return sameText(expected, signature) ? { ok: true, reply: echostr } : { ok: false, reason: 'BAD_SIGNATURE' };
  }

  /** Verifies and reads one pushed event. @param rawBody JSON {"ToUserName","Encrypt"} as received */
  open(query: PushQuery, rawBody: string): OpenedPush {
    const keys = { token: this.config.pushToken, aesKey: this.config.pushAesKey, receiveId: this.config.appid };
    try {
      const encrypt = String((JSON.parse(rawBody) as { Encrypt?: unknown }).Encrypt ?? '');
      const { msg_signature: signature = '', timestamp = '', nonce = '' } = query;
      const opened = openSealedMessage(keys, { signature, timestamp, nonce, encrypt }, this.clock.now());
      if (!opened.ok) return opened;
      const fields = JSON.parse(opened.message) as Record<string, unknown>;
      const hash = createHash('sha256').update(opened.message).digest('hex');
      return { ok: true, event: readEvent(fields), hash, text: opened.message };
    } catch {
      return { ok: false, reason: 'MALFORMED' };
    }
  }
}

function readEvent(fields: Record<string, unknown>): MiniappEvent {
  const event = String(fields['Event'] ?? fields['event'] ?? '');
  if (event === 'wxa_media_check') {
    const result = (fields['result'] ?? {}) as Record<string, unknown>;
    const traceId = String(fields['trace_id'] ?? '');
    return { kind: 'media-checked', traceId, suggest: String(result['suggest'] ?? ''), label: Number(result['label']) };
  }
  if (event === 'trade_manage_order_settlement') {
    const orNull = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);
    return {
      kind: 'order-settlement',
      transactionId: orNull(fields['transaction_id']),
      outTradeNo: orNull(fields['merchant_trade_no']),
    };
  }
  return { kind: 'other', event, fields };
}
