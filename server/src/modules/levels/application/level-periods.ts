import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { AssetLedger } from '../../asset-ledger/index.js';
import { endPeriod } from '../domain/level-course.js';
import { levelFor, shownGrowth } from '../domain/level-scheme.js';
import { effectiveLevel, Levels } from './levels.js';

const BATCH = 200;
const WARN_MS = 30 * 86_400_000;

/** A period that ends at an instant, and the level that is held in it. */
interface PeriodEnd {
  brandId: BrandId;
  memberId: MemberId;
  level: number;
  at: Date;
}

/** What time does to levels: periods end, grants end, and members hear of it thirty days before. */
@Injectable()
export class LevelPeriods implements OnModuleInit {
  private readonly unended = new Setbacks();
  private readonly unwarned = new Setbacks();

  constructor(
    @Inject(Levels) private readonly levels: Levels,
    @Inject(AssetLedger) private readonly ledger: AssetLedger,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'levels.periods', everyMs: 300_000, run: () => this.endDue() });
    registerSweep({ name: 'levels.warnings', everyMs: 600_000, run: () => this.warn() });
  }

  endDue(): Promise<number> {
    return eachDue(this.unended, this.clock.date(), {
      label: 'end a level period',
      batch: BATCH,
      due: (limit) => this.levels.rows.due(this.database, this.clock.date(), limit),
      nameOf: ({ member_id }) => member_id,
      work: async ({ brand_id, member_id }) => {
        await this.unitOfWork.run('end a level period', (tx) => this.end(tx, brand_id, member_id));
        return true;
      },
    });
  }

  /** Ends what is over for one member; several periods that nobody looked at end one after another. */
  private async end(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<void> {
    const scheme = await this.levels.scheme(brandId, tx);
    const books = await this.ledger.rows.load(tx, brandId, 'GROWTH', [memberId]);
    for (const book of books.values()) book.settle();
    await this.ledger.rows.save(tx, brandId, 'GROWTH', [...books.values()]);
    const before = (await this.levels.rows.rows(tx, brandId, [memberId], true)).get(memberId);
    if (!before) return;
    const growthFen = books.get(memberId)?.account.balance ?? 0;
    let after = { ...before };
    while (after.periodEndsAt <= tx.now) after = { ...after, ...endPeriod(scheme, after, growthFen) };
    const isGrantOver = before.grantedUntil !== null && before.grantedUntil <= tx.now;
    if (isGrantOver) after = { ...after, grantedLevel: null, grantedUntil: null };
    const growth = shownGrowth(growthFen);
    const base = { memberId, from: before.level, to: after.level, growth };
    await this.levels.write(
      tx,
      brandId,
      [after],
      [
        ...(after.level < before.level
          ? [{ ...base, kind: 'DOWN' as const, reason: '等级有效期结束，成长值未达标' }]
          : []),
        ...(after.level > before.level ? [{ ...base, kind: 'UP' as const, reason: '成长值达到要求' }] : []),
        ...(isGrantOver ? [{ ...base, kind: 'GRANT_END' as const, reason: '赠送的等级已到期' }] : []),
      ],
      [{ memberId, level: effectiveLevel(after, tx.now), growth }],
    );
  }

  /** Thirty days before a period ends: whoever will not keep the level hears of it, once per period. */
  warn(): Promise<number> {
    const now = this.clock.date();
    const until = new Date(now.getTime() + WARN_MS);
    return eachDue(this.unwarned, this.clock.date(), {
      label: 'warn of a lower level',
      batch: BATCH,
      due: (limit) => this.levels.rows.toWarn(this.database, now, until, limit),
      nameOf: ({ member_id }) => member_id,
      work: async (one) => {
        const { brand_id: brandId, member_id: memberId, period_ends_at: at, level } = one;
        await this.unitOfWork.run('warn of a lower level', (tx) => this.warnOne(tx, { brandId, memberId, level, at }));
        return true;
      },
    });
  }

  private async warnOne(tx: Tx, { brandId, memberId, level, at }: PeriodEnd): Promise<void> {
    const scheme = await this.levels.scheme(brandId, tx);
    const growth = shownGrowth(await this.levels.rows.growthAt(tx, brandId, memberId, at));
    if (!(await this.levels.rows.setWarned(tx, brandId, memberId, at))) return;
    if (levelFor(scheme, growth).level >= level) return;
    const payload = { memberId, level, endsAt: at.toISOString(), growth };
    tx.emit({ brandId, type: 'member.level-warning', payload });
  }
}
