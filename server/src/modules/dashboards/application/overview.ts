import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ResponseOf } from '@shuke/shared/contracts';
import { addDays, businessDay, DAY_MS, type StoreId, startOfBusinessDay } from '@shuke/shared/kernel';
import type { Actor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, marks, type SqlValue } from '../../../platform/database/database.js';
import { InvariantMonitor } from '../../../platform/invariants/monitor.js';
import { Organization } from '../../organization/index.js';

type View = ResponseOf<typeof consoleRoutes.overview>;
type Row = Record<string, string | null>;

const DAYS_SHOWN = 7;
const TOP_STORES = 8;
const PAID = "('TO_SHIP','TO_PICKUP','SHIPPED','RECEIVED','FINISHED','REFUNDED')";

/** The first page of the desk: one day's figures of the stores that the actor may see. */
@Injectable()
export class Overview {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(InvariantMonitor) private readonly monitor: InvariantMonitor,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @param day business day; today without one */
  async run(actor: Actor, day: string = businessDay(this.clock.now())): Promise<View> {
    const storeIds = await this.organization.scopeOf(actor);
    const [today, open, members, parties, days, top, tasks, invariants] = await Promise.all([
      this.day(actor, storeIds, day),
      this.open(actor, storeIds),
      this.members(actor, day),
      this.parties(actor, storeIds, day),
      this.days(actor, storeIds, day),
      this.topStores(actor, storeIds, day),
      this.tasks(actor, storeIds, day),
      this.monitor.last(actor.brandId),
    ]);
    const checked = invariants.map((one) => one.checkedAt?.getTime() ?? 0);
    const oldest = checked.length > 0 ? Math.min(...checked) : 0;
    return {
      day,
      asOf: this.clock.date().toISOString(),
      ...today,
      ...open,
      ...members,
      party: parties,
      ...tasks,
      days,
      topStores: await Promise.all(
        top.map(async (row) => ({
          ...row,
          name: (await this.organization.store(actor.brandId, row.storeId as StoreId))?.name ?? '',
        })),
      ),
      flows: [
        { from: '顾客实付（减退款）', to: '加盟商', fen: parties.franchiseeFen },
        { from: '顾客实付（减退款）', to: '品牌', fen: parties.brandFen },
        { from: '顾客实付（减退款）', to: '导购', fen: parties.guideFen },
        { from: '顾客实付（减退款）', to: '微信支付手续费', fen: parties.channelFen },
      ].filter((flow) => flow.fen > 0),
      isBalanced: invariants.every((one) => one.state !== 'BROKEN'),
      invariantsCheckedAt: oldest === 0 ? null : new Date(oldest).toISOString(),
    };
  }

  private inStores(column: string, storeIds: readonly StoreId[] | 'ALL'): { sql: string; values: SqlValue[] } {
    return storeIds === 'ALL'
      ? { sql: '', values: [] }
      : { sql: ` AND ${column} IN ${marks(storeIds)}`, values: [...storeIds] };
  }

  private async one(sql: string, values: SqlValue[]): Promise<Row> {
    return (await this.database.query<Row>(sql, values))[0] ?? {};
  }

  private async day(actor: Actor, storeIds: readonly StoreId[] | 'ALL', day: string) {
    const scope = this.inStores('store_id', storeIds);
    const from = new Date(startOfBusinessDay(day));
    const row = await this.one(
      `SELECT COUNT(*) AS orders, COALESCE(SUM(total_fen), 0) AS paid, COALESCE(SUM(refunded_fen), 0) AS refunded FROM sales_order
       WHERE brand_id = ? AND channel = 'MINIAPP' AND state IN ${PAID} AND paid_at >= ? AND paid_at < ?${scope.sql}`,
      [actor.brandId, from, new Date(from.getTime() + DAY_MS), ...scope.values],
    );
    return {
      orderCount: Number(row['orders'] ?? 0),
      paidFen: Number(row['paid'] ?? 0),
      refundedFen: Number(row['refunded'] ?? 0),
    };
  }

  private async open(actor: Actor, storeIds: readonly StoreId[] | 'ALL') {
    const scope = this.inStores('store_id', storeIds);
    const [states, splits] = await Promise.all([
      this.one(
        `SELECT SUM(state = 'TO_SHIP') AS ship, SUM(state = 'TO_PICKUP') AS pickup FROM sales_order WHERE brand_id = ? AND channel = 'MINIAPP' AND state IN ('TO_SHIP','TO_PICKUP')${scope.sql}`,
        [actor.brandId, ...scope.values],
      ),
      this.one(`SELECT COUNT(*) AS n FROM split WHERE brand_id = ? AND state = 'ATTENTION'${scope.sql}`, [
        actor.brandId,
        ...scope.values,
      ]),
    ]);
    return {
      toShip: Number(states['ship'] ?? 0),
      toPickup: Number(states['pickup'] ?? 0),
      splitAttention: Number(splits['n'] ?? 0),
    };
  }

