import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import type { Asset, LotId } from '../domain/asset-types.js';
import { NoticeStore } from '../persistence/notice.store.js';
import { AssetLedger } from './asset-ledger.js';

const BATCH = 100;
const NOTICE_DAYS = [30, 7, 1] as const;
const DAY_MS = 86_400_000;

export interface ExpiringPayload extends Record<string, unknown> {
  memberId: MemberId;
  asset: Asset;
  lotId: LotId;
  amount: number;
  days: number;
  expiresAt: string;
}

/** What time alone brings about: pending lots wake, old ones lapse, forgotten holds end, and members are told before. */
@Injectable()
export class AssetSweeps implements OnModuleInit {
  private readonly unsettled = new Setbacks();
  private readonly unreleased = new Setbacks();
  private readonly notices = new NoticeStore();

  constructor(
    @Inject(AssetLedger) private readonly ledger: AssetLedger,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'assets.lots', everyMs: 60_000, run: () => this.settleDue() });
    registerSweep({ name: 'assets.holds', everyMs: 15_000, run: () => this.endHolds() });
    registerSweep({ name: 'assets.notices', everyMs: 600_000, run: () => this.tell() });
  }

  /** @param only one brand's accounts; those of all brands when left out */
  settleDue(only: BrandId | null = null): Promise<number> {
    return eachDue(this.unsettled, this.clock.date(), {
      label: 'settle an account',
      batch: BATCH,
      due: (limit) => this.ledger.rows.dueOwners(this.database, this.clock.date(), limit, only),
      nameOf: ({ asset, owner_id }) => `${asset}/${owner_id}`,
      work: async ({ brand_id, asset, owner_id }) => {
        await this.unitOfWork.run('settle an account', (tx) => this.ledger.settle(tx, brand_id, asset, owner_id));
        return true;
      },
    });
  }

  /** A hold whose subject neither captured nor released it in time is freed: nothing stays locked for ever. */
  endHolds(only: BrandId | null = null): Promise<number> {
    return eachDue(this.unreleased, this.clock.date(), {
      label: 'end a hold',
      batch: BATCH,
      due: (limit) => this.ledger.holds.due(this.database, this.clock.date(), limit, only),
      nameOf: ({ asset, subject_kind, subject_id }) => `${asset}/${subject_kind}/${subject_id}`,
      work: async ({ brand_id, asset, subject_kind, subject_id }) => {
        await this.unitOfWork.run('end a hold', (tx) =>
          this.ledger.release(tx, brand_id, asset, subject_kind, subject_id),
        );
        return true;
      },
    });
  }

  /** 30, 7 and 1 days before a lot lapses; each once, whoever subscribes to `asset.expiring` tells the member. */
  async tell(only: BrandId | null = null): Promise<number> {
    const now = this.clock.date();
    let told = 0;
    for (const days of NOTICE_DAYS) {
      const until = new Date(now.getTime() + days * DAY_MS);
      const rows = await this.notices.due(this.database, { now, until, days }, BATCH, only);
      const brands = new Map<BrandId, typeof rows>();
      for (const row of rows) brands.set(row.brand_id, [...(brands.get(row.brand_id) ?? []), row]);
      for (const [brandId, lots] of brands) {
        await this.unitOfWork.run('tell of lapsing assets', async (tx) => {
          await this.notices.insert(tx, brandId, days, lots);
          for (const lot of lots) {
            const payload: ExpiringPayload = {
              memberId: lot.owner_id,
              asset: lot.asset,
              lotId: lot.id,
              amount: Number(lot.remaining),
              days,
              expiresAt: lot.expires_at.toISOString(),
            };
            tx.emit({ brandId, type: 'asset.expiring', payload });
          }
        });
      }
      told += rows.length;
    }
    return told;
  }
}
