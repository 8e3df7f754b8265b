import type { Id } from '@shuke/shared/kernel';
import { isDuplicate, type Queryable } from '../../../platform/database/database.js';

/** A verified callback that waits to be handled. */
export interface StoredNotification {
  id: Id<'notification'>;
  accountId: string;
  notificationId: string;
  originalType: string;
  eventType: string;
  resource: Record<string, unknown>;
  attempts: number;
}

const parse = (value: unknown): Record<string, unknown> =>
  (typeof value === 'string' ? JSON.parse(value) : value) as Record<string, unknown>;

/** All SQL of callbacks that are stored before they are handled. */
export class NotificationStore {
  /** Keeps a callback; a repeat of one that is kept changes nothing. */
  async insert(on: Queryable, one: Omit<StoredNotification, 'attempts'>, receivedAt: Date): Promise<void> {
    const resource = JSON.stringify(one.resource);
    await on
      .execute(
        `INSERT INTO pay_notification (id, account_id, notification_id, original_type, event_type, resource, state, next_at, received_at)
         VALUES (?,?,?,?,?,?,'OPEN',?,?)`,
        [
          ...[one.id, one.accountId, one.notificationId, one.originalType, one.eventType],
          ...[resource, receivedAt, receivedAt],
        ],
      )
      .catch((error) => {
        if (!isDuplicate(error)) throw error;
      });
  }

  async due(on: Queryable, now: Date, limit: number): Promise<StoredNotification[]> {
    const rows = await on.query(
      "SELECT * FROM pay_notification WHERE state = 'OPEN' AND next_at <= ? ORDER BY next_at, id LIMIT ?",
      [now, limit],
    );
    return rows.map((row) => ({
      id: row['id'] as StoredNotification['id'],
      accountId: String(row['account_id']),
      notificationId: String(row['notification_id']),
      originalType: String(row['original_type']),
      eventType: String(row['event_type']),
      resource: parse(row['resource']),
      attempts: Number(row['attempts']),
    }));
  }

  async setDone(on: Queryable, id: Id, at: Date): Promise<void> {
    await on.execute("UPDATE pay_notification SET state = 'DONE', handled_at = ? WHERE id = ?", [at, id]);
  }

  /** It could not be handled: once more later, or never again when it is given up. */
  async putOff(on: Queryable, id: Id, next: { at: Date; problem: string; isDead: boolean }): Promise<void> {
    await on.execute(
      'UPDATE pay_notification SET attempts = attempts + 1, next_at = ?, problem = ?, state = ? WHERE id = ?',
      [next.at, next.problem.slice(0, 300), next.isDead ? 'DEAD' : 'OPEN', id],
    );
  }
}