  /** Members belong to the brand; a franchisee is not told how many there are. */
  private async members(actor: Actor, day: string) {
    if (actor.kind !== 'hq') return { memberCount: 0, newMemberCount: 0 };
    const from = new Date(startOfBusinessDay(day));
    const row = await this.one(
      'SELECT COUNT(*) AS n, SUM(joined_at >= ? AND joined_at < ?) AS fresh FROM member WHERE brand_id = ?',
      [from, new Date(from.getTime() + DAY_MS), actor.brandId],
    );
    return { memberCount: Number(row['n'] ?? 0), newMemberCount: Number(row['fresh'] ?? 0) };
  }

  private async parties(actor: Actor, storeIds: readonly StoreId[] | 'ALL', day: string) {
    const scope = this.inStores('store_id', storeIds);
    const rows = await this.database.query<Row>(
      `SELECT party, SUM(fen) AS fen FROM entitlement_leg WHERE brand_id = ? AND business_day = ?${scope.sql} GROUP BY party`,
      [actor.brandId, day, ...scope.values],
    );
    const of = (party: string) => Number(rows.find((row) => row['party'] === party)?.['fen'] ?? 0);
    return { brandFen: of('BRAND'), franchiseeFen: of('FRANCHISEE'), guideFen: of('GUIDE'), channelFen: of('CHANNEL') };
  }

  private async days(actor: Actor, storeIds: readonly StoreId[] | 'ALL', day: string) {
    const scope = this.inStores('store_id', storeIds);
    const first = addDays(day, 1 - DAYS_SHOWN);
    const rows = await this.database.query<Row>(
      `SELECT DATE_FORMAT(DATE_ADD(paid_at, INTERVAL 8 HOUR), '%Y-%m-%d') AS day, COUNT(*) AS orders, SUM(total_fen) AS paid FROM sales_order
       WHERE brand_id = ? AND channel = 'MINIAPP' AND state IN ${PAID} AND paid_at >= ? AND paid_at < ?${scope.sql} GROUP BY 1`,
      [actor.brandId, new Date(startOfBusinessDay(first)), new Date(startOfBusinessDay(day) + DAY_MS), ...scope.values],
    );
    return Array.from({ length: DAYS_SHOWN }, (_, index) => {
      const shown = addDays(first, index);
      const row = rows.find((one) => one['day'] === shown);
      return { day: shown as string, orderCount: Number(row?.['orders'] ?? 0), paidFen: Number(row?.['paid'] ?? 0) };
    });
  }

  private async topStores(actor: Actor, storeIds: readonly StoreId[] | 'ALL', day: string) {
    const scope = this.inStores('store_id', storeIds);
    const rows = await this.database.query<Row>(
      `SELECT store_id, COUNT(*) AS orders, SUM(total_fen) AS paid FROM sales_order WHERE brand_id = ? AND channel = 'MINIAPP' AND state IN ${PAID} AND paid_at >= ? AND paid_at < ?${scope.sql}
       GROUP BY store_id ORDER BY paid DESC LIMIT ${TOP_STORES}`,
      [
        actor.brandId,
        new Date(startOfBusinessDay(addDays(day, 1 - DAYS_SHOWN))),
        new Date(startOfBusinessDay(day) + DAY_MS),
        ...scope.values,
      ],
    );
    return rows.map((row) => ({
      storeId: row['store_id'] ?? '',
      orderCount: Number(row['orders']),
      paidFen: Number(row['paid']),
    }));
  }

  private async tasks(actor: Actor, storeIds: readonly StoreId[] | 'ALL', day: string) {
    const scope = this.inStores('g.store_id', storeIds);
    const row = await this.one(
      `SELECT SUM(i.sent_at IS NOT NULL) AS sent, SUM(i.ordered_at IS NOT NULL) AS ordered FROM task_item i JOIN guide g ON g.brand_id = i.brand_id AND g.id = i.guide_id
       WHERE i.brand_id = ? AND i.day = ?${scope.sql}`,
      [actor.brandId, day, ...scope.values],
    );
    return { taskSent: Number(row['sent'] ?? 0), taskOrdered: Number(row['ordered'] ?? 0) };
  }
}
