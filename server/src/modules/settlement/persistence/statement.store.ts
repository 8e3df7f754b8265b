import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { StatementAct, StatementState } from '../domain/statement-life.js';

export interface StatementKey {
  brandId: BrandId;
  franchiseeId: Id<'franchisee'>;
  day: string;
}
export interface StatementStep {
  act: StatementAct;
  by: string;
  note: string;
  at: Date;
}

/** All SQL of a published statement's state and of what people said about it. */
export class StatementStore {
  async find(on: Queryable, key: StatementKey): Promise<{ state: StatementState; publishedAt: Date } | null> {
    const [row] = await on.query<{ state: StatementState; published_at: Date }>(
      'SELECT state, published_at FROM statement WHERE brand_id = ? AND franchisee_id = ? AND business_day = ?',
      [key.brandId, key.franchiseeId, key.day],
    );
    return row ? { state: row.state, publishedAt: row.published_at } : null;
  }

  async steps(on: Queryable, key: StatementKey): Promise<StatementStep[]> {
    return on.query<StatementStep>(
      'SELECT act, user_name AS `by`, note, at FROM statement_step WHERE brand_id = ? AND franchisee_id = ? AND business_day = ? ORDER BY id LIMIT 200',
      [key.brandId, key.franchiseeId, key.day],
    );
  }

  /** The state, with the row locked; null for a day that is not published. */
  async lock(tx: Tx, key: StatementKey): Promise<StatementState | null> {
    const [row] = await tx.query<{ state: StatementState }>(
      'SELECT state FROM statement WHERE brand_id = ? AND franchisee_id = ? AND business_day = ? FOR UPDATE',
      [key.brandId, key.franchiseeId, key.day],
    );
    return row?.state ?? null;
  }

  async setState(tx: Tx, key: StatementKey, state: StatementState): Promise<void> {
    await tx.execute('UPDATE statement SET state = ? WHERE brand_id = ? AND franchisee_id = ? AND business_day = ?', [
      state,
      key.brandId,
      key.franchiseeId,
      key.day,
    ]);
  }

  async note(
    tx: Tx,
    key: StatementKey,
    step: { id: Id; act: StatementAct; userId: Id<'user'>; name: string; note: string },
  ): Promise<void> {
    await tx.execute(
      'INSERT INTO statement_step (brand_id, franchisee_id, business_day, id, act, user_id, user_name, note, at) VALUES (?,?,?,?,?,?,?,?,?)',
      [key.brandId, key.franchiseeId, key.day, step.id, step.act, step.userId, step.name, step.note, tx.now],
    );
  }
}
