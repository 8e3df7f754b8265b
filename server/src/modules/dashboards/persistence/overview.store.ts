import type { consoleRoutes, ResponseOf } from '@shuke/shared/contracts';
import { addDays, type BrandId, DAY_MS, type Id, type StoreId, startOfBusinessDay } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';

type Row = Record<string, string | null>;

/** Whose figures: a brand's, and which of its stores'. */
export interface OverviewScope {
  brandId: BrandId;
  storeIds: readonly StoreId[] | 'ALL';
}

const PAID = "('TO_SHIP','TO_PICKUP','SHIPPED','RECEIVED','FINISHED','REFUNDED')";
const SALES = `FROM sales_order WHERE brand_id = ? AND channel = 'MINIAPP' AND state IN ${PAID} AND paid_at >= ? AND paid_at < ?`;

const inStores = (column: string, { storeIds }: OverviewScope): { sql: string; values: SqlValue[] } =>
  storeIds === 'ALL' ? { sql: '', values: [] } : { sql: ` AND ${column} IN ${marks(storeIds)}`, values: [...storeIds] };

/** The instants that a business day begins and ends at, `days` days of which end with it. */
const bounds = (day: string, days = 1): [Date, Date] => [
  new Date(startOfBusinessDay(addDays(day, 1 - days))),
  new Date(startOfBusinessDay(day) + DAY_MS),
];

type Todo = NonNullable<ResponseOf<typeof consoleRoutes.overview>['todo']>[number]['kind'];

const brandTodo = (brandId: BrandId): [Todo, string, SqlValue[]][] => [
  ['AVATAR', "FROM consumer_picture WHERE brand_id = ? AND check_state = 'MANUAL' AND purpose = 'AVATAR'", [brandId]],
  [
    'DISPUTE',
    `FROM statement t WHERE brand_id = ? AND state = 'DISPUTED' AND EXISTS (SELECT 1 FROM statement_dispute d
       WHERE d.brand_id = t.brand_id AND d.franchisee_id = t.franchisee_id AND d.business_day = t.business_day AND d.state = 'OPEN')`,
    [brandId],
  ],
  ['PAYABLE', "FROM statement WHERE brand_id = ? AND unpaid_lines > 0 AND state = 'LOCKED'", [brandId]],
];
const ownTodo = (brandId: BrandId, franchiseeId: Id<'franchisee'>): [Todo, string, SqlValue[]][] => [
  [
    'CONFIRM',
    "FROM statement WHERE brand_id = ? AND franchisee_id = ? AND state = 'PUBLISHED'",
    [brandId, franchiseeId],
  ],
  [
    'ANSWERED',
    `FROM statement t WHERE brand_id = ? AND franchisee_id = ? AND state = 'DISPUTED' AND NOT EXISTS (SELECT 1 FROM statement_dispute d
       WHERE d.brand_id = t.brand_id AND d.franchisee_id = t.franchisee_id AND d.business_day = t.business_day AND d.state = 'OPEN')`,
    [brandId, franchiseeId],
  ],
];

/** All SQL of the desk's first page: figures over the tables of many modules, one statement each. */
export class OverviewStore {
  /** What was sold on a business day. */
  async sales(on: Queryable, scope: OverviewScope, day: string) {
    const stores = inStores('store_id', scope);
    const row = await this.one(
      on,
      `SELECT COUNT(*) AS orders, SUM(total_fen) AS paid, SUM(refunded_fen) AS refunded ${SALES}${stores.sql}`,
      [scope.brandId, ...bounds(day), ...stores.values],
    );
    return {
      orderCount: Number(row['orders'] ?? 0),
      paidFen: Number(row['paid'] ?? 0),
      refundedFen: Number(row['refunded'] ?? 0),
    };
  }

  /** Orders that wait for their store. */
  async waiting(on: Queryable, scope: OverviewScope) {
    const stores = inStores('store_id', scope);
    const row = await this.one(
      on,
      `SELECT SUM(state = 'TO_SHIP') AS ship, SUM(state = 'TO_PICKUP') AS pickup FROM sales_order WHERE brand_id = ? AND channel = 'MINIAPP' AND state IN ('TO_SHIP','TO_PICKUP')${stores.sql}`,
      [scope.brandId, ...stores.values],
    );
    return { toShip: Number(row['ship'] ?? 0), toPickup: Number(row['pickup'] ?? 0) };
  }

  /** Splits that need a person. */
  async stoppedSplits(on: Queryable, scope: OverviewScope): Promise<number> {
    const stores = inStores('store_id', scope);
    const row = await this.one(
      on,
      `SELECT COUNT(*) AS n FROM split WHERE brand_id = ? AND state = 'ATTENTION'${stores.sql}`,
      [scope.brandId, ...stores.values],
    );
    return Number(row['n'] ?? 0);
  }

