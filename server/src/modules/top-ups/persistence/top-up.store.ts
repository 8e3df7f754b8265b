import {
  addFen,
  type BrandId,
  type Fen,
  type GuideId,
  type Id,
  type MemberId,
  parseFen,
  type StoreId,
  ZERO_FEN,
} from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Activity, ActivityBody } from '../domain/tiers.js';

export type TopUpState = 'CREATED' | 'CREDITED' | 'CLOSED' | 'PARTLY_REFUNDED' | 'REFUNDED';
export interface TopUp {
  brandId: BrandId;
  id: Id<'top-up'>;
  topUpNo: string;
  memberId: MemberId;
  storeId: StoreId;
  guideId: GuideId | null;
  state: TopUpState;
  payFen: Fen;
  bonusFen: Fen;
  points: number;
  couponTemplateId: string | null;
  activityId: string | null;
  activityVersion: number | null;
  tierId: string | null;
  bonusDays: number | null;
  agreementVersion: number;
  /** What was promised, word for word. */
  promise: { text: string; activityName: string | null; policy: string };
  refundedFen: Fen;
  createdAt: Date;
  dueAt: Date;
  creditedAt: Date | null;
}
type Row = Record<string, unknown>;
const parsed = <T>(value: unknown): T => (typeof value === 'string' ? (JSON.parse(value) as T) : (value as T));

const topUpOf = (row: Row): TopUp => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as TopUp['id'],
  topUpNo: row['top_up_no'] as string,
  memberId: row['member_id'] as MemberId,
  storeId: row['store_id'] as StoreId,
  guideId: row['guide_id'] as GuideId | null,
  state: row['state'] as TopUpState,
  payFen: parseFen(row['pay_fen']),
  bonusFen: parseFen(row['bonus_fen']),
  points: Number(row['points']),
  couponTemplateId: row['coupon_template_id'] as string | null,
  activityId: row['activity_id'] as string | null,
  activityVersion: row['activity_version'] as number | null,
  tierId: row['tier_id'] as string | null,
  bonusDays: row['bonus_days'] as number | null,
  agreementVersion: row['agreement_version'] as number,
  promise: parsed(row['promise']),
  refundedFen: parseFen(row['refunded_fen']),
  createdAt: row['created_at'] as Date,
  dueAt: row['due_at'] as Date,
  creditedAt: row['credited_at'] as Date | null,
});
const activityOf = (row: Row): Activity => ({
  id: row['id'] as Activity['id'],
  version: row['version'] as number,
  startsAt: row['starts_at'] as Date,
  endsAt: row['ends_at'] as Date | null,
  stoppedAt: row['stopped_at'] as Date | null,
  body: parsed<ActivityBody>(row['body']),
});

/** A top-up as far as limits and caps count it. */
export interface CountedTopUp {
  activityId: string | null;
  payFen: Fen;
  at: Date;
  /** What the balance will have more once it is paid; nothing for one that is. */
  comingFen: Fen;
}

export interface TopUpFilter {
  memberId?: MemberId;
  storeIds?: readonly StoreId[] | 'ALL';
  state?: string;
  before: string | null;
}

/** Top-ups and the activities that promise something for them. */
export class TopUpStore {
  async insert(tx: Tx, one: TopUp): Promise<void> {
    const values: SqlValue[] = [
      ...[
        one.brandId,
        one.id,
        one.topUpNo,
        one.memberId,
        one.storeId,
        one.guideId,
        one.state,
        one.payFen,
        one.bonusFen,
      ],
      ...[one.points, one.couponTemplateId, one.activityId, one.activityVersion, one.tierId, one.bonusDays],
      ...[one.agreementVersion, JSON.stringify(one.promise)],
      one.createdAt,
      one.dueAt,
    ];
    await tx.execute(
      `INSERT INTO top_up (brand_id, id, top_up_no, member_id, store_id, guide_id, state, pay_fen, bonus_fen, points, coupon_template_id, activity_id,
       activity_version, tier_id, bonus_days, agreement_version, promise, created_at, due_at) VALUES (${values.map(() => '?').join(',')})`,
      values,
    );
  }

  async find(on: Queryable, brandId: BrandId, id: Id, isLocked = false): Promise<TopUp | null> {
    const [row] = await on.query<Row>(
      `SELECT * FROM top_up WHERE brand_id = ? AND id = ?${isLocked ? ' FOR UPDATE' : ''}`,
      [brandId, id],
    );
    return row ? topUpOf(row) : null;
  }

  async byIds(on: Queryable, brandId: BrandId, ids: readonly Id[]): Promise<TopUp[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<Row>(`SELECT * FROM top_up WHERE brand_id = ? AND id IN ${marks(ids)} ORDER BY id`, [
      brandId,
      ...ids,
    ]);
    return rows.map(topUpOf);
  }

