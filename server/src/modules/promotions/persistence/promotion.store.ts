import type { GoodsScopeInput, PlayKind } from '@shuke/shared/contracts';
import { type BrandId, type Fen, type Id, parseFen, type StoreId } from '@shuke/shared/kernel';
import type { PriceBearer, Stacking } from '@shuke/shared/rules';
import { Conditions, containing } from '../../../platform/database/conditions.js';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Terms } from '../domain/play.js';
import type { Promotion, PromotionId, ShownState, StoredState } from '../domain/promotion.js';

type Row = Record<string, unknown>;

/** JSON columns are text on MariaDB and values on MySQL. */
export const json = <T>(value: unknown): T => (typeof value === 'string' ? JSON.parse(value) : value) as T;
const fenOrNull = (value: unknown): Fen | null => (value === null || value === undefined ? null : parseFen(value));
const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

function promotionOf(row: Row): Promotion {
  return {
    brandId: row['brand_id'] as BrandId,
    id: row['id'] as PromotionId,
    kind: row['kind'] as PlayKind,
    name: row['name'] as string,
    state: row['state'] as StoredState,
    franchiseeId: row['franchisee_id'] as Id<'franchisee'> | null,
    terms: json<Terms>(row['terms']),
    scope: json<GoodsScopeInput>(row['scope']),
    storeIds: json<StoreId[] | null>(row['store_ids'] ?? null),
    optedOut: json<StoreId[]>(row['opted_out']),
    stacking: json<Stacking>(row['stacking']),
    priority: Number(row['priority']),
    bearers: json<PriceBearer[]>(row['bearers']),
    startsAt: row['starts_at'] as Date,
    endsAt: row['ends_at'] as Date,
    memberLimit: numberOrNull(row['member_limit']),
    totalLimit: numberOrNull(row['total_limit']),
    budgetFen: fenOrNull(row['budget_fen']),
    dayBudgetFen: fenOrNull(row['day_budget_fen']),
    storeBudgetFen: fenOrNull(row['store_budget_fen']),
    createdBy: row['created_by'] as string,
    createdAt: row['created_at'] as Date,
    publishedAt: row['published_at'] as Date | null,
    version: Number(row['version']),
    usedCount: Number(row['used_count'] ?? 0),
    usedFen: parseFen(row['used_fen'] ?? 0),
  };
}

const SELECT = `SELECT p.*, c.used_count, c.used_fen FROM promotion p
  LEFT JOIN promotion_counter c ON c.brand_id = p.brand_id AND c.promotion_id = p.id AND c.counter = 'ALL'`;

/** What an editor may set. */
export type PromotionDraft = Omit<
  Promotion,
  'state' | 'optedOut' | 'createdBy' | 'createdAt' | 'publishedAt' | 'version' | 'usedCount' | 'usedFen'
>;

const draftValues = (draft: PromotionDraft): SqlValue[] => [
  draft.kind,
  draft.name,
  JSON.stringify(draft.terms),
  JSON.stringify(draft.scope),
  draft.storeIds === null ? null : JSON.stringify(draft.storeIds),
  JSON.stringify(draft.stacking),
  draft.priority,
  JSON.stringify(draft.bearers),
  draft.startsAt,
  draft.endsAt,
  draft.memberLimit,
  draft.totalLimit,
  draft.budgetFen,
  draft.dayBudgetFen,
  draft.storeBudgetFen,
];

export interface ListFilter {
  kind?: PlayKind | undefined;
  state?: ShownState | undefined;
  q?: string | undefined;
  /** A franchisee's view: its own ones and published ones of headquarters. */
  franchiseeId: Id<'franchisee'> | null;
}

/** Rows of promotions. */
export class PromotionStore {
  /** Published promotions that are not over, whatever their beginning; one statement. */
  async live(on: Queryable, brandId: BrandId, now: Date): Promise<Promotion[]> {
    const rows = await on.query<Row>(
      `${SELECT} WHERE p.brand_id = ? AND p.state = 'PUBLISHED' AND p.ends_at > ? ORDER BY p.id LIMIT 2000`,
      [brandId, now],
    );
    return rows.map(promotionOf);
  }

