import type { Id } from '@shuke/shared/kernel';
import type { Clock } from '../clock/clock.js';
import type { Database } from '../database/database.js';
import type { Tx } from '../database/unit-of-work.js';
import type { IdSource } from '../ids/id-source.js';
import { log } from '../observability/log.js';
import type { Actor } from './actor.js';

/** How long another process may not know yet that a session has ended. */
const FRESH_MS = 2000;
/** A longer life than any session's: after it the row says nothing about anybody. */
const KEEP_MS = 31 * 86_400_000;
const FORGET_CHUNK = 1000;

/** Whose sessions end: all of somebody's, or one by its number. */
export type SessionSubject = `member:${string}` | `guide:${string}` | `user:${string}` | `session:${string}`;

export function subjectOf(actor: Actor): SessionSubject | null {
  if (actor.kind === 'consumer') return `member:${actor.memberId}`;
  if (actor.kind === 'guide') return `guide:${actor.guideId}`;
  return actor.kind === 'hq' || actor.kind === 'franchisee' ? `user:${actor.userId}` : null;
}

/**
 * Sessions that ended before their time. Tokens stay signed and self-contained; what is kept is only the exceptions, in
 * memory, so that asking costs a request nothing. Session numbers and end numbers come from one ordered source: a
 * session is over when its number is lower than the end's.
 */
export class SessionEnds {
  private readonly ends = new Map<string, bigint>();
  private newest = '0';
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly database: Pick<Database, 'query' | 'execute'>,
    private readonly ids: IdSource,
    private readonly clock: Clock,
  ) {}

  /** Ends sessions when the transaction commits: here at once, in other processes within two seconds. */
  async end(tx: Tx, subjects: readonly SessionSubject[]): Promise<void> {
    const rows = subjects.map((subject) => ({ id: this.ids.next<'sessionEnd'>(), subject }));
    if (rows.length === 0) return;
    const until = new Date(tx.now.getTime() + KEEP_MS);
    await tx.execute(
      `INSERT INTO session_end (id, subject, until_at) VALUES ${rows.map(() => '(?,?,?)').join(',')}`,
      rows.flatMap((one) => [one.id, one.subject, until]),
    );
    tx.afterCommit(() => {
      for (const one of rows) this.remember(one);
    });
  }

  /** Whether a session is over before its time. Waits for the database once, when the process has just started. */
  async isOver(actor: Actor, sessionId: string): Promise<boolean> {
    const known = this.isKnownOver(actor, sessionId);
    if (known !== null) return known;
    await this.reading;
    return this.isAmongEnds(actor, sessionId);
  }

  /** The same without waiting; null while nothing has been read yet. */
  isKnownOver(actor: Actor, sessionId: string): boolean | null {
    // A clock that was moved back makes nothing fresh.
    const age = Math.abs(this.clock.now() - this.readAt);
    if (age >= FRESH_MS)
      this.reading ??= this.read().finally(() => {
        this.reading = null;
      });
    return age === Number.POSITIVE_INFINITY ? null : this.isAmongEnds(actor, sessionId);
  }

  private isAmongEnds(actor: Actor, sessionId: string): boolean {
    if (this.ends.size === 0) return false;
    const number = BigInt(sessionId);
    const isBefore = (subject: SessionSubject | null) => subject !== null && number < (this.ends.get(subject) ?? 0n);
    return isBefore(subjectOf(actor)) || this.ends.has(`session:${sessionId}`);
  }

  /** Drops rows that no living session can need. @returns how many */
  async forget(tx: Tx): Promise<number> {
    const sql = 'DELETE FROM session_end WHERE until_at < ? ORDER BY until_at LIMIT ?';
    return (await tx.execute(sql, [tx.now, FORGET_CHUNK])).affectedRows;
  }

  private async read(): Promise<void> {
    try {
      // A number is made before its transaction commits; looking back a little finds those that committed late.
      const rows = await this.database.query<{ id: Id<'sessionEnd'>; subject: string }>(
        'SELECT id, subject FROM session_end WHERE id > ? ORDER BY id',
        [lookBack(this.newest)],
      );
      for (const row of rows) this.remember(row);
      this.readAt = this.clock.now();
    } catch (error) {
      // Known ends stay in force; refusing everybody because the database blinks would help nobody.
      if (this.readAt === Number.NEGATIVE_INFINITY) throw error;
      log.warn({ error: (error as Error).message }, 'ends of sessions could not be read');
    }
  }

  private remember({ id, subject }: { id: string; subject: string }): void {
    const number = BigInt(id);
    if (number > (this.ends.get(subject) ?? 0n)) this.ends.set(subject, number);
    if (number > BigInt(this.newest)) this.newest = id;
  }
}

/** A minute earlier in numbers whose upper bits are milliseconds. */
function lookBack(id: string): string {
  const earlier = BigInt(id) - (60_000n << 22n);
  return (earlier > 0n ? earlier : 0n).toString();
}
