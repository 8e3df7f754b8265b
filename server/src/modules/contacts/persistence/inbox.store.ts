import type { BrandId, GuideId, Id } from '@shuke/shared/kernel';
import type { WecomEvent, WelcomeOutcome } from '../../../gateways/wecom/index.js';
import { marks, type Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** NONE there is no code · DUE to be sent · SENDING taken by one worker · else what came of it. */
export type WelcomeState = 'NONE' | 'DUE' | 'SENDING' | WelcomeOutcome;

export interface InboxEvent {
  id: Id<'wecomEvent'>;
  brandId: BrandId;
  event: WecomEvent;
  attempts: number;
  nextAt: Date;
}
export interface NewInboxEvent {
  id: Id<'wecomEvent'>;
  brandId: BrandId;
  hash: string;
  serialKey: string;
  event: WecomEvent;
  welcomeState: WelcomeState;
}

interface Row {
  id: Id<'wecomEvent'>;
  brand_id: BrandId;
  content: unknown;
  attempts: number;
  next_at: Date;
}

const eventOf = (row: Row): InboxEvent => ({
  id: row.id,
  brandId: row.brand_id,
  event: (typeof row.content === 'string' ? JSON.parse(row.content) : row.content) as WecomEvent,
  attempts: row.attempts,
  nextAt: row.next_at,
});

/** All SQL about events that WeCom pushed. */
export class InboxStore {
  /** Keeps an event as it came; the same content again is the same event. */
  async keep(tx: Tx, one: NewInboxEvent): Promise<void> {
    await tx.execute(
      `INSERT INTO wecom_event (id, brand_id, content_hash, kind, serial_key, content, state, next_at, received_at, welcome_state)
       VALUES (?,?,?,?,?,?,'WAITING',?,?,?) ON DUPLICATE KEY UPDATE content_hash = VALUES(content_hash)`,
      [
        one.id,
        one.brandId,
        one.hash,
        one.event.kind,
        one.serialKey,
        JSON.stringify(one.event),
        tx.now,
        tx.now,
        one.welcomeState,
      ],
    );
  }

  /** What is due, the first waiting event of each guide and contact only: events of one pair are handled one by one. */
  async due(on: Queryable, brandIds: readonly BrandId[], now: Date, limit: number): Promise<InboxEvent[]> {
    const rows = await on.query<Row>(
      `SELECT e.id, e.brand_id, e.content, e.attempts, e.next_at FROM wecom_event e
       WHERE e.state = 'WAITING' AND e.next_at <= ? AND e.brand_id IN ${marks(brandIds)} AND NOT EXISTS (
         SELECT 1 FROM wecom_event p WHERE p.brand_id = e.brand_id AND p.serial_key = e.serial_key
           AND p.state = 'WAITING' AND p.id < e.id)
       ORDER BY e.id LIMIT ?`,
      [now, ...brandIds, limit],
    );
    return rows.map(eventOf);
  }

  /** Takes an event for a while; false when another worker took it first. */
  async claim(tx: Tx, one: InboxEvent, until: Date): Promise<boolean> {
    const written = await tx.execute(
      "UPDATE wecom_event SET attempts = attempts + 1, next_at = ? WHERE id = ? AND state = 'WAITING' AND attempts = ?",
      [until, one.id, one.attempts],
    );
    return written.affectedRows === 1;
  }

  async finish(tx: Tx, id: Id<'wecomEvent'>): Promise<void> {
    await tx.execute("UPDATE wecom_event SET state = 'DONE', handled_at = ?, problem = NULL WHERE id = ?", [
      tx.now,
      id,
    ]);
  }

  /** @param nextAt null makes it a dead letter */
  async putOff(tx: Tx, id: Id<'wecomEvent'>, problem: string, nextAt: Date | null): Promise<void> {
    await tx.execute('UPDATE wecom_event SET state = ?, next_at = ?, problem = ?, handled_at = ? WHERE id = ?', [
      nextAt ? 'WAITING' : 'DEAD',
      nextAt ?? tx.now,
      problem.slice(0, 300),
      nextAt ? null : tx.now,
      id,
    ]);
  }

  /** The event's welcome, locked, so that it cannot change between this read and what is written from it. */
  async lockWelcome(tx: Tx, id: Id<'wecomEvent'>): Promise<WelcomeState> {
    const sql = 'SELECT welcome_state FROM wecom_event WHERE id = ? FOR UPDATE';
    const [row] = await tx.query<{ welcome_state: WelcomeState }>(sql, [id]);
    return row?.welcome_state ?? 'NONE';
  }

  /** Welcomes to be sent, and those whose worker died on the way (taken, but received before `stuckBefore`). */
  async dueWelcomes(
    on: Queryable,
    brandIds: readonly BrandId[],
    stuckBefore: Date,
    limit: number,
  ): Promise<(InboxEvent & { welcomeState: 'DUE' | 'SENDING' })[]> {
    const rows = await on.query<Row & { welcome_state: 'DUE' | 'SENDING' }>(
      `SELECT id, brand_id, content, attempts, next_at, welcome_state FROM wecom_event
       WHERE welcome_state IN ('DUE', 'SENDING') AND (welcome_state = 'DUE' OR received_at < ?)
         AND brand_id IN ${marks(brandIds)} ORDER BY id LIMIT ?`,
      [stuckBefore, ...brandIds, limit],
    );
    return rows.map((row) => ({ ...eventOf(row), welcomeState: row.welcome_state }));
  }

  /** Moves a welcome on; false when it was no longer in the state expected. */
  async moveWelcome(tx: Tx, id: Id<'wecomEvent'>, from: WelcomeState, to: WelcomeState): Promise<boolean> {
    const written = await tx.execute('UPDATE wecom_event SET welcome_state = ? WHERE id = ? AND welcome_state = ?', [
      to,
      id,
      from,
    ]);
    return written.affectedRows === 1;
  }

  async keepWelcome(tx: Tx, brandId: BrandId, guideId: GuideId, externalUserId: string, state: WelcomeState) {
    await tx.execute(
      'UPDATE contact_relation SET welcome_state = ? WHERE brand_id = ? AND guide_id = ? AND external_userid = ?',
      [state, brandId, guideId, externalUserId],
    );
  }
}
