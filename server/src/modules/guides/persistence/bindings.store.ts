import type { BrandId, GuideId, Id, MemberId, StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { BindResult, BindWay } from '../domain/decide-binding.js';

/** A member's exclusive guide (专属导购). */
export interface Binding {
  memberId: MemberId;
  guideId: GuideId;
  storeId: StoreId;
  way: BindWay;
  boundAt: Date;
  protectedUntil: Date;
  evidence: string;
}

/** One entry of a member's binding timeline, attempts that changed nothing included. */
export interface BindingEvent {
  id: Id<'bindingEvent'>;
  memberId: MemberId;
  guideId: GuideId;
  result: BindResult;
  way: BindWay;
  reason: string;
  evidence: string;
  at: Date;
}

interface BindingRow {
  member_id: MemberId;
  guide_id: GuideId;
  store_id: StoreId;
  way: BindWay;
  bound_at: Date;
  protected_until: Date;
  evidence: string;
}
interface EventRow {
  id: Id<'bindingEvent'>;
  member_id: MemberId;
  guide_id: GuideId;
  result: BindResult;
  way: BindWay;
  reason: string;
  evidence: string;
  at: Date;
}

const BINDING = 'SELECT member_id, guide_id, store_id, way, bound_at, protected_until, evidence FROM binding';
const CHUNK = 1000;

const bindingOf = (row: BindingRow): Binding => ({
  memberId: row.member_id,
  guideId: row.guide_id,
  storeId: row.store_id,
  way: row.way,
  boundAt: row.bound_at,
  protectedUntil: row.protected_until,
  evidence: row.evidence,
});
const eventOf = ({ member_id: memberId, guide_id: guideId, ...rest }: EventRow): BindingEvent => ({
  ...rest,
  memberId,
  guideId,
});

/** All SQL about bindings and their timeline. */
export class BindingsStore {
  async find(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Binding | null> {
    const [row] = await on.query<BindingRow>(`${BINDING} WHERE brand_id = ? AND member_id = ?`, [brandId, memberId]);
    return row ? bindingOf(row) : null;
  }

  async findMany(on: Queryable, brandId: BrandId, memberIds: readonly MemberId[]): Promise<Map<MemberId, Binding>> {
    const rows = await on.query<BindingRow>(`${BINDING} WHERE brand_id = ? AND member_id IN ${marks(memberIds)}`, [
      brandId,
      ...memberIds,
    ]);
    return new Map(rows.map((row) => [row.member_id, bindingOf(row)]));
  }

  /** The binding with its row locked, so that two guides cannot both decide on the same state. */
  async lock(tx: Tx, brandId: BrandId, memberId: MemberId): Promise<Binding | null> {
    const sql = `${BINDING} WHERE brand_id = ? AND member_id = ? FOR UPDATE`;
    const [row] = await tx.query<BindingRow>(sql, [brandId, memberId]);
    return row ? bindingOf(row) : null;
  }

  async eventByEvidence(
    on: Queryable,
    brandId: BrandId,
    key: Pick<BindingEvent, 'memberId' | 'guideId' | 'evidence'>,
  ): Promise<BindingEvent | null> {
    const [row] = await on.query<EventRow>(
      `SELECT id, member_id, guide_id, result, way, reason, evidence, at FROM binding_event
       WHERE brand_id = ? AND member_id = ? AND guide_id = ? AND evidence = ?`,
      [brandId, key.memberId, key.guideId, key.evidence],
    );
    return row ? eventOf(row) : null;
  }

  async timeline(on: Queryable, brandId: BrandId, memberId: MemberId, limit: number): Promise<BindingEvent[]> {
    const rows = await on.query<EventRow>(
      `SELECT id, member_id, guide_id, result, way, reason, evidence, at FROM binding_event
       WHERE brand_id = ? AND member_id = ? ORDER BY id DESC LIMIT ?`,
      [brandId, memberId, limit],
    );
    return rows.map(eventOf);
  }

  /** The brand's own protection period, if it set one, and whether an openid is one of the member's. */
  async circumstances(
    on: Queryable,
    brandId: BrandId,
    memberId: MemberId,
    openidKey: string,
  ): Promise<{ settings: unknown; isSelf: boolean }> {
    const [row] = await on.query<{ settings: unknown; self: string | null }>(
      `SELECT b.settings, i.member_id AS self FROM brand b
       LEFT JOIN member_identifier i ON i.brand_id = b.id AND i.kind = 'openid' AND i.value = ? AND i.member_id = ?
       WHERE b.id = ?`,
      [openidKey, memberId, brandId],
    );
    return { settings: row?.settings ?? null, isSelf: row?.self != null };
  }

  /** Takes the place of a first binding; when another took it first, nothing happens: read again who it is. */
  async claim(tx: Tx, brandId: BrandId, binding: Binding): Promise<void> {
    await this.insert(tx, brandId, [binding], 'ON DUPLICATE KEY UPDATE member_id = VALUES(member_id)');
  }

  async replace(tx: Tx, brandId: BrandId, binding: Binding): Promise<void> {
    await tx.execute(
      `UPDATE binding SET guide_id = ?, store_id = ?, way = ?, bound_at = ?, protected_until = ?, evidence = ?
       WHERE brand_id = ? AND member_id = ?`,
      [
        binding.guideId,
        binding.storeId,
        binding.way,
        binding.boundAt,
        binding.protectedUntil,
        binding.evidence,
        brandId,
        binding.memberId,
      ],
    );
  }

  async insert(tx: Tx, brandId: BrandId, bindings: readonly Binding[], onDuplicate = ''): Promise<void> {
    for (let from = 0; from < bindings.length; from += CHUNK) {
      const part = bindings.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO binding (brand_id, member_id, guide_id, store_id, way, bound_at, protected_until, evidence)
         VALUES ${part.map(() => '(?,?,?,?,?,?,?,?)').join(',')} ${onDuplicate}`,
        part.flatMap((one) => [
          brandId,
          one.memberId,
          one.guideId,
          one.storeId,
          one.way,
          one.boundAt,
          one.protectedUntil,
          one.evidence,
        ]),
      );
    }
  }

  /** The same evidence is one event, however often it comes. */
  async append(tx: Tx, brandId: BrandId, events: readonly BindingEvent[]): Promise<void> {
    for (let from = 0; from < events.length; from += CHUNK) {
      const part = events.slice(from, from + CHUNK);
      await tx.execute(
        `INSERT INTO binding_event (brand_id, id, member_id, guide_id, result, way, reason, evidence, at)
         VALUES ${part.map(() => '(?,?,?,?,?,?,?,?,?)').join(',')} ON DUPLICATE KEY UPDATE evidence = VALUES(evidence)`,
        part.flatMap((one) => [
          brandId,
          one.id,
          one.memberId,
          one.guideId,
          one.result,
          one.way,
          one.reason.slice(0, 200),
          one.evidence,
          one.at,
        ]),
      );
    }
  }

  /** Keeps the contact way of a guide who has none; a second one that came at the same time is not kept. */
  async keepContactWay(tx: Tx, brandId: BrandId, guideId: GuideId, way: { configId: string; qrUrl: string }) {
    await tx.execute('UPDATE guide SET config_id = ?, qr_url = ? WHERE brand_id = ? AND id = ? AND config_id IS NULL', [
      way.configId,
      way.qrUrl,
      brandId,
      guideId,
    ]);
  }

  /** Brands with active guides who have no contact way yet. */
  async brandsWithoutContactWays(on: Queryable): Promise<BrandId[]> {
    const rows = await on.query<{ brand_id: BrandId }>(
      "SELECT DISTINCT brand_id FROM guide WHERE config_id IS NULL AND status = 'ACTIVE'",
    );
    return rows.map((row) => row.brand_id);
  }
}
