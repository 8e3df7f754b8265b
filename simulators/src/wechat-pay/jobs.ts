import type { SimClock } from '../core/index.js';
import type { Job } from './types.js';

/**
 * Work that is due at an instant of virtual time, kept as data so that a restart can take it up again.
 * Each kind has one handler that gets the reference stored with the job.
 */
export class Jobs {
  private handlers = new Map<string, (ref: string) => void | Promise<void>>();
  private cancels = new Map<string, () => void>();
  private counter = 0;

  constructor(
    private readonly clock: SimClock,
    private readonly store: () => Record<string, Job>,
    private readonly changed: () => void,
  ) {}

  on(kind: string, handler: (ref: string) => void | Promise<void>): void {
    this.handlers.set(kind, handler);
  }

  /** Plans work `delayMs` from now. */
  after(delayMs: number, kind: string, ref: string): Job {
    const job: Job = { id: `${kind}:${this.clock.now()}:${this.counter++}`, at: this.clock.now() + delayMs, kind, ref };
    this.store()[job.id] = job;
    this.arm(job);
    this.changed();
    return job;
  }

  /** Arms everything that a saved state brought along. */
  resume(): void {
    for (const job of Object.values(this.store())) this.arm(job);
  }

  /** Ids of all planned jobs; compare later to learn what was added. */
  ids(): Set<string> {
    return new Set(Object.keys(this.store()));
  }

  /** Runs now what is planned within `horizonMs` and not in `except`, including what that work plans in turn. */
  async runNew(except: Set<string>, horizonMs: number): Promise<void> {
    const limit = this.clock.now() + horizonMs;
    for (;;) {
      const next = Object.values(this.store()).find((job) => !except.has(job.id) && job.at <= limit);
      if (!next) return;
      this.cancels.get(next.id)?.();
      await this.run(next);
    }
  }

  private arm(job: Job): void {
    this.cancels.set(
      job.id,
      this.clock.schedule(job.at, () => this.run(job)),
    );
  }

  private async run(job: Job): Promise<void> {
    this.cancels.delete(job.id);
    if (!this.store()[job.id]) return;
    delete this.store()[job.id];
    this.changed();
    await this.handlers.get(job.kind)?.(job.ref);
  }
}
