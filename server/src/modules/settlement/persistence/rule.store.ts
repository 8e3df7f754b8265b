import type { BrandId } from '@shuke/shared/kernel';
import type { SplitRule } from '@shuke/shared/rules';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** A version of a brand's split rule as it is kept. */
export interface StoredRule {
  rule: SplitRule;
  state: 'DRAFT' | 'PUBLISHED' | 'RETIRED';
  hash: string;
  createdBy: string;
  createdAt: Date;
  publishedAt: Date | null;
}

interface Row {
  version: number;
  name: string;
  legs: string | SplitRule['legs'];
  state: StoredRule['state'];
  rule_hash: string;
  created_by: string;
  created_at: Date;
  published_at: Date | null;
}

const toStored = (row: Row): StoredRule => ({
  rule: {
    version: row.version,
    name: row.name,
    legs: typeof row.legs === 'string' ? (JSON.parse(row.legs) as SplitRule['legs']) : row.legs,
  },
  state: row.state,
  hash: row.rule_hash,
  createdBy: row.created_by,
  createdAt: row.created_at,
  publishedAt: row.published_at,
});

/** All SQL of the versions of split rules. */
export class RuleStore {
  /** All versions, newest first. */
  async list(on: Queryable, brandId: BrandId): Promise<StoredRule[]> {
    const rows = await on.query<Row>('SELECT * FROM split_rule WHERE brand_id = ? ORDER BY version DESC', [brandId]);
    return rows.map(toStored);
  }

  async find(on: Queryable, brandId: BrandId, version: number): Promise<StoredRule | null> {
    const [row] = await on.query<Row>('SELECT * FROM split_rule WHERE brand_id = ? AND version = ?', [
      brandId,
      version,
    ]);
    return row ? toStored(row) : null;
  }

  /** Every version that was ever in force, the newest publication first. */
  async published(on: Queryable, brandId: BrandId): Promise<StoredRule[]> {
    const rows = await on.query<Row>(
      'SELECT * FROM split_rule WHERE brand_id = ? AND published_at IS NOT NULL ORDER BY published_at DESC',
      [brandId],
    );
    return rows.map(toStored);
  }

  async byVersions(on: Queryable, brandId: BrandId, versions: readonly number[]): Promise<SplitRule[]> {
    if (versions.length === 0) return [];
    const rows = await on.query<Row>(`SELECT * FROM split_rule WHERE brand_id = ? AND version IN ${marks(versions)}`, [
      brandId,
      ...versions,
    ]);
    return rows.map((row) => toStored(row).rule);
  }

  /** A brand without rules has no row of them to lock; its own row gives two people of one instant an order. */
  async lock(tx: Tx, brandId: BrandId): Promise<void> {
    await tx.query('SELECT id FROM brand WHERE id = ? FOR UPDATE', [brandId]);
  }

  /** The newest version, or 0; drafts of one instant follow one another. */
  async lockLastVersion(tx: Tx, brandId: BrandId): Promise<number> {
    await this.lock(tx, brandId);
    const [last] = await tx.query<{ version: string | null }>(
      'SELECT MAX(version) AS version FROM split_rule WHERE brand_id = ?',
      [brandId],
    );
    return Number(last?.version ?? 0);
  }

  async insertDraft(
    tx: Tx,
    brandId: BrandId,
    draft: { rule: SplitRule; hash: string; createdBy: string },
  ): Promise<void> {
    await tx.execute(
      "INSERT INTO split_rule (brand_id, version, name, legs, state, rule_hash, created_by, created_at) VALUES (?,?,?,?,'DRAFT',?,?,?)",
      [
        ...[brandId, draft.rule.version, draft.rule.name, JSON.stringify(draft.rule.legs)],
        ...[draft.hash, draft.createdBy, tx.now],
      ],
    );
  }

  /** The version that new orders are split by, or 0. */
  async inForce(on: Queryable, brandId: BrandId): Promise<number> {
    const [row] = await on.query<{ version: number }>(
      "SELECT version FROM split_rule WHERE brand_id = ? AND state = 'PUBLISHED'",
      [brandId],
    );
    return row?.version ?? 0;
  }

  /** Puts a draft in force and retires the version before it. @returns false when it is no draft any more */
  async publish(tx: Tx, brandId: BrandId, version: number): Promise<boolean> {
    await tx.execute("UPDATE split_rule SET state = 'RETIRED' WHERE brand_id = ? AND state = 'PUBLISHED'", [brandId]);
    const done = await tx.execute(
      "UPDATE split_rule SET state = 'PUBLISHED', published_at = ? WHERE brand_id = ? AND version = ? AND state = 'DRAFT'",
      [tx.now, brandId, version],
    );
    return done.affectedRows === 1;
  }
}
