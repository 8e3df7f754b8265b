import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export type Target = 'pay' | 'miniapp' | 'wecom';

export const FAULT_KINDS = [
  'drop-before-apply',
  'drop-after-apply',
  'delay',
  'duplicate-callback',
  'callback-before-response',
  'reorder-callbacks',
  'drop-callback',
  '5xx',
  'rate-limit',
  'wrong-amount',
  'bad-signature',
  'signtest',
  'foreign-merchant',
  'tampered',
  'expired-certificate',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** One fault as data: which exchange it hits, from which match on, how often, and what happens. */
export interface Fault {
  id: string;
  target: Target;
  method?: string;
  /** Source of a regular expression over the path (callbacks: path of the notify URL, or the event type). */
  path: string;
  /** Fires from the nth match on; 1 by default. */
  nth?: number;
  /** How many matches it hits; 1 by default. */
  times?: number;
  kind: FaultKind;
  delayMs?: number;
  status?: number;
  body?: unknown;
  /** For `5xx` and `rate-limit`: let the handler do its work first and then answer with the error. */
  afterApply?: boolean;
  /** Restricts the fault to one side; both when absent. */
  side?: 'request' | 'callback';
}

interface Counted {
  fault: Fault;
  pattern: RegExp;
  seen: number;
  fired: number;
}

/** What an exchange looks like to the fault list. */
export interface Exchange {
  target: Target;
  side: 'request' | 'callback';
  method: string;
  /** Any of these may match the fault's path. */
  paths: string[];
}

/** The list of faults that are switched on. */
export class Faults {
  private list: Counted[] = [];
  private nextId = 1;

  /** Adds a fault; an id is given when there is none. Throws on a kind or pattern that does not exist. */
  add(input: Omit<Fault, 'id'> & { id?: string }): Fault {
    if (!FAULT_KINDS.includes(input.kind)) throw new Error(`unknown fault kind ${String(input.kind)}`);
    const fault: Fault = { ...input, id: input.id ?? `fault-${this.nextId++}` };
    this.list.push({ fault, pattern: new RegExp(fault.path), seen: 0, fired: 0 });
    return fault;
  }

  remove(id: string): boolean {
    const before = this.list.length;
    this.list = this.list.filter((item) => item.fault.id !== id);
    return this.list.length < before;
  }

  clear(): void {
    this.list = [];
  }

  all(): Array<Fault & { seen: number; fired: number }> {
    return this.list.map((item) => ({ ...item.fault, seen: item.seen, fired: item.fired }));
  }

  /** Counts this exchange against every fault of the given kinds and returns those that strike now. */
  take(exchange: Exchange, kinds: readonly FaultKind[]): Fault[] {
    const struck: Fault[] = [];
    for (const item of this.list) {
      const { fault } = item;
      if (!kinds.includes(fault.kind) || fault.target !== exchange.target) continue;
      if (fault.side && fault.side !== exchange.side) continue;
      if (fault.method && fault.method.toUpperCase() !== exchange.method.toUpperCase()) continue;
      if (!exchange.paths.some((path) => item.pattern.test(path))) continue;
      item.seen += 1;
      if (item.seen < (fault.nth ?? 1) || item.fired >= (fault.times ?? 1)) continue;
      item.fired += 1;
      struck.push(fault);
    }
    return struck;
  }
}

/** How a vendor words its own overload and crash answers. */
export type VendorFailure = (kind: '5xx' | 'rate-limit') => { status: number; body: unknown };

const REQUEST_KINDS: readonly FaultKind[] = ['drop-before-apply', 'drop-after-apply', 'delay', '5xx', 'rate-limit'];
const pending = new WeakMap<FastifyRequest, Fault[]>();

function cut(reply: FastifyReply): void {
  reply.hijack();
  reply.raw.socket?.destroy();
}

function failure(fault: Fault, vendor: VendorFailure): { status: number; body: unknown } {
  const own = vendor(fault.kind as '5xx' | 'rate-limit');
  return { status: fault.status ?? own.status, body: fault.body ?? own.body };
}

/**
 * Puts the request-side faults in front of and behind every handler of `app`.
 * A drop destroys the socket without an answer, before or after the handler ran; `delay` waits in real time.
 */
export function installFaults(app: FastifyInstance, target: Target, faults: Faults, vendor: VendorFailure): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? request.url;
    const exchange: Exchange = { target, side: 'request', method: request.method, paths: [path] };
    const struck = faults.take(exchange, REQUEST_KINDS);
    pending.set(request, struck);
    for (const fault of struck) {
      if (fault.kind === 'delay') await new Promise((done) => setTimeout(done, fault.delayMs ?? 1000));
      if (fault.kind === 'drop-before-apply') return cut(reply);
      if ((fault.kind === '5xx' || fault.kind === 'rate-limit') && !fault.afterApply) {
        const answer = failure(fault, vendor);
        return reply.code(answer.status).type('application/json; charset=utf-8').send(JSON.stringify(answer.body));
      }
    }
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const late = pending.get(request)?.find((fault) => fault.afterApply);
    if (!late) return payload;
    const answer = failure(late, vendor);
    // The good answer's signature must not travel with the bad one.
    for (const name of Object.keys(reply.getHeaders())) if (name.startsWith('wechatpay-')) reply.removeHeader(name);
    reply.code(answer.status).type('application/json; charset=utf-8');
    return JSON.stringify(answer.body);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    if (pending.get(request)?.some((fault) => fault.kind === 'drop-after-apply')) reply.raw.socket?.destroy();
    return payload;
  });
}
