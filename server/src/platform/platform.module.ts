import { type DynamicModule, Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SessionEnds } from './access/session-ends.js';
import { Sessions } from './access/sessions.js';
import { Clock, OffsetClock, SystemClock } from './clock/clock.js';
import { ClockFollower } from './clock/clock-follower.js';
import { Accounts } from './config/accounts.js';
import type { Config } from './config/config.js';
import { Database, openDataSource } from './database/database.js';
import { reportNetworkInTransaction } from './database/transaction-context.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { armFailpoints } from './failpoints/failpoint.js';
import { IdSource } from './ids/id-source.js';
import { InvariantMonitor } from './invariants/monitor.js';
import { WorkQueue } from './jobs/queue.js';
import { log } from './observability/log.js';
import { OutboxRelay } from './outbox/relay.js';

/** Injection token of the configuration. */
export const CONFIG = Symbol('config');

/** Wakes background work; the queue is plugged in after everything else exists. */
export class Wake {
  queue: WorkQueue | null = null;

  /** Asks for a sweep (or 'outbox') soon. */
  sweep(name: string): void {
    this.queue?.wake(name);
  }
}

@Injectable()
class Shutdown implements OnApplicationShutdown {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(WorkQueue) private readonly queue: WorkQueue,
    @Inject(ClockFollower) private readonly follower: ClockFollower,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    this.follower.stop();
    await this.queue.stop();
    await this.database.source.destroy();
  }
}

/** Everything that knows nothing of the business, as injectable services for all modules. */
@Global()
@Module({})
export class PlatformModule {
  static with(config: Config, clock?: Clock): DynamicModule {
    armFailpoints(config.FAILPOINTS);
    reportNetworkInTransactionIn(config);
    const ownClock = clock ?? (config.CLOCK_FOLLOW_URL ? new OffsetClock() : new SystemClock());
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: Clock, useValue: ownClock },
      { provide: Wake, useClass: Wake },
      { provide: Accounts, useFactory: () => Accounts.fromFile(config.ACCOUNTS_FILE) },
      { provide: IdSource, useFactory: () => new IdSource(ownClock, config.NODE_NUMBER) },
      {
        provide: Database,
        useFactory: async () => new Database(await openDataSource(config.DATABASE_URL, config.DATABASE_POOL)),
      },
      {
        provide: UnitOfWork,
        inject: [Database, IdSource],
        // Nobody is woken for an event: the worker looks every half second, and then many are one piece of work.
        useFactory: (database: Database, ids: IdSource) => new UnitOfWork(database, ownClock, ids),
      },
      {
        provide: SessionEnds,
        inject: [Database, IdSource],
        useFactory: (database: Database, ids: IdSource) => new SessionEnds(database, ids, ownClock),
      },
      {
        provide: Sessions,
        inject: [IdSource, SessionEnds],
        useFactory: (ids: IdSource, ends: SessionEnds) => new Sessions(config.SESSION_SECRET, ownClock, ids, ends),
      },
      {
        provide: OutboxRelay,
        inject: [Database, UnitOfWork],
        useFactory: (database: Database, unitOfWork: UnitOfWork) => new OutboxRelay(database, unitOfWork, ownClock),
      },
      {
        provide: InvariantMonitor,
        inject: [Database],
        useFactory: (database: Database) => new InvariantMonitor(database, ownClock),
      },
      {
        provide: WorkQueue,
        inject: [OutboxRelay, Wake],
        useFactory: (relay: OutboxRelay, wake: Wake) => {
          const queue = new WorkQueue(
            config.REDIS_URL,
            config.QUEUE_PREFIX,
            relay,
            config.SWEEP_MS,
            config.JOB_LOCK_MS,
          );
          wake.queue = queue;
          return queue;
        },
      },
      { provide: ClockFollower, useFactory: () => new ClockFollower(ownClock, config.CLOCK_FOLLOW_URL).started() },
      Shutdown,
    ];
    return { module: PlatformModule, providers, exports: providers.filter((one) => one !== Shutdown) as never };
  }
}

function reportNetworkInTransactionIn(config: Config): void {
  if (config.NODE_ENV === 'production')
    reportNetworkInTransaction((message) => log.error({ message }, 'network call inside a transaction'));
}
