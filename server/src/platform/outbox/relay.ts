import type { BrandId, Id } from '@shuke/shared/kernel';
import type { Clock } from '../clock/clock.js';
import { type Database, isDuplicate, marks, type Queryable, type SqlValue } from '../database/database.js';
import { RollBack, type UnitOfWork } from '../database/unit-of-work.js';
import { declareFailpoint } from '../failpoints/failpoint.js';
import { log } from '../observability/log.js';
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
    const rows = await this.open(this.database, limit);
    if (rows.length > 0) await this.passOn(rows, pass);
    return rows.length;
  }

  /**
   * Handles open events itself, all of them in one transaction, which is what nearly always works. Rows that another
   * worker is just handling are passed over. If anything stands in the way, nothing has happened and each delivery goes
   * its own way.
   */
  async handleOpen(pass: (deliveries: Delivery[]) => Promise<void>, limit = 100): Promise<number> {
    const handled = await this.together(limit).catch((error) => {
      log.warn({ err: error }, 'events are delivered one by one');
      return null;
    });
    if (handled === null) return this.relay(pass, limit);
    if (handled > 0) afterHandled();
    return handled;
  }

  private async open(on: Queryable, limit: number, locking = ''): Promise<OutboxRow[]> {
    const now = this.clock.date();
    const stale = new Date(now.getTime() - REDELIVER_AFTER_MS);
    const rows = await on.query<OutboxRow>(
      `SELECT id, brand_id, type, payload, created_at FROM outbox
       WHERE pending > 0 AND (published_at IS NULL OR published_at < ?) ORDER BY id LIMIT ? ${locking}`,
      [stale, limit],
    );
    const oldest = rows[0];
    metrics.outboxAge.set(oldest ? (now.getTime() - oldest.created_at.getTime()) / 1000 : 0);
    return rows;
  }

  private async passOn(rows: readonly OutboxRow[], pass: (deliveries: Delivery[]) => Promise<void>): Promise<void> {
    await pass(
      rows.flatMap((row) =>
        handlersOf(row.type).map((handler) => ({ eventId: row.id, type: row.type, handler: handler.name })),
      ),
    );
    await this.database.execute(`UPDATE outbox SET published_at = ? WHERE id IN ${marks(rows.map((row) => row.id))}`, [
      this.clock.date(),
      ...rows.map((row) => row.id),
    ]);
  }

  /** @returns how many; null when some of it was handled before, so that each delivery must look for itself */
  private together(limit: number): Promise<number | null> {
    return this.unitOfWork.run('handlers', async (tx) => {
      const rows = await this.open(tx, limit, 'FOR UPDATE SKIP LOCKED');
      if (rows.length === 0) throw new RollBack(0);
      const inbox = rows.flatMap((row) =>
        handlersOf(row.type).map((handler): SqlValue[] => [handler.name, row.id, tx.now]),
      );
      if (inbox.length === 0) throw new RollBack(null);
      await tx
        .execute(
          `INSERT INTO inbox (handler, event_id, handled_at) VALUES ${inbox.map(() => '(?,?,?)').join(',')}`,
          inbox.flat(),
        )
        .catch((error) => {
          throw isDuplicate(error) ? new RollBack(null) : error;
        });
      for (const [type, brandId, group] of grouped(rows)) {
        const events = group.map(toEvent);
        for (const handler of handlersOf(type)) {
          if (handler.handleMany) await handler.handleMany(tx, brandId, events);
          else for (const event of events) await handler.handle(tx, event);
        }
      }
      await tx.execute(
        `UPDATE outbox SET pending = 0, published_at = ? WHERE id IN ${marks(rows.map((row) => row.id))}`,
        [tx.now, ...rows.map((row) => row.id)],
      );
      return rows.length;
    });
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
      await handler.handle(tx, toEvent(row));
      await tx.execute('UPDATE outbox SET pending = pending - 1 WHERE id = ?', [delivery.eventId]);
    });
    afterHandled();
  }
}

function toEvent(row: OutboxRow): DomainEvent {
  const payload = typeof row.payload === 'string' ? (JSON.parse(row.payload) as Record<string, unknown>) : row.payload;
  return { id: row.id, brandId: row.brand_id, type: row.type, payload };
}

/** Runs of events of one type and brand, so that the order in which things happened is kept. */
function grouped(rows: readonly OutboxRow[]): [type: string, brandId: BrandId, rows: OutboxRow[]][] {
  const groups: [string, BrandId, OutboxRow[]][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && last[0] === row.type && last[1] === row.brand_id) last[2].push(row);
    else groups.push([row.type, row.brand_id, [row]]);
  }
  return groups;
}
