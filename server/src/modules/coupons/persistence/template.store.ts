import type { BrandId, Fen } from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { TemplateId, TemplateStatus } from '../domain/types.js';
import { parsed, type RawTemplate, type Template, type TemplateContent, templateOf } from './rows.js';

export interface BrandSettingsOfCoupons {
  giftHours: number;
  offlineHours: number;
  conflictRule: 'HQ_PAYS' | 'STORE_PAYS';
  offerHours: number;
  guideMonthFen: number | null;
  graceHours: number;
  remindDays: number;
}
export const DEFAULT_SETTINGS: BrandSettingsOfCoupons = {
  giftHours: 24,
  offlineHours: 24,
  conflictRule: 'HQ_PAYS',
  offerHours: 72,
  guideMonthFen: null,
  graceHours: 72,
  remindDays: 3,
};
export interface TemplateFilter {
  q: string | null;
  status: TemplateStatus | null;
  kind: string | null;
  before: string | null;
  limit: number;
  isDraftShown: boolean;
}

/** All SQL of templates, their versions and counters. */
export class TemplateStore {
  async all(on: Queryable, brandId: BrandId): Promise<Template[]> {
    const rows = await on.query<RawTemplate>(
      "SELECT * FROM coupon_template WHERE brand_id = ? AND status IN ('ACTIVE','PAUSED') ORDER BY display_order, id LIMIT 2000",
      [brandId],
    );
    return rows.map(templateOf);
  }

  async joins(on: Queryable, brandId: BrandId) {
    return on.query<{ template_id: TemplateId; franchisee_id: string }>(
      'SELECT template_id, franchisee_id FROM coupon_join WHERE brand_id = ? AND is_in = 1',
      [brandId],
    );
  }

  async settings(on: Queryable, brandId: BrandId): Promise<BrandSettingsOfCoupons> {
    const [row] = await on.query<{ content: unknown }>('SELECT content FROM coupon_settings WHERE brand_id = ?', [
      brandId,
    ]);
    return { ...DEFAULT_SETTINGS, ...(row ? parsed<Partial<BrandSettingsOfCoupons>>(row.content) : {}) };
  }

  async setSettings(tx: Tx, brandId: BrandId, settings: BrandSettingsOfCoupons): Promise<void> {
    await tx.execute(
      'INSERT INTO coupon_settings (brand_id, content, updated_at) VALUES (?,?,?) ON DUPLICATE KEY UPDATE content = VALUES(content), updated_at = VALUES(updated_at)',
      [brandId, JSON.stringify(settings), tx.now],
    );
  }

  async find(on: Queryable, brandId: BrandId, id: TemplateId): Promise<Template | null> {
    const [row] = await on.query<RawTemplate>('SELECT * FROM coupon_template WHERE brand_id = ? AND id = ?', [
      brandId,
      id,
    ]);
    return row ? templateOf(row) : null;
  }

  async lock(tx: Tx, brandId: BrandId, id: TemplateId): Promise<Template | null> {
    const [row] = await tx.query<RawTemplate>(
      'SELECT * FROM coupon_template WHERE brand_id = ? AND id = ? FOR UPDATE',
      [brandId, id],
    );
    return row ? templateOf(row) : null;
  }

  async list(on: Queryable, brandId: BrandId, filter: TemplateFilter): Promise<Template[]> {
    const where: string[] = [];
    const values: (string | number)[] = [];
    const add = (sql: string, value: string | null) => {
      if (value === null) return;
      where.push(sql);
      values.push(value);
    };
    add('status = ?', filter.status);
    add('kind = ?', filter.kind);
    add('id < ?', filter.before);
    if (filter.q) {
      where.push('LOCATE(?, CONCAT(name, code)) > 0');
      values.push(filter.q);
    }
    if (!filter.isDraftShown) where.push("status <> 'DRAFT'");
    const rows = await on.query<RawTemplate>(
      `SELECT * FROM coupon_template WHERE brand_id = ? ${where.map((one) => `AND ${one}`).join(' ')} ORDER BY id DESC LIMIT ?`,
      [brandId, ...values, filter.limit + 1],
    );
    return rows.map(templateOf);
  }

  async insert(
    tx: Tx,
    template: { brandId: BrandId; id: TemplateId; code: string; content: TemplateContent; worstFen: Fen; by: string },
  ): Promise<void> {
    const { brandId, id, code, content } = template;
    await tx.execute(
      `INSERT INTO coupon_template (brand_id, id, code, version, status, content, total_count, budget_fen, name, kind, display_order, created_at, updated_at)
       VALUES (?,?,?,1,'DRAFT',?,?,?,?,?,?,?,?)`,
      [
        brandId,
        id,
        code,
        JSON.stringify(content),
        content.totalCount,
        content.budgetFen,
        content.name,
        content.terms.kind,
        content.displayOrder,
        tx.now,
        tx.now,
      ],
    );
    await this.addVersion(tx, { ...template, version: 1 });
  }

