import { type ConnectionOptions, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { log } from '../observability/log.js';
import { metrics } from '../observability/metrics.js';
import type { Delivery, OutboxRelay } from '../outbox/relay.js';
import { allSweeps, findSweep } from './sweep.js';

const QUEUE = 'work';
/** How long asks for the same sweep are gathered. */
const GATHER_MS = 50;
type Work = { sweep: string } | { delivery: Delivery };

/**
 * Background work over BullMQ. Redis only carries what rows in the database already say: wake-ups may be lost (a sweep
 * finds the row), repeated (sweeps and handlers are idempotent) or never sent (the ticker comes round).
 */
export class WorkQueue {
  private readonly queue: Queue<Work>;
  private readonly redis: Redis;
  private worker: Worker<Work> | null = null;
  private tickers: NodeJS.Timeout[] = [];
  private readonly asked = new Map<string, NodeJS.Timeout>();
  /** Sweeps under way here, and whether they are to run once more. */
  private readonly running = new Map<string, boolean>();

  constructor(
    redisUrl: string,
    private readonly prefix: string,
    private readonly relay: OutboxRelay,
    private readonly tickMs: number,
    private readonly lockMs = 15_000,
  ) {
    this.redis = new Redis(redisUrl, {
      maxRetriesPerRequest: null,
      enableOfflineQueue: false,
      lazyConnect: false,
      retryStrategy: (times) => Math.min(times * 100, 2000),
    });
    this.redis.on('error', (error) => log.warn({ problem: error.message }, 'redis is away'));
    this.queue = new Queue<Work>(QUEUE, {
      connection: this.redis as unknown as ConnectionOptions,
      prefix,
      defaultJobOptions: { removeOnComplete: true, removeOnFail: 1000, attempts: 1 },
    });
    this.queue.on('error', () => undefined);
  }

  /**
   * Asks for a sweep soon. Asks within a moment are one, because in a rush every order asks for the same. Never throws:
   * the ticker asks again.
   */
  wake(sweep: string): void {
    if (this.asked.has(sweep)) return;
    const timer = setTimeout(() => {
      this.asked.delete(sweep);
      this.ask(sweep);
    }, GATHER_MS);
    this.asked.set(sweep, timer);
  }

  private ask(sweep: string): void {
    void this.queue.add(sweep, { sweep }, { jobId: `wake-${sweep}`, removeOnFail: true }).catch(() => undefined);
  }

  /** Starts doing the work in this process. */
  start(concurrency = 4): void {
    const connection = this.redis.duplicate({ enableOfflineQueue: true });
    connection.on('error', () => undefined);
    this.worker = new Worker<Work>(QUEUE, async (job) => this.perform(job.data), {
      connection: connection as unknown as ConnectionOptions,
      prefix: this.prefix,
      concurrency,
      lockDuration: this.lockMs,
      // A job whose worker died keeps its name taken, so it must be found soon: until then its sweep cannot be asked for.
      stalledInterval: this.lockMs,
      // Everything here may be repeated, so a job is never given up because its workers died.
      maxStalledCount: 1000,
    });
    this.worker.on('failed', (job, error) => log.error({ job: job?.name, err: error }, 'job failed'));
    this.worker.on('error', () => undefined);
    this.tickers = [
      ...allSweeps().map((sweep) => setInterval(() => this.tick(sweep.name), Math.max(this.tickMs, sweep.everyMs))),
      setInterval(() => this.tick('outbox'), this.tickMs),
    ];
    // A worker that is restarted more often than a slow sweep comes round would otherwise never run it.
    const wakeAll = () => {
      for (const name of ['outbox', ...allSweeps().map((sweep) => sweep.name)]) this.ask(name);
    };
    void this.queue.waitUntilReady().then(wakeAll, () => undefined);
  }

  /**
   * The regular round needs no queue, so it also comes round while Redis is away. Other processes may do the same at the
   * same time, which sweeps allow; within this one it would only be double work.
   */
  private tick(name: string): void {
    void this.alone(name).catch((error) => log.error({ job: name, err: error }, 'job failed'));
  }

  /** Runs a sweep unless it is under way here; then it runs once more afterwards, for what came meanwhile. */
  private async alone(name: string): Promise<void> {
    if (this.running.has(name)) {
      this.running.set(name, true);
      return;
    }
    do {
      this.running.set(name, false);
      try {
        await this.sweep(name);
      } catch (error) {
        this.running.delete(name);
        throw error;
      }
    } while (this.running.get(name) === true);
    this.running.delete(name);
  }

  private async perform(work: Work): Promise<void> {
    if ('delivery' in work) return this.counted(work.delivery.handler, () => this.relay.deliver(work.delivery));
    return this.alone(work.sweep);
  }

  private async sweep(name: string): Promise<void> {
    if (name === 'outbox') return this.relayEvents();
    const sweep = findSweep(name);
    if (!sweep) return;
    await this.counted(sweep.name, async () => {
      await sweep.run();
    });
  }

  private async relayEvents(): Promise<void> {
    await this.relay.handleOpen(async (deliveries) => {
      await this.queue.addBulk(
        deliveries.map((delivery) => ({
          name: delivery.handler,
          data: { delivery },
          opts: { jobId: `${delivery.eventId}-${delivery.handler}`, removeOnFail: true },
        })),
      );
    });
  }

  private async counted(name: string, run: () => Promise<void>): Promise<void> {
    try {
      await run();
      metrics.jobs.inc({ name, result: 'done' });
    } catch (error) {
      metrics.jobs.inc({ name, result: 'failed' });
      throw error;
    }
  }

  /** True when Redis answers. */
  async isReady(): Promise<boolean> {
    return (await this.redis.ping().catch(() => '')) === 'PONG';
  }

  /** Takes no more work, lets running work end, and closes. */
  async stop(): Promise<void> {
    for (const ticker of this.tickers) clearInterval(ticker);
    this.tickers = [];
    for (const timer of this.asked.values()) clearTimeout(timer);
    this.asked.clear();
    await this.worker?.close();
    while (this.running.size > 0) await new Promise((resume) => setTimeout(resume, 20));
    await this.queue.close().catch(() => undefined);
    this.redis.disconnect();
  }
}
