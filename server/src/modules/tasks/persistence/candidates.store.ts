import { type BrandId, composeId, DAY_MS, type GuideId, type Id, type MemberId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import { type Audience, type AudienceKind, daysOf } from '../domain/audience.js';
import type { Finding, SourceKind } from '../domain/candidate.js';

/** How many of one source a guide can get; the pack holds fewer. */
const PER_GUIDE = 60;
const PAID = "('TO_SHIP','TO_PICKUP','SHIPPED','RECEIVED','FINISHED')";
const ALERT_HOURS = 72;
const ALERT_VIEWS = 3;

/** What one source joins to a guide's friends, with its parameters in order of appearance. */
interface Source {
  join: string;
  where: string;
  values: readonly SqlValue[];
  count: string;
  note: string;
  product: string;
  order: string;
}
const source = (more: Partial<Source>): Source => ({
  join: '',
  where: '',
  values: [],
  count: '0',
  note: 'NULL',
  product: 'NULL',
  order: 'v.total_fen DESC',
  ...more,
});

const NOT_BOUGHT_SINCE = `NOT EXISTS (SELECT 1 FROM sales_order o JOIN order_line l ON l.brand_id = o.brand_id AND l.order_id = o.id
  WHERE o.brand_id = c.brand_id AND o.member_id = c.member_id AND o.state IN ${PAID} AND o.created_at >= w.first_at AND l.product_id = w.product_id)`;

/** Another guide's exclusive customer is that guide's to serve: this one sees a limited page and could not do the task. */
const NOT_ANOTHERS = `NOT EXISTS (SELECT 1 FROM binding b WHERE b.brand_id = c.brand_id AND b.member_id = c.member_id AND b.guide_id <> r.guide_id)`;

/** Who has turned personalisation off is not picked by a computation (PIPL art. 24); the guide may still write by hand. */
const PERSONALISED = `NOT EXISTS (SELECT 1 FROM member p WHERE p.brand_id = c.brand_id AND p.id = c.member_id AND p.is_personalised = 0)`;

/**
 * Who wants no offers is not picked for them either, whatever the campaign; nor who shares nothing with the store, since the
 * reason of a task tells of purchases.
 */
const TAKES_OFFERS = `NOT EXISTS (SELECT 1 FROM consent k WHERE k.brand_id = c.brand_id AND k.member_id = c.member_id AND k.is_given = 0
  AND (k.purpose = 'SHARE_STORE' OR (k.purpose = 'MARKETING' AND k.sub_brand = 'MAIN')))`;

/** Audiences of tasks as data: each kind is a join to the guide's friends (the sentence for people is in domain/audience.ts). */
const AUDIENCES: Record<AudienceKind, (audience: Audience, now: Date) => Source> = {
  ALL_CONTACTS: () => source({}),
  VIEWED_PRODUCT: (audience, now) =>
    source({
      join: `JOIN (SELECT member_id, product_id, COUNT(*) AS views, MIN(at) AS first_at FROM browse_event WHERE brand_id = ? AND product_id = ? AND type = 'VIEW'
        AND at >= ? AND member_id IS NOT NULL GROUP BY member_id, product_id) w ON w.member_id = c.member_id`,
      where: `AND ${NOT_BOUGHT_SINCE}`,
      values: [audience.productId ?? '0', daysBefore(now, daysOf(audience))],
      count: 'w.views',
      product: 'w.product_id',
      order: 'w.views DESC',
    }),
  DORMANT: (audience, now) => source({ where: 'AND v.last_at < ?', values: [daysBefore(now, daysOf(audience))] }),
  NEW_MEMBER: (audience, now) =>
    source({
      join: 'JOIN member m ON m.brand_id = c.brand_id AND m.id = c.member_id AND m.joined_at >= ?',
      values: [daysBefore(now, daysOf(audience))],
      order: 'm.joined_at DESC',
    }),
  TAG: (audience, now) =>
    source({
      join: `JOIN member_tag t ON t.brand_id = c.brand_id AND t.member_id = c.member_id AND t.tag_id = ? AND (t.expires_at IS NULL OR t.expires_at > ?)`,
      values: [audience.tagId ?? '0', now],
      note: 't.reason',
    }),
};

/** Shorter medians than this say nothing about when somebody will buy again. */
const RHYTHM_MIN_DAYS = 14;

/** What happened by itself and is worth a word today. */
export const ALERTS: Record<'VIEWED_OFTEN' | 'REPURCHASE' | 'NEW_FRIEND', (now: Date, startOfDay: Date) => Source> = {
  VIEWED_OFTEN: (now) =>
    source({
      join: `JOIN (SELECT b.member_id, b.product_id, COUNT(*) AS views, MIN(b.at) AS first_at FROM browse_event b WHERE b.brand_id = ? AND b.at >= ? AND b.type = 'VIEW'
        AND b.product_id IS NOT NULL AND b.member_id IN (SELECT f.member_id FROM contact_relation g JOIN contact f ON f.brand_id = g.brand_id AND f.external_userid = g.external_userid
        WHERE g.brand_id = ? AND g.guide_id IN (:guides) AND g.state = 'FRIEND' AND f.member_id IS NOT NULL) GROUP BY b.member_id, b.product_id HAVING COUNT(*) >= ${ALERT_VIEWS}) w
        ON w.member_id = c.member_id`,
      where: `AND ${NOT_BOUGHT_SINCE}`,
      values: [new Date(now.getTime() - ALERT_HOURS * 3_600_000)],
      count: 'w.views',
      product: 'w.product_id',
      order: 'w.views DESC, w.product_id',
    }),
  REPURCHASE: (now) =>
    source({
      // A rhythm of a few days is chance, and who bought this week has just been here.
      where: `AND v.expected_next_at BETWEEN ? AND ? AND v.median_gap_days >= ${RHYTHM_MIN_DAYS} AND v.last_at < ?`,
      values: [daysBefore(now, 7), daysBefore(now, -7), daysBefore(now, 7)],
      note: `CONCAT('平时约 ', v.median_gap_days, ' 天买一次，差不多到时候了')`,
      order: 'v.m DESC, v.total_fen DESC',
    }),
  NEW_FRIEND: (now, startOfDay) =>
    source({
      where: 'AND r.added_at >= ? AND r.added_at < ?',
      values: [daysBefore(startOfDay, 1), now],
      order: 'r.added_at DESC',
    }),
};

export const daysBefore = (at: Date, days: number): Date => new Date(at.getTime() - days * DAY_MS);

interface FindingRow {
  guide_id: GuideId;
  external_userid: string;
  member_id: MemberId | null;
  customer_name: string;
  hits: string;
  note: string | null;
  product_id: Id<'product'> | null;
  last_at: Date | null;
  m: number | null;
}
export interface Contacted {
  guideId: GuideId;
  externalUserId: string;
}
export interface Handled extends Contacted {
  taskId: Id<'task'> | null;
  kind: string;
  productId: Id<'product'> | null;
}

/** Candidates of guides, found by one statement per source for a whole range of guides. */
export class CandidatesStore {
  audience(on: Queryable, brandId: BrandId, guideIds: readonly GuideId[], audience: Audience, now: Date) {
    return this.find(on, brandId, guideIds, audience.kind, AUDIENCES[audience.kind](audience, now));
  }

  alert(
    on: Queryable,
    brandId: BrandId,
    guideIds: readonly GuideId[],
    kind: keyof typeof ALERTS,
    now: Date,
    startOfDay: Date,
  ) {
    return this.find(on, brandId, guideIds, kind, ALERTS[kind](now, startOfDay));
  }

  /** Whom these guides have written to since an instant. */
  async contacted(on: Queryable, brandId: BrandId, guideIds: readonly GuideId[], since: Date): Promise<Contacted[]> {
    const rows = await on.query<{ guide_id: GuideId; external_userid: string }>(
      `SELECT DISTINCT guide_id, external_userid FROM chat_send WHERE brand_id = ? AND guide_id IN ${marks(guideIds)} AND id >= ? AND state = 'SENT' AND reported_at >= ?`,
      // Ids are time-ordered: a send is reported within a day of being prepared, so older rows need not be read.
      [brandId, ...guideIds, composeId(since.getTime() - DAY_MS, 0, 0), since],
    );
    return rows.map((row) => ({ guideId: row.guide_id, externalUserId: row.external_userid }));
  }

  /** Items of these guides that were sent or skipped: of the tasks at any time, of alerts since a day. */
  async handled(
    on: Queryable,
    brandId: BrandId,
    guideIds: readonly GuideId[],
    taskIds: readonly Id<'task'>[],
    sinceDay: string,
  ): Promise<Handled[]> {
    const columns =
      'SELECT guide_id, external_userid, task_id, kind, product_id FROM task_item WHERE brand_id = ? AND guide_id IN';
    const done = "state IN ('SENT','OPENED','ORDERED','SKIPPED')";
    const rows = await on.query<{
      guide_id: GuideId;
      external_userid: string;
      task_id: Id<'task'> | null;
      kind: string;
      product_id: Id<'product'> | null;
    }>(
      `${columns} ${marks(guideIds)} AND task_id IN ${marks(taskIds)} AND ${done} UNION ALL ${columns} ${marks(guideIds)} AND day >= ? AND task_id IS NULL AND ${done}`,
      [brandId, ...guideIds, ...taskIds, brandId, ...guideIds, sinceDay],
    );
    return rows.map((row) => ({
      guideId: row.guide_id,
      externalUserId: row.external_userid,
      taskId: row.task_id,
      kind: row.kind,
      productId: row.product_id,
    }));
  }

  /** How many friends each guide has; a guide without any is missing. */
  async friendCounts(on: Queryable, brandId: BrandId, guideIds: readonly GuideId[]): Promise<Map<GuideId, number>> {
    const rows = await on.query<{ guide_id: GuideId; n: string }>(
      `SELECT guide_id, COUNT(*) AS n FROM contact_relation WHERE brand_id = ? AND guide_id IN ${marks(guideIds)} AND state = 'FRIEND' GROUP BY guide_id`,
      [brandId, ...guideIds],
    );
    return new Map(rows.map((row) => [row.guide_id, Number(row.n)]));
  }

  private async find(
    on: Queryable,
    brandId: BrandId,
    guideIds: readonly GuideId[],
    kind: SourceKind,
    { join, where, values, count, note, product, order }: Source,
  ): Promise<Finding[]> {
    const joined = parametersOf(join, brandId, guideIds, values);
    const rows = await on.query<FindingRow>(
      `SELECT guide_id, external_userid, member_id, customer_name, hits, note, product_id, last_at, m FROM (
        SELECT r.guide_id, r.external_userid, c.member_id, IF(r.remark = '', c.name, r.remark) AS customer_name, ${count} AS hits, ${note} AS note, ${product} AS product_id,
          v.last_at, v.m, ROW_NUMBER() OVER (PARTITION BY r.guide_id ORDER BY ${order}, r.external_userid) AS place
        FROM contact_relation r JOIN contact c ON c.brand_id = r.brand_id AND c.external_userid = r.external_userid
        LEFT JOIN member_value v ON v.brand_id = c.brand_id AND v.member_id = c.member_id ${joined.sql}
        WHERE r.brand_id = ? AND r.guide_id IN ${marks(guideIds)} AND r.state = 'FRIEND'
          AND ${NOT_ANOTHERS} AND ${PERSONALISED} AND ${TAKES_OFFERS} ${where}) found WHERE place <= ${PER_GUIDE}`,
      [...joined.values, brandId, ...guideIds, ...joined.rest],
    );
    return rows.map((row) => ({
      guideId: row.guide_id,
      externalUserId: row.external_userid,
      memberId: row.member_id,
      customerName: row.customer_name,
      kind,
      taskId: null,
      productId: row.product_id,
      count: Number(row.hits),
      note: row.note,
      lastBoughtAt: row.last_at,
      moneyScore: row.m ?? 0,
    }));
  }
}

/** Fills a join's brand and guides where it asks for them, and hands what it does not use on to the condition. */
function parametersOf(join: string, brandId: BrandId, guideIds: readonly GuideId[], values: readonly SqlValue[]) {
  const own = [...values];
  const used: SqlValue[] = [];
  const sql = join.replace(/brand_id = \?|IN \(:guides\)|\?/g, (part) => {
    if (part === 'brand_id = ?') used.push(brandId);
    else if (part === '?') used.push(own.shift() ?? null);
    else {
      used.push(...guideIds);
      return `IN ${marks(guideIds)}`;
    }
    return part;
  });
  return { sql, values: used, rest: own };
}
