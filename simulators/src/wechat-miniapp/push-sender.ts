import { createHash, randomBytes } from 'node:crypto';
import type { FaultKind, SimCore } from '../core/index.js';

export type PushCrypto = {
  encrypt(aesKey: string, message: string, receiveId: string): string;
  sign(token: string, timestamp: string, nonce: string, encrypted: string): string;
};

const KINDS: readonly FaultKind[] = ['drop-callback', 'duplicate-callback', 'delay', 'bad-signature'];

/**
 * Message push of the mini-program in secure mode with JSON bodies: five seconds to answer, three retries. `signature`
 * covers token, timestamp and nonce; `msg_signature` covers the cipher text as well.
 */
export class PushSender {
  readonly timing = { timeoutMs: 5000, retries: 3, retryDelayMs: 1000 };

  constructor(
    private readonly core: SimCore,
    private readonly crypto: PushCrypto,
  ) {}

  async send(event: string, fields: Record<string, unknown>): Promise<boolean> {
    const { pushUrl } = this.core.world.miniapp;
    const faults = this.core.faults.take(
      { target: 'miniapp', side: 'callback', method: 'POST', paths: [new URL(pushUrl).pathname, event] },
      KINDS,
    );
    const has = (kind: FaultKind): boolean => faults.some((fault) => fault.kind === kind);
    const body = JSON.stringify({
      ToUserName: 'gh_simulated',
      FromUserName: 'sys',
      CreateTime: Math.floor(this.core.clock.now() / 1000),
      MsgType: 'event',
      Event: event,
      ...fields,
    });
    if (has('drop-callback')) return false;
    const delay = faults.find((fault) => fault.kind === 'delay');
    if (delay) await new Promise((done) => setTimeout(done, delay.delayMs ?? 1000));
    const taken = await this.deliver(event, body, has('bad-signature'));
    if (has('duplicate-callback')) await this.deliver(event, body, false);
    return taken;
  }

  private async deliver(event: string, body: string, spoiled: boolean): Promise<boolean> {
    for (let attempt = 0; attempt <= this.timing.retries; attempt += 1) {
      if (attempt > 0) await new Promise((done) => setTimeout(done, this.timing.retryDelayMs).unref());
      const status = await this.post(body, spoiled);
      this.core.journal.record({
        target: 'miniapp',
        direction: 'out',
        method: 'POST',
        path: `push:${event}`,
        status,
        request: body,
      });
      if (status === 200) return true;
    }
    return false;
  }

  private async post(body: string, spoiled: boolean): Promise<number> {
    const { pushUrl, pushToken, pushAesKey, appid } = this.core.world.miniapp;
    const timestamp = String(Math.floor(this.core.clock.now() / 1000));
    const nonce = randomBytes(6).toString('hex');
    const encrypted = this.crypto.encrypt(pushAesKey, body, appid);
    const signature = createHash('sha1').update([pushToken, timestamp, nonce].sort().join('')).digest('hex');
    const full = this.crypto.sign(spoiled ? `${pushToken}x` : pushToken, timestamp, nonce, encrypted);
    const url = new URL(pushUrl);
    const query = { signature, timestamp, nonce, encrypt_type: 'aes', msg_signature: full };
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ToUserName: 'gh_simulated', Encrypt: encrypted }),
        signal: AbortSignal.timeout(this.timing.timeoutMs),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }
}
