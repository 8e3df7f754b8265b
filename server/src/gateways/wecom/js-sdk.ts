import { randomBytes } from 'node:crypto';
import { getJsApiSignature } from '@wecom/crypto';
import type { TokenSource } from '../tokens/index.js';
import type { WecomAnswer, WecomClient } from './wecom-client.js';

export interface JsSdkSignature {
  timestamp: number;
  nonceStr: string;
  signature: string;
}

/** The page's address as it must be signed: with query, without fragment, not encoded again. */
export const signedUrl = (url: string): string => url.split('#')[0] ?? '';

/** sha1 over ticket, nonce, seconds and address (reference: wecom-miniapp 1.4). */
export function jsSdkSignature(ticket: string, url: string, nonceStr: string, timestamp: number): JsSdkSignature {
  const { signature } = getJsApiSignature({ ticket, url: signedUrl(url), nonceStr, timestamp });
  return { timestamp, nonceStr, signature };
}

/** Signatures for ww.register; both tickets are cached and never mixed. */
export class JsSdk {
  private readonly corpTicket: TokenSource;
  private readonly agentTicket: TokenSource;

  constructor(private readonly client: WecomClient) {
    this.corpTicket = client.source('corp-ticket', async () =>
      ticket(await client.call({ cgi: 'get_jsapi_ticket', priority: 'sidebar' })),
    );
    this.agentTicket = client.source('agent-ticket', async () =>
      ticket(await client.call({ cgi: 'ticket/get', query: { type: 'agent_config' }, priority: 'sidebar' })),
    );
  }

  /** @param url the browser's present address; the caller has checked that its host is ours */
  async sign(kind: 'config' | 'agentConfig', url: string): Promise<JsSdkSignature> {
    const source = kind === 'config' ? this.corpTicket : this.agentTicket;
    const seconds = Math.floor(this.client.tools.clock.now() / 1000);
    return jsSdkSignature(await source.current(), url, randomBytes(8).toString('hex'), seconds);
  }
}

const ticket = (answer: WecomAnswer) => ({
  value: String(answer['ticket']),
  expiresInSeconds: Number(answer['expires_in']),
});
