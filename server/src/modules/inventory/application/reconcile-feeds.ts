import { Inject, Injectable } from '@nestjs/common';
import { addDays, type BrandId, businessDay, startOfBusinessDay } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { log } from '../../../platform/observability/log.js';
import { feedAlarms } from '../domain/feed-report.js';
import { type FeedReport, ReportStore, type UnreportedFeed } from '../persistence/report.store.js';

/** Stores have closed their tills by then. */
const AFTER_MIDNIGHT_MS = 2 * 3_600_000;
const BATCH = 200;

/**
 * Looks every night at each store whose stock comes from a point of sale or ERP, and writes down by how much the two
 * went apart on the day before; what somebody must look at is an alarm (pain 11).
 */
@Injectable()
export class ReconcileFeeds {
  private readonly rows = new ReportStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Reports the last business day that is over, of one brand or all; a feed has one report for each day. */
  async run(only: BrandId | null = null): Promise<number> {
    const day = addDays(businessDay(this.clock.now() - AFTER_MIDNIGHT_MS), -1);
    const due = await this.rows.unreported(this.database, day, BATCH, only);
    const byBrand = new Map<BrandId, UnreportedFeed[]>();
    for (const feed of due) byBrand.set(feed.brand_id, [...(byBrand.get(feed.brand_id) ?? []), feed]);
    let made = 0;
    for (const [brandId, feeds] of byBrand) made += await this.report(brandId, day, feeds);
    return made;
  }

  private async report(brandId: BrandId, day: string, feeds: readonly UnreportedFeed[]): Promise<number> {
    const from = new Date(startOfBusinessDay(day));
    const until = new Date(startOfBusinessDay(addDays(day, 1)));
    const storeIds = [...new Set(feeds.map((feed) => feed.store_id))];
    const apart = await this.rows.apart(this.database, brandId, storeIds, from, until);
    const now = this.clock.now();
    const reports = feeds.map((feed): FeedReport => {
      const { driftRows, driftPieces, onHandPieces } = apart.get(feed.store_id) ?? {
        driftRows: 0,
        driftPieces: 0,
        onHandPieces: 0,
      };
      const alarms = feedAlarms(
        {
          missingFrom: feed.missing_from === null ? null : Number(feed.missing_from),
          lastMessageAt: feed.last_message_at.getTime(),
          lastSnapshotAt: feed.last_snapshot_at?.getTime() ?? null,
          driftPieces,
          onHandPieces,
        },
        now,
      );
      const { source_id: sourceId, store_id: storeId, missing_from: missingFrom } = feed;
      return { sourceId, storeId, driftRows, driftPieces, missingFrom, alarms };
    });
    return this.unitOfWork.run('report stock feeds', async (tx) => {
      const made = await this.rows.add(tx, brandId, day, reports);
      // A second worker found them written already: whoever wrote them raises the alarm.
      if (made < reports.length) return made;
      for (const { storeId, alarms } of reports) {
        if (alarms.length === 0) continue;
        tx.emit({ brandId, type: 'stock.feed-alarm', payload: { storeId, day, alarms: [...alarms] } });
        log.warn({ brandId, storeId, day, alarms }, 'stock and another system are apart');
      }
      return made;
    });
  }
}
