import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ResponseOf } from '@shuke/shared/contracts';
import { addDays, businessDay } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { InvariantMonitor } from '../../../platform/invariants/monitor.js';
import { Organization } from '../../organization/index.js';
import { type OverviewScope, OverviewStore } from '../persistence/overview.store.js';

type View = ResponseOf<typeof consoleRoutes.overview>;

const DAYS_SHOWN = 7;
const TOP_STORES = 8;
/** Members belong to the brand; a franchisee is not told how many there are. */
const UNTOLD = { memberCount: 0, newMemberCount: 0 };

/** The first page of the desk: one day's figures of the stores that the actor may see. */
@Injectable()
export class Overview {
  private readonly rows = new OverviewStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(InvariantMonitor) private readonly monitor: InvariantMonitor,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param day business day; today without one */
  async run(actor: Actor, day: string = businessDay(this.clock.now())): Promise<View> {
    const { brandId } = actor;
    const on = this.database;
    const scope: OverviewScope = { brandId, storeIds: await this.organization.scopeOf(actor) };
    const [sales, waiting, splitAttention, todo, members, party, days, topStores, tasks, invariants] =
      await Promise.all([
        this.rows.sales(on, scope, day),
        this.rows.waiting(on, scope),
        this.rows.stoppedSplits(on, scope),
        this.rows.todo(on, scope, actor.kind === 'franchisee' ? actor.franchiseeId : null),
        actor.kind === 'hq' ? this.rows.members(on, brandId, day) : UNTOLD,
        this.rows.parties(on, scope, day),
        this.days(scope, day),
        this.topStores(scope, day),
        this.rows.tasks(on, scope, day),
        this.monitor.last(brandId),
      ]);
    const checked = invariants.map((one) => one.checkedAt?.getTime() ?? 0);
    const oldest = checked.length > 0 ? Math.min(...checked) : 0;
    return {
      day,
      asOf: this.clock.date().toISOString(),
      ...sales,
      ...waiting,
      splitAttention,
      todo,
      ...members,
      party,
      ...tasks,
      days,
      topStores,
      flows: [
        { from: '顾客实付（减退款）', to: '加盟商', fen: party.franchiseeFen },
        { from: '顾客实付（减退款）', to: '品牌', fen: party.brandFen },
        { from: '顾客实付（减退款）', to: '导购', fen: party.guideFen },
        { from: '顾客实付（减退款）', to: '微信支付手续费', fen: party.channelFen },
      ].filter((flow) => flow.fen > 0),
      isBalanced: invariants.every((one) => one.state !== 'BROKEN'),
      invariantsCheckedAt: oldest === 0 ? null : new Date(oldest).toISOString(),
    };
  }

  /** Every day of the week that ends with this one, also those without sales. */
  private async days(scope: OverviewScope, day: string): Promise<View['days']> {
    const sold = await this.rows.byDay(this.database, scope, day, DAYS_SHOWN);
    return Array.from({ length: DAYS_SHOWN }, (_, index) => {
      const shown = addDays(day, index + 1 - DAYS_SHOWN);
      return { day: shown, ...(sold.get(shown) ?? { orderCount: 0, paidFen: 0 }) };
    });
  }

  private async topStores(scope: OverviewScope, day: string): Promise<View['topStores']> {
    const top = await this.rows.topStores(this.database, scope, day, DAYS_SHOWN, TOP_STORES);
    const stores = await this.organization.storesByIds(
      scope.brandId,
      top.map((one) => one.storeId),
    );
    return top.map((one) => ({ ...one, name: stores.get(one.storeId)?.name ?? '' }));
  }
}
