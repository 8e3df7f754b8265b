import type { FastifyInstance } from 'fastify';
import type { SimClock } from './clock.js';
import type { Target } from './faults.js';

/** One request received or one callback sent. */
export interface JournalEntry {
  n: number;
  at: number;
  target: Target;
  direction: 'in' | 'out';
  method: string;
  path: string;
  status: number;
  request?: unknown;
  response?: unknown;
  note?: string;
}

const SLACK = 1.2;

/** Everything the simulators received and sent, the newest few thousand of it. */
export class Journal {
  private entries: JournalEntry[] = [];
  private nextNumber = 1;

  constructor(
    private readonly clock: SimClock,
    private readonly limit = 5000,
  ) {}

  record(entry: Omit<JournalEntry, 'n' | 'at'>): void {
    this.entries.push({ n: this.nextNumber++, at: this.clock.now(), ...entry });
    // Cutting moves all that stay, so many go at a time.
    if (this.entries.length > this.limit * SLACK) this.entries.splice(0, this.entries.length - this.limit);
  }

  /** Entries whose target is `target` and whose path contains `path`, oldest first. */
  find(filter: { target?: string; path?: string; direction?: string } = {}): JournalEntry[] {
    return this.entries.filter(
      (entry) =>
        (!filter.target || entry.target === filter.target) &&
        (!filter.direction || entry.direction === filter.direction) &&
        (!filter.path || entry.path.includes(filter.path)),
    );
  }
}

/** Writes every answered request of `app` into the journal. */
export function installJournal(app: FastifyInstance, target: Target, journal: Journal): void {
  const answers = new WeakMap<object, unknown>();
  app.addHook('onSend', async (request, _reply, payload) => {
    answers.set(request, typeof payload === 'string' ? payload : undefined);
    return payload;
  });
  app.addHook('onResponse', async (request, reply) => {
    journal.record({
      target,
      direction: 'in',
      method: request.method,
      path: request.url,
      status: reply.statusCode,
      request: Buffer.isBuffer(request.body) ? request.body.toString('utf8') : request.body,
      response: answers.get(request),
    });
  });
}
