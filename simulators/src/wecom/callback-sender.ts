import { randomBytes } from 'node:crypto';
import type { Fault, FaultKind, SimCore } from '../core/index.js';
import { callbackSignature, encryptCallback, flatXml } from './callback-crypto.js';

const KINDS: readonly FaultKind[] = [
  'drop-callback',
  'duplicate-callback',
  'reorder-callbacks',
  'delay',
  'bad-signature',
  'tampered',
  'foreign-merchant',
];

export interface CallbackTarget {
  url: string;
  token: string;
  encodingAesKey: string;
  receiveId: string;
  agentId?: string;
}

export interface SenderTiming {
  timeoutMs: number;
  retries: number;
  retryDelayMs: number;
}

type Fields = Record<string, string | number | undefined>;

/**
 * Sends encrypted events as the platform does: 5 seconds to answer, 3 retries, only on connection failure, timeout or
 * a status other than 200 (document 90238). Faults duplicate, drop, delay, reorder or spoil a delivery.
 */
export class CallbackSender {
  readonly timing: SenderTiming = { timeoutMs: 5000, retries: 3, retryDelayMs: 1000 };
  private underWay = new Set<Promise<unknown>>();
  private held: (() => void)[] = [];
  private closed = false;

  constructor(
    private readonly core: SimCore,
    private readonly faultTarget: 'wecom' | 'miniapp',
    private readonly target: CallbackTarget,
  ) {}

  /** Sends one event; resolves with true when the receiver took it. */
  send(name: string, fields: Fields): Promise<boolean> {
    const xml = flatXml({
      ToUserName: this.target.receiveId,
      FromUserName: 'sys',
      CreateTime: Math.floor(this.core.clock.now() / 1000),
      MsgType: 'event',
      ...fields,
    });
    const work = this.withFaults(name, xml);
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
    return work;
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled([...this.underWay]);
  }

  close(): void {
    this.closed = true;
    for (const release of this.held.splice(0)) release();
  }

  private async withFaults(name: string, xml: string): Promise<boolean> {
    const path = new URL(this.target.url).pathname;
    const faults = this.core.faults.take(
      { target: this.faultTarget, side: 'callback', method: 'POST', paths: [path, name] },
      KINDS,
    );
    const has = (kind: FaultKind): Fault | undefined => faults.find((fault) => fault.kind === kind);
    if (has('drop-callback')) {
      this.note(name, 0, xml, 'dropped by a fault');
      return false;
    }
    const delay = has('delay');
    if (delay) await this.sleep(delay.delayMs ?? 1000);
    // A reordered event waits until a later one has passed it, or for two seconds at most.
    if (has('reorder-callbacks')) await Promise.race([new Promise<void>((go) => this.held.push(go)), this.sleep(2000)]);
    const taken = await this.deliver(name, xml, faults);
    for (const release of this.held.splice(0)) release();
    if (has('duplicate-callback')) await this.deliver(name, xml, []);
    return taken;
  }

  private async deliver(name: string, xml: string, faults: Fault[]): Promise<boolean> {
    for (let attempt = 0; attempt <= this.timing.retries && !this.closed; attempt += 1) {
      if (attempt > 0) await this.sleep(this.timing.retryDelayMs);
      const status = await this.post(xml, faults);
      this.note(name, status, xml, attempt > 0 ? `retry ${attempt}` : undefined);
      if (status === 200) return true;
    }
    return false;
  }

  private async post(xml: string, faults: Fault[]): Promise<number> {
    const spoiled = (kind: FaultKind): boolean => faults.some((fault) => fault.kind === kind);
    const receiveId = spoiled('foreign-merchant') ? 'ww0000000000000000' : this.target.receiveId;
    let encrypted = encryptCallback(this.target.encodingAesKey, xml, receiveId);
    const timestamp = String(Math.floor(this.core.clock.now() / 1000));
    const nonce = randomBytes(5).readUIntBE(0, 5).toString();
    let signature = callbackSignature(this.target.token, timestamp, nonce, encrypted);
    if (spoiled('bad-signature')) signature = signature.replace(/^./, (c) => (c === '0' ? '1' : '0'));
    if (spoiled('tampered')) encrypted = encrypted.replace(/^.{4}/, (s) => (s === 'AAAA' ? 'BBBB' : 'AAAA'));
    const url = new URL(this.target.url);
    for (const [key, value] of Object.entries({ msg_signature: signature, timestamp, nonce })) {
      url.searchParams.set(key, value);
    }
    const body = flatXml({ ToUserName: this.target.receiveId, AgentID: this.target.agentId, Encrypt: encrypted });
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        body,
        signal: AbortSignal.timeout(this.timing.timeoutMs),
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      return 0;
    }
  }

  /** Verifies the receiver's URL with an echostr; it must answer the plain text within one second. */
  async verifyUrl(): Promise<{ ok: boolean; answer?: string; expected: string }> {
    const expected = String(randomBytes(6).readUIntBE(0, 6));
    const echostr = encryptCallback(this.target.encodingAesKey, expected, this.target.receiveId);
    const timestamp = String(Math.floor(this.core.clock.now() / 1000));
    const nonce = randomBytes(4).toString('hex');
    const url = new URL(this.target.url);
    const signature = callbackSignature(this.target.token, timestamp, nonce, echostr);
    for (const [key, value] of Object.entries({ msg_signature: signature, timestamp, nonce, echostr })) {
      url.searchParams.set(key, value);
    }
    try {
      const reply = await fetch(url, { signal: AbortSignal.timeout(1000) });
      const answer = await reply.text();
      return { ok: reply.status === 200 && answer === expected, answer, expected };
    } catch {
      return { ok: false, expected };
    }
  }

  private note(name: string, status: number, xml: string, note?: string): void {
    this.core.journal.record({
      target: this.faultTarget,
      direction: 'out',
      method: 'POST',
      path: `callback:${name}`,
      status,
      request: xml,
      note,
    });
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((done) => setTimeout(done, ms).unref());
  }
}
