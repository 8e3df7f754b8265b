import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import type { Clock } from '../../platform/clock/clock.js';
import { openSealedMessage, type SealFault } from '../sealed-message/index.js';
import { readWecomEvent, type WecomEvent } from './callback-events.js';
import type { WecomConfig } from './wecom.config.js';

export interface CallbackQuery {
  msg_signature?: string;
  timestamp?: string;
  nonce?: string;
  echostr?: string;
}

export type OpenedCallback =
  | {
      ok: true;
      event: WecomEvent;
      /** sha256 of the decrypted XML: the inbox key. Name and second together would drop real events. */
      hash: string;
      xml: string;
    }
  | { ok: false; reason: SealFault };

// Values stay texts, since ids are longer than a number holds; entities of a document type are never expanded.
const parser = new XMLParser({
  parseTagValue: false,
  ignoreAttributes: true,
  processEntities: false,
  trimValues: true,
});

/** @returns the children of <xml> @throws Error when the text is no such document */
export function parseXml(xml: string): Record<string, unknown> {
  const root = (parser.parse(xml) as Record<string, unknown>)['xml'];
  if (typeof root !== 'object' || root === null) throw new Error('not an <xml> document');
  return root as Record<string, unknown>;
}

/** The app's 接收消息 address (reference: wecom-miniapp 2). Store the event, answer 200 with nothing, work later. */
export class WecomCallback {
  constructor(
    private readonly config: WecomConfig,
    private readonly clock: Clock,
  ) {}

  /** Answers the address check: the text to reply within a second, exactly, without quotes or newline. */
  verifyUrl(query: CallbackQuery): { ok: true; reply: string } | { ok: false; reason: SealFault } {
    const opened = this.unseal(query, query.echostr ?? '');
    return opened.ok ? { ok: true, reply: opened.message } : opened;
  }

  /** Verifies and reads one pushed event. @param rawBody the XML as received */
  open(query: CallbackQuery, rawBody: string): OpenedCallback {
    try {
      const envelope = parseXml(rawBody);
      if (envelope['ToUserName'] !== this.config.corpId) return { ok: false, reason: 'WRONG_RECEIVER' };
      const opened = this.unseal(query, String(envelope['Encrypt'] ?? ''));
      if (!opened.ok) return opened;
      const fields = parseXml(opened.message);
      if (fields['ToUserName'] !== this.config.corpId) return { ok: false, reason: 'WRONG_RECEIVER' };
      const hash = createHash('sha256').update(opened.message).digest('hex');
      return { ok: true, event: readWecomEvent(fields), hash, xml: opened.message };
    } catch {
      return { ok: false, reason: 'MALFORMED' };
    }
  }

  private unseal(query: CallbackQuery, encrypt: string) {
    const { callbackToken: token, callbackAesKey: aesKey, corpId: receiveId } = this.config;
    const { msg_signature: signature = '', timestamp = '', nonce = '' } = query;
    return openSealedMessage({ token, aesKey, receiveId }, { signature, timestamp, nonce, encrypt }, this.clock.now());
  }
}