  async addVersion(
    tx: Tx,
    made: { brandId: BrandId; id: TemplateId; version: number; content: TemplateContent; worstFen: Fen; by: string },
  ): Promise<void> {
    const { name, terms, ruleText } = made.content;
    await tx.execute(
      `INSERT INTO coupon_version (brand_id, template_id, version, name, terms, rule_text, worst_fen, made_by, created_at) VALUES (?,?,?,?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE name = VALUES(name), terms = VALUES(terms), rule_text = VALUES(rule_text), worst_fen = VALUES(worst_fen), made_by = VALUES(made_by), created_at = VALUES(created_at)`,
      [made.brandId, made.id, made.version, name, JSON.stringify(terms), ruleText, made.worstFen, made.by, tx.now],
    );
  }

  async update(tx: Tx, brandId: BrandId, id: TemplateId, version: number, content: TemplateContent): Promise<void> {
    await tx.execute(
      `UPDATE coupon_template SET version = ?, content = ?, total_count = ?, budget_fen = ?, name = ?, kind = ?, display_order = ?, updated_at = ?
       WHERE brand_id = ? AND id = ?`,
      [
        version,
        JSON.stringify(content),
        content.totalCount,
        content.budgetFen,
        content.name,
        content.terms.kind,
        content.displayOrder,
        tx.now,
        brandId,
        id,
      ],
    );
  }

  async setStatus(tx: Tx, brandId: BrandId, id: TemplateId, status: TemplateStatus): Promise<void> {
    await tx.execute('UPDATE coupon_template SET status = ?, updated_at = ? WHERE brand_id = ? AND id = ?', [
      status,
      tx.now,
      brandId,
      id,
    ]);
  }

  /** A franchisee's answer whether its stores take part. */
  async join(tx: Tx, brandId: BrandId, id: TemplateId, franchiseeId: string, isIn: boolean, by: string): Promise<void> {
    await tx.execute(
      `INSERT INTO coupon_join (brand_id, template_id, franchisee_id, is_in, by_label, at) VALUES (?,?,?,?,?,?)
       ON DUPLICATE KEY UPDATE is_in = VALUES(is_in), by_label = VALUES(by_label), at = VALUES(at)`,
      [brandId, id, franchiseeId, isIn ? 1 : 0, by, tx.now],
    );
  }

  /**
   * Counts coupons out against total and budget, in one guarded statement: the budget holds in the worst case, since
   * every coupon out is counted with the most that it can cost. With a status the template must have it.
   */
  async issue(tx: Tx, brandId: BrandId, id: TemplateId, count: number, worstFen: Fen, isFromPromise = false) {
    const from = isFromPromise ? ', reserved_count = reserved_count - ?' : '';
    const guard = isFromPromise
      ? ''
      : `AND status = 'ACTIVE' AND (total_count IS NULL OR issued_count + reserved_count + ? <= total_count)
         AND (budget_fen IS NULL OR spent_fen + committed_fen + ? <= budget_fen)`;
    const worst = count * worstFen;
    const written = await tx.execute(
      `UPDATE coupon_template SET issued_count = issued_count + ?, committed_fen = committed_fen + ?${from} WHERE brand_id = ? AND id = ? ${guard}`,
      isFromPromise ? [count, 0, count, brandId, id] : [count, worst, brandId, id, count, worst],
    );
    return written.affectedRows === 1;
  }

  /** Promises coupons in a card: they count as gone until the card is over. */
  async reserve(tx: Tx, brandId: BrandId, id: TemplateId, count: number, worstFen: Fen): Promise<boolean> {
    const worst = count * worstFen;
    const written = await tx.execute(
      `UPDATE coupon_template SET reserved_count = reserved_count + ?, committed_fen = committed_fen + ? WHERE brand_id = ? AND id = ? AND status = 'ACTIVE'
         AND (total_count IS NULL OR issued_count + reserved_count + ? <= total_count) AND (budget_fen IS NULL OR spent_fen + committed_fen + ? <= budget_fen)`,
      [count, worst, brandId, id, count, worst],
    );
    return written.affectedRows === 1;
  }

  async unreserve(tx: Tx, brandId: BrandId, id: TemplateId, count: number, worstFen: Fen): Promise<void> {
    await tx.execute(
      'UPDATE coupon_template SET reserved_count = reserved_count - ?, committed_fen = committed_fen - ? WHERE brand_id = ? AND id = ?',
      [count, count * worstFen, brandId, id],
    );
  }

  /** Moves what coupons may cost between "may still be used" and "was spent"; all amounts may be negative. */
  async account(
    tx: Tx,
    brandId: BrandId,
    id: TemplateId,
    change: { used: number; spentFen: number; committedFen: number },
  ): Promise<void> {
    await tx.execute(
      'UPDATE coupon_template SET used_count = used_count + ?, spent_fen = spent_fen + ?, committed_fen = committed_fen + ? WHERE brand_id = ? AND id = ?',
      [change.used, change.spentFen, change.committedFen, brandId, id],
    );
  }
}
