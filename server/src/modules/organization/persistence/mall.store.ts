import { type BrandId, type Id, type MemberId, type StoreId } from '@shuke/shared/kernel';
import { marks, type Queryable, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Belonging } from '../domain/isolation.js';
import type { MallSettings } from '../domain/mall-settings.js';
import type { ResolveRule } from '../domain/resolve-store.js';
import type { Store } from '../domain/types.js';

export interface EntryRow {
  id: Id<'entry'>;
  at: Date;
  member_id: MemberId | null;
  nickname: string | null;
  store_id: StoreId | null;
  rule: ResolveRule;
  tie_break: 'DISTANCE' | 'PRIORITY' | null;
  is_uncertain: number;
  wanted_store_id: StoreId | null;
  distance_m: number | null;
}
export interface EntryQuery {
  brandId: BrandId;
  scope: readonly StoreId[] | 'ALL';
  storeId?: StoreId | undefined;
  memberId?: MemberId | undefined;
  rule?: ResolveRule | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

function entryFilter(query: EntryQuery): { where: string; values: SqlValue[] } {
  const where = ['e.brand_id = ?'];
  const values: SqlValue[] = [query.brandId];
  const add = (condition: string, ...bound: SqlValue[]) => {
    where.push(condition);
    values.push(...bound);
  };
  if (query.scope !== 'ALL') add(`e.store_id IN ${marks(query.scope)}`, ...query.scope);
  if (query.storeId) add('e.store_id = ?', query.storeId);
  if (query.memberId) add('e.member_id = ?', query.memberId);
  if (query.rule) add('e.rule = ?', query.rule);
  if (query.from) add('e.at >= ?', query.from);
  if (query.to) add('e.at < ?', query.to);
  return { where: where.join(' AND '), values };
}

/** All SQL about mall settings, store setups, where members belong and how they entered. */
export class MallStore {
  /** Whether a member has refused the use of the position (the purpose LOCATION under "my data"). */
  async refusesPosition(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<boolean> {
    const rows = await on.query(
      "SELECT 1 FROM consent WHERE brand_id = ? AND member_id = ? AND purpose = 'LOCATION' AND is_given = 0 LIMIT 1",
      [brandId, memberId],
    );
    return rows.length > 0;
  }

  /** Saves settings if nobody else has since the given version; false otherwise. */
  async saveSettings(tx: Tx, brandId: BrandId, settings: MallSettings, version: number): Promise<boolean> {
    const { version: next, ...kept } = settings;
    if (version === 0) {
      const made = await tx.execute(
        'INSERT IGNORE INTO brand_mall (brand_id, settings, version, updated_at) VALUES (?,?,?,?)',
        [brandId, JSON.stringify(kept), next, tx.now],
      );
      return made.affectedRows === 1;
    }
    const { affectedRows } = await tx.execute(
      'UPDATE brand_mall SET settings = ?, version = ?, updated_at = ? WHERE brand_id = ? AND version = ?',
      [JSON.stringify(kept), next, tx.now, brandId, version],
    );
    return affectedRows === 1;
  }

  async saveSetup(tx: Tx, store: Store): Promise<void> {
    const { setup } = store;
    await tx.execute(
      `INSERT INTO store_setup (brand_id, store_id, area_kind, polygon, priority, service, updated_at) VALUES (?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE area_kind = VALUES(area_kind), polygon = VALUES(polygon), priority = VALUES(priority),
         service = VALUES(service), updated_at = VALUES(updated_at)`,
      [
        store.brandId,
        store.id,
        setup.areaKind,
        setup.polygon ? JSON.stringify(setup.polygon) : null,
        setup.priority,
        JSON.stringify(setup.service),
        tx.now,
      ],
    );
  }

  async belonging(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<Belonging | null> {
    const [row] = await on.query<{
      home_store_id: StoreId;
      home_at: Date;
      pass_store_id: StoreId | null;
      pass_until: Date | null;
    }>(
      'SELECT home_store_id, home_at, pass_store_id, pass_until FROM member_store WHERE brand_id = ? AND member_id = ?',
      [brandId, memberId],
    );
    return row
      ? {
          homeStoreId: row.home_store_id,
          homeAt: row.home_at,
          passStoreId: row.pass_store_id,
          passUntil: row.pass_until,
        }
      : null;
  }

  /** The first store that a member is found in becomes the home; a later one replaces it only when asked to. */
  async setHome(
    on: Queryable,
    at: Date,
    { brandId, memberId, storeId }: { brandId: BrandId; memberId: MemberId; storeId: StoreId },
    replaces: boolean,
  ): Promise<void> {
    await on.execute(
      `INSERT INTO member_store (brand_id, member_id, home_store_id, home_at) VALUES (?,?,?,?)
       ON DUPLICATE KEY UPDATE home_store_id = IF(?, VALUES(home_store_id), home_store_id), home_at = IF(?, VALUES(home_at), home_at)`,
      [brandId, memberId, storeId, at, replaces ? 1 : 0, replaces ? 1 : 0],
    );
  }

  async givePass(tx: Tx, brandId: BrandId, memberId: MemberId, storeId: StoreId, until: Date): Promise<void> {
    await tx.execute('UPDATE member_store SET pass_store_id = ?, pass_until = ? WHERE brand_id = ? AND member_id = ?', [
      storeId,
      until,
      brandId,
      memberId,
    ]);
  }

  async insertEntry(
    on: Queryable,
    entry: Omit<EntryRow, 'nickname' | 'is_uncertain'> & { brandId: BrandId; isUncertain: boolean },
  ): Promise<void> {
    await on.execute(
      'INSERT INTO store_entry (brand_id, id, member_id, store_id, rule, tie_break, is_uncertain, wanted_store_id, distance_m, at) VALUES (?,?,?,?,?,?,?,?,?,?)',
      [
        entry.brandId,
        entry.id,
        entry.member_id,
        entry.store_id,
        entry.rule,
        entry.tie_break,
        entry.isUncertain ? 1 : 0,
        entry.wanted_store_id,
        entry.distance_m,
        entry.at,
      ],
    );
  }

  /** Entries, newest first, one row more than asked for. */
  entries(on: Queryable, query: EntryQuery, before: string | undefined, limit: number): Promise<EntryRow[]> {
    const { where, values } = entryFilter(query);
    return on.query<EntryRow>(
      `SELECT e.id, e.at, e.member_id, m.nickname, e.store_id, e.rule, e.tie_break, e.is_uncertain, e.wanted_store_id, e.distance_m
       FROM store_entry e LEFT JOIN member m ON m.brand_id = e.brand_id AND m.id = e.member_id
       WHERE ${where}${before ? ' AND e.id < ?' : ''} ORDER BY e.id DESC LIMIT ?`,
      [...values, ...(before ? [before] : []), limit + 1],
    );
  }

  async entryCounts(on: Queryable, query: EntryQuery) {
    const { where, values } = entryFilter(query);
    const rows = await on.query<{ rule: ResolveRule; count: string; uncertain: string }>(
      `SELECT e.rule, COUNT(*) AS count, COALESCE(SUM(e.is_uncertain), 0) AS uncertain FROM store_entry e WHERE ${where} GROUP BY e.rule ORDER BY e.rule`,
      values,
    );
    return rows.map((row) => ({ rule: row.rule, count: Number(row.count), uncertain: Number(row.uncertain) }));
  }
}