  async one(on: Queryable, brandId: BrandId, id: string): Promise<Promotion | null> {
    const [row] = await on.query<Row>(`${SELECT} WHERE p.brand_id = ? AND p.id = ?`, [brandId, id]);
    return row ? promotionOf(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: string): Promise<Promotion | null> {
    const [row] = await tx.query<Row>('SELECT * FROM promotion WHERE brand_id = ? AND id = ? FOR UPDATE', [
      brandId,
      id,
    ]);
    return row ? promotionOf(row) : null;
  }

  async byIds(on: Queryable, brandId: BrandId, ids: readonly string[]): Promise<Map<string, Promotion>> {
    if (ids.length === 0) return new Map();
    const rows = await on.query<Row>(`${SELECT} WHERE p.brand_id = ? AND p.id IN ${marks(ids)}`, [brandId, ...ids]);
    return new Map(rows.map((row) => [row['id'] as string, promotionOf(row)]));
  }

  async list(
    on: Queryable,
    brandId: BrandId,
    filter: ListFilter,
    now: Date,
    before: string | null,
    limit: number,
  ): Promise<Promotion[]> {
    const asked = new Conditions('p.brand_id = ?', brandId);
    if (before) asked.add('p.id < ?', before);
    if (filter.kind) asked.add('p.kind = ?', filter.kind);
    if (filter.q) asked.add('p.name LIKE ?', containing(filter.q));
    if (filter.franchiseeId)
      asked.add("(p.franchisee_id = ? OR (p.franchisee_id IS NULL AND p.state <> 'DRAFT'))", filter.franchiseeId);
    if (filter.state === 'DRAFT') asked.add("p.state = 'DRAFT'");
    if (filter.state === 'PAUSED') asked.add("p.state = 'PAUSED' AND p.ends_at > ?", now);
    if (filter.state === 'ENDED') asked.add("(p.state = 'ENDED' OR (p.state <> 'DRAFT' AND p.ends_at <= ?))", now);
    if (filter.state === 'LIVE') asked.add("p.state = 'PUBLISHED' AND p.starts_at <= ? AND p.ends_at > ?", now, now);
    if (filter.state === 'SCHEDULED') asked.add("p.state = 'PUBLISHED' AND p.starts_at > ?", now);
    const rows = await on.query<Row>(`${SELECT} WHERE ${asked.sql} ORDER BY p.id DESC LIMIT ?`, [
      ...asked.values,
      limit,
    ]);
    return rows.map(promotionOf);
  }

  async insert(tx: Tx, draft: PromotionDraft, createdBy: string): Promise<void> {
    await tx.execute(
      `INSERT INTO promotion (brand_id, id, franchisee_id, kind, name, terms, scope, store_ids, stacking, priority, bearers,
         starts_at, ends_at, member_limit, total_limit, budget_fen, day_budget_fen, store_budget_fen, opted_out, state, created_by, created_at)
       VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,'[]','DRAFT',?,?)`,
      [draft.brandId, draft.id, draft.franchiseeId, ...draftValues(draft), createdBy, tx.now],
    );
  }

  /** @returns false when it is no draft any more or somebody else has changed it */
  async update(tx: Tx, draft: PromotionDraft, version: number): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE promotion SET kind = ?, name = ?, terms = ?, scope = ?, store_ids = ?, stacking = ?, priority = ?, bearers = ?,
         starts_at = ?, ends_at = ?, member_limit = ?, total_limit = ?, budget_fen = ?, day_budget_fen = ?, store_budget_fen = ?, version = version + 1
       WHERE brand_id = ? AND id = ? AND version = ? AND state = 'DRAFT'`,
      [...draftValues(draft), draft.brandId, draft.id, version],
    );
    return affectedRows === 1;
  }

  async remove(tx: Tx, brandId: BrandId, id: string): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      "DELETE FROM promotion WHERE brand_id = ? AND id = ? AND state = 'DRAFT'",
      [brandId, id],
    );
    return affectedRows === 1;
  }

  /** Moves a locked promotion to another state. */
  async setState(tx: Tx, promotion: Promotion, state: StoredState, reason: string | null = null): Promise<void> {
    await tx.execute(
      `UPDATE promotion SET state = ?, published_at = IF(? = 'PUBLISHED', COALESCE(published_at, ?), published_at),
         accepted_reason = COALESCE(?, accepted_reason) WHERE brand_id = ? AND id = ?`,
      [state, state, tx.now, reason, promotion.brandId, promotion.id],
    );
  }

  /** Notes whether the promotion has set goods aside. */
  async setHolding(tx: Tx, promotion: Promotion, isHolding: boolean): Promise<void> {
    await tx.execute('UPDATE promotion SET holds_stock = ? WHERE brand_id = ? AND id = ?', [
      isHolding ? 1 : 0,
      promotion.brandId,
      promotion.id,
    ]);
  }

  /** Seckills of all brands that are over and still hold goods, or are published and hold none. */
  stale(on: Queryable, now: Date, limit: number): Promise<{ brand_id: BrandId; id: PromotionId }[]> {
    return on.query<{ brand_id: BrandId; id: PromotionId }>(
      `SELECT brand_id, id FROM promotion WHERE kind = 'SECKILL' AND ((holds_stock = 1 AND (ends_at <= ? OR state <> 'PUBLISHED'))
         OR (holds_stock = 0 AND ends_at > ? AND state = 'PUBLISHED')) ORDER BY ends_at LIMIT ?`,
      [now, now, limit],
    );
  }

  async setEnd(tx: Tx, promotion: Promotion, endsAt: Date): Promise<void> {
    await tx.execute('UPDATE promotion SET ends_at = ? WHERE brand_id = ? AND id = ?', [
      endsAt,
      promotion.brandId,
      promotion.id,
    ]);
  }

  async setOptedOut(tx: Tx, promotion: Promotion, storeIds: readonly StoreId[]): Promise<void> {
    await tx.execute('UPDATE promotion SET opted_out = ? WHERE brand_id = ? AND id = ?', [
      JSON.stringify(storeIds),
      promotion.brandId,
      promotion.id,
    ]);
  }

  async addRun(tx: Tx, promotion: Promotion, runId: string, result: unknown, by: string): Promise<void> {
    await tx.execute(
      'INSERT INTO promotion_run (brand_id, id, promotion_id, version, result, at, run_by) VALUES (?,?,?,?,?,?,?)',
      [promotion.brandId, runId, promotion.id, promotion.version, JSON.stringify(result), tx.now, by],
    );
  }

  async lastRun<T>(on: Queryable, brandId: BrandId, id: string): Promise<{ version: number; result: T } | null> {
    const [row] = await on.query<Row>(
      'SELECT version, result FROM promotion_run WHERE brand_id = ? AND promotion_id = ? ORDER BY id DESC LIMIT 1',
      [brandId, id],
    );
    return row ? { version: Number(row['version']), result: json<T>(row['result']) } : null;
  }
}
