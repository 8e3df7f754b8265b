import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Clock } from '../clock/clock.js';
import { type Database, isDuplicate, marks } from '../database/database.js';
import { RollBack, type UnitOfWork } from '../database/unit-of-work.js';
import { declareFailpoint } from '../failpoints/failpoint.js';
import { metrics } from '../observability/metrics.js';
import type { DomainEvent } from './event.js';
import { handlersOf } from './registry.js';

interface OutboxRow {
  id: Id<'event'>;
  brand_id: BrandId;
  type: string;
  payload: Record<string, unknown> | string;
  created_at: Date;
}

/** One delivery: an event for one handler. */
export interface Delivery {
  eventId: Id<'event'>;
  type: string;
  handler: string;
}

const REDELIVER_AFTER_MS = 15_000;
const afterHandled = declareFailpoint('outbox.after-handled');

/**
 * Moves events from the outbox table to their handlers. The table stays the truth: an event counts as done only when
 * every handler has committed, so deliveries that Redis lost are made again.
 */
export class OutboxRelay {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Takes events that are new, or whose deliveries were not all handled for a while, and passes them on. */
  async relay(pass: (deliveries: Delivery[]) => Promise<void>, limit = 200): Promise<number> {
    const now = this.clock.date();
    const stale = new Date(now.getTime() - REDELIVER_AFTER_MS);
    const rows = await this.database.query<OutboxRow>(
      `SELECT id, brand_id, type, payload, created_at FROM outbox
       WHERE pending > 0 AND (published_at IS NULL OR published_at < ?) ORDER BY id LIMIT ?`,
      [stale, limit],
    );
    const oldest = rows[0];
    metrics.outboxAge.set(oldest ? (now.getTime() - oldest.created_at.getTime()) / 1000 : 0);
    if (rows.length === 0) return 0;
    await pass(
      rows.flatMap((row) =>
        handlersOf(row.type).map((handler) => ({ eventId: row.id, type: row.type, handler: handler.name })),
      ),
    );
    await this.database.execute(`UPDATE outbox SET published_at = ? WHERE id IN ${marks(rows.map((row) => row.id))}`, [
      now,
      ...rows.map((row) => row.id),
    ]);
    return rows.length;
  }

  /** Runs one delivery; a repeat finds its inbox row and does nothing. */
  async deliver(delivery: Delivery): Promise<void> {
    const handler = handlersOf(delivery.type).find((one) => one.name === delivery.handler);
    if (!handler) throw new Error(`no handler ${delivery.handler} for ${delivery.type}`);
    await this.unitOfWork.run(`handler ${handler.name}`, async (tx) => {
      const [row] = await tx.query<OutboxRow>(
        'SELECT id, brand_id, type, payload, created_at FROM outbox WHERE id = ?',
        [delivery.eventId],
      );
      if (!row) return;
      await tx
        .execute('INSERT INTO inbox (handler, event_id, handled_at) VALUES (?, ?, ?)', [
          handler.name,
          delivery.eventId,
          tx.now,
        ])
        .catch((error) => {
          throw isDuplicate(error) ? new RollBack(undefined) : error;
        });
      const payload =
        typeof row.payload === 'string' ? (JSON.parse(row.payload) as Record<string, unknown>) : row.payload;
      const event: DomainEvent = { id: row.id, brandId: row.brand_id, type: row.type, payload };
      await handler.handle(tx, event);
      await tx.execute('UPDATE outbox SET pending = pending - 1 WHERE id = ?', [delivery.eventId]);
    });
    afterHandled();
  }
}
