import type { BrandId } from '@shuke/shared/kernel';
import type { Clock } from '../clock/clock.js';
import type { Database } from '../database/database.js';
import { log } from '../observability/log.js';
import { metrics } from '../observability/metrics.js';
import { allInvariants, type BrokenRow } from './invariant.js';

export interface InvariantResult {
  id: string;
  area: string;
  promise: string;
  state: 'HOLDS' | 'BROKEN' | 'NEVER_RUN';
  checkedAt: Date | null;
  durationMs: number | null;
  rows: BrokenRow[];
}

interface RunRow {
  invariant_id: string;
  state: 'HOLDS' | 'BROKEN';
  checked_at: Date;
  duration_ms: number;
  broken_rows: BrokenRow[] | string;
}

const plain = (row: BrokenRow): BrokenRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value === null || typeof value === 'number' ? value : String(value),
    ]),
  );

/** Checks all invariants of a brand and keeps the last result of each. */
export class InvariantMonitor {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Checks everything now. */
  async run(brandId: BrandId): Promise<InvariantResult[]> {
    const results: InvariantResult[] = [];
    for (const { id, area, promise, check } of allInvariants()) {
      const startedAt = performance.now();
      const rows = (await check(this.database, brandId)).map(plain);
      const durationMs = Math.round(performance.now() - startedAt);
      results.push({
        id,
        area,
        promise,
        state: rows.length === 0 ? 'HOLDS' : 'BROKEN',
        checkedAt: this.clock.date(),
        durationMs,
        rows,
      });
    }
    await this.keep(brandId, results);
    const broken = results.filter((one) => one.state === 'BROKEN');
    metrics.brokenInvariants.set(broken.length);
    for (const one of broken)
      log.error({ invariant: one.id, rows: one.rows.slice(0, 3) }, 'an invariant does not hold');
    return results;
  }

  /** The last results without checking again. */
  async last(brandId: BrandId): Promise<InvariantResult[]> {
    const runs = await this.database.query<RunRow>('SELECT * FROM invariant_run WHERE brand_id = ?', [brandId]);
    return allInvariants().map(({ id, area, promise }) => {
      const run = runs.find((one) => one.invariant_id === id);
      if (!run) return { id, area, promise, state: 'NEVER_RUN', checkedAt: null, durationMs: null, rows: [] };
      const rows = typeof run.broken_rows === 'string' ? (JSON.parse(run.broken_rows) as BrokenRow[]) : run.broken_rows;
      return { id, area, promise, state: run.state, checkedAt: run.checked_at, durationMs: run.duration_ms, rows };
    });
  }

  /** When each brand's oldest result is from; a brand that was never checked is missing. */
  async checkedAt(): Promise<Map<BrandId, Date>> {
    const rows = await this.database.query<{ brand_id: BrandId; at: Date }>(
      'SELECT brand_id, MIN(checked_at) AS at FROM invariant_run GROUP BY brand_id',
    );
    return new Map(rows.map((row) => [row.brand_id, row.at]));
  }

  private async keep(brandId: BrandId, results: readonly InvariantResult[]): Promise<void> {
    if (results.length === 0) return;
    const rows = results.map(
      (one) => [one.id, brandId, one.state, one.checkedAt, one.durationMs, JSON.stringify(one.rows)] as const,
    );
    await this.database.execute(
      `INSERT INTO invariant_run (invariant_id, brand_id, state, checked_at, duration_ms, broken_rows) VALUES ${rows.map(() => '(?,?,?,?,?,?)').join(',')}
       ON DUPLICATE KEY UPDATE state = VALUES(state), checked_at = VALUES(checked_at), duration_ms = VALUES(duration_ms), broken_rows = VALUES(broken_rows)`,
      rows.flat(),
    );
  }
}