  async list(on: Queryable, brandId: BrandId, filter: TopUpFilter, limit: number): Promise<TopUp[]> {
    const { memberId, storeIds, state, before } = filter;
    const wheres = ['brand_id = ?'];
    const values: SqlValue[] = [brandId];
    const and = (sql: string, ...more: SqlValue[]) => {
      wheres.push(sql);
      values.push(...more);
    };
    if (memberId) and('member_id = ?', memberId);
    if (storeIds && storeIds !== 'ALL') and(`store_id IN ${marks(storeIds)}`, ...storeIds);
    if (state) and('state = ?', state);
    if (before) and('id < ?', before);
    const rows = await on.query<Row>(`SELECT * FROM top_up WHERE ${wheres.join(' AND ')} ORDER BY id DESC LIMIT ?`, [
      ...values,
      limit,
    ]);
    return rows.map(topUpOf);
  }

  async move(tx: Tx, one: TopUp, from: TopUpState, to: TopUpState): Promise<boolean> {
    const { affectedRows } = await tx.execute(
      `UPDATE top_up SET state = ?${to === 'CREDITED' ? ', credited_at = ?' : ''} WHERE brand_id = ? AND id = ? AND state = ?`,
      [to, ...(to === 'CREDITED' ? [tx.now] : []), one.brandId, one.id, from],
    );
    return affectedRows === 1;
  }

  async addRefunded(tx: Tx, one: TopUp, refundFen: Fen, isAll: boolean): Promise<void> {
    await tx.execute('UPDATE top_up SET refunded_fen = refunded_fen + ?, state = ? WHERE brand_id = ? AND id = ?', [
      refundFen,
      isAll ? 'REFUNDED' : 'PARTLY_REFUNDED',
      one.brandId,
      one.id,
    ]);
  }

  /** Top-ups of a member that count against limits: credited, or waiting for their money. */
  async counted(on: Queryable, brandId: BrandId, memberId: MemberId, now: Date): Promise<CountedTopUp[]> {
    const rows = await on.query<{
      activity_id: string | null;
      pay_fen: string;
      bonus_fen: string;
      created_at: Date;
      state: TopUpState;
    }>(
      `SELECT activity_id, pay_fen, bonus_fen, created_at, state FROM top_up
       WHERE brand_id = ? AND member_id = ? AND (state IN ('CREDITED','PARTLY_REFUNDED','REFUNDED') OR (state = 'CREATED' AND due_at > ?)) LIMIT 1000`,
      [brandId, memberId, now],
    );
    return rows.map((row) => ({
      activityId: row.activity_id,
      payFen: parseFen(row.pay_fen),
      at: row.created_at,
      comingFen: row.state === 'CREATED' ? addFen(parseFen(row.pay_fen), parseFen(row.bonus_fen)) : ZERO_FEN,
    }));
  }

  /** A member's top-ups before an id that could still be paid. */
  async waiting(on: Queryable, brandId: BrandId, memberId: MemberId, now: Date, before: Id): Promise<Id<'top-up'>[]> {
    const rows = await on.query<{ id: Id<'top-up'> }>(
      "SELECT id FROM top_up WHERE brand_id = ? AND member_id = ? AND state = 'CREATED' AND due_at > ? AND id < ? ORDER BY id LIMIT 100",
      [brandId, memberId, now, before],
    );
    return rows.map((row) => row.id);
  }

  due(on: Queryable, now: Date, limit: number): Promise<{ brand_id: BrandId; id: Id }[]> {
    return on.query("SELECT brand_id, id FROM top_up WHERE state = 'CREATED' AND due_at <= ? ORDER BY due_at LIMIT ?", [
      now,
      limit,
    ]);
  }

  async activities(on: Queryable, brandId: BrandId): Promise<Activity[]> {
    const rows = await on.query<Row>(
      'SELECT id, version, body, starts_at, ends_at, stopped_at FROM top_up_activity WHERE brand_id = ? AND is_current = 1 ORDER BY id DESC LIMIT 200',
      [brandId],
    );
    return rows.map(activityOf);
  }

  async addVersion(tx: Tx, brandId: BrandId, one: Activity, by: string): Promise<void> {
    await tx.execute('UPDATE top_up_activity SET is_current = 0 WHERE brand_id = ? AND id = ?', [brandId, one.id]);
    await tx.execute(
      `INSERT INTO top_up_activity (brand_id, id, version, name, body, starts_at, ends_at, is_current, stopped_at, created_by, created_at)
       VALUES (?,?,?,?,?,?,?,1,?,?,?)`,
      [
        ...[brandId, one.id, one.version, one.body.name, JSON.stringify(one.body)],
        one.startsAt,
        one.endsAt,
        one.stoppedAt,
        by,
        tx.now,
      ],
    );
  }

  async figures(on: Queryable, brandId: BrandId): Promise<Map<string, { count: number; fen: number }>> {
    const rows = await on.query<{ activity_id: string; n: string; fen: string }>(
      `SELECT activity_id, COUNT(*) AS n, SUM(pay_fen) AS fen FROM top_up WHERE brand_id = ? AND activity_id IS NOT NULL
       AND state IN ('CREDITED','PARTLY_REFUNDED','REFUNDED') GROUP BY activity_id`,
      [brandId],
    );
    return new Map(rows.map((row) => [row.activity_id, { count: Number(row.n), fen: Number(row.fen) }]));
  }
}