  /** What waits for a person of the desk: of headquarters, or of a franchisee. */
  async todo(on: Queryable, scope: OverviewScope, franchiseeId: Id<'franchisee'> | null) {
    const { brandId } = scope;
    const stores = inStores('store_id', scope);
    const counts: [kind: Todo, sql: string, values: SqlValue[]][] = [
      [
        'AFTER_SALE',
        `FROM after_sale_case WHERE brand_id = ? AND state = 'REQUESTED' AND paused_ms IS NULL${stores.sql}`,
        [brandId, ...stores.values],
      ],
      [
        'LOW_REVIEW',
        `FROM review_ticket WHERE brand_id = ? AND state = 'OPEN'${stores.sql}`,
        [brandId, ...stores.values],
      ],
      ...(franchiseeId ? ownTodo(brandId, franchiseeId) : brandTodo(brandId)),
    ];
    const rows = await on.query<{ kind: Todo; n: string }>(
      counts.map(([kind, sql]) => `SELECT '${kind}' AS kind, COUNT(*) AS n ${sql}`).join(' UNION ALL '),
      counts.flatMap(([, , values]) => values),
    );
    return rows.map(({ kind, n }) => ({ kind, count: Number(n) })).filter(({ count }) => count > 0);
  }

  /** Members of the brand, and those who joined on a business day. */
  async members(on: Queryable, brandId: BrandId, day: string) {
    const row = await this.one(
      on,
      'SELECT COUNT(*) AS n, SUM(joined_at >= ? AND joined_at < ?) AS fresh FROM member WHERE brand_id = ?',
      [...bounds(day), brandId],
    );
    return { memberCount: Number(row['n'] ?? 0), newMemberCount: Number(row['fresh'] ?? 0) };
  }

  /** Who became entitled to how much on a business day, reversals taken off. */
  async parties(on: Queryable, scope: OverviewScope, day: string) {
    const stores = inStores('store_id', scope);
    const rows = await on.query<Row>(
      `SELECT party, SUM(fen) AS fen FROM entitlement_leg WHERE brand_id = ? AND business_day = ?${stores.sql} GROUP BY party`,
      [scope.brandId, day, ...stores.values],
    );
    const of = (party: string) => Number(rows.find((row) => row['party'] === party)?.['fen'] ?? 0);
    return { brandFen: of('BRAND'), franchiseeFen: of('FRANCHISEE'), guideFen: of('GUIDE'), channelFen: of('CHANNEL') };
  }

  /** What was sold on each of the days that end with one; a day without sales is missing. */
  async byDay(on: Queryable, scope: OverviewScope, day: string, days: number) {
    const stores = inStores('store_id', scope);
    const rows = await on.query<Row>(
      `SELECT DATE_FORMAT(DATE_ADD(paid_at, INTERVAL 8 HOUR), '%Y-%m-%d') AS day, COUNT(*) AS orders, SUM(total_fen) AS paid ${SALES}${stores.sql} GROUP BY 1`,
      [scope.brandId, ...bounds(day, days), ...stores.values],
    );
    return new Map(
      rows.map((row) => [row['day'] ?? '', { orderCount: Number(row['orders']), paidFen: Number(row['paid']) }]),
    );
  }

  /** The stores that sold most in the days that end with one. */
  async topStores(on: Queryable, scope: OverviewScope, day: string, days: number, limit: number) {
    const stores = inStores('store_id', scope);
    const rows = await on.query<Row>(
      `SELECT store_id, COUNT(*) AS orders, SUM(total_fen) AS paid ${SALES}${stores.sql} GROUP BY store_id ORDER BY paid DESC LIMIT ?`,
      [scope.brandId, ...bounds(day, days), ...stores.values, limit],
    );
    return rows.map((row) => ({
      storeId: row['store_id'] as StoreId,
      orderCount: Number(row['orders']),
      paidFen: Number(row['paid']),
    }));
  }

  /** What guides did with their packs of a business day. */
  async tasks(on: Queryable, scope: OverviewScope, day: string) {
    const stores = inStores('g.store_id', scope);
    const row = await this.one(
      on,
      `SELECT SUM(i.sent_at IS NOT NULL) AS sent, SUM(i.ordered_at IS NOT NULL) AS ordered FROM task_item i JOIN guide g ON g.brand_id = i.brand_id AND g.id = i.guide_id
       WHERE i.brand_id = ? AND i.day = ?${stores.sql}`,
      [scope.brandId, day, ...stores.values],
    );
    return { taskSent: Number(row['sent'] ?? 0), taskOrdered: Number(row['ordered'] ?? 0) };
  }

  private async one(on: Queryable, sql: string, values: readonly SqlValue[]): Promise<Row> {
    return (await on.query<Row>(sql, values))[0] ?? {};
  }
}
