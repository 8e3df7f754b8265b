import type { EventDraft } from '../outbox/event.js';
import type { Queryable } from './database.js';

/** An open transaction: what a store's writing methods take first, so that a write outside one does not compile. */
export interface Tx extends Queryable {
  /** The instant of the attempt; all rows of one unit of work carry the same. */
  readonly now: Date;
  /** Writes an event to the outbox of this transaction. */
  emit(event: EventDraft): void;
  /** Runs after the commit; for wake-ups only, since a crash between commit and call loses it. */
  afterCommit(run: () => void): void;
}
