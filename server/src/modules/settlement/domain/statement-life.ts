import { DAY_MS } from '@shuke/shared/kernel';

export type StatementState = 'DRAFT' | 'PUBLISHED' | 'CONFIRMED' | 'DISPUTED' | 'LOCKED' | 'PAID';
/** What people and the clock do to a statement. */
export type StatementAct = 'CONFIRM' | 'WITHDRAW' | 'DISPUTE' | 'ANSWER' | 'LOCK' | 'PAY' | 'UNPAY';
/** A disputed line waits for headquarters, then for its franchisee, and is settled when its franchisee confirms. */
export type DisputeState = 'OPEN' | 'ANSWERED' | 'SETTLED';

/** What each act needs and where it leads: a dispute ends when its franchisee confirms, never by headquarters alone. */
const MOVES: Record<StatementAct, Partial<Record<StatementState, StatementState>>> = {
  CONFIRM: { PUBLISHED: 'CONFIRMED', DISPUTED: 'CONFIRMED' },
  WITHDRAW: { CONFIRMED: 'PUBLISHED' },
  DISPUTE: { PUBLISHED: 'DISPUTED', DISPUTED: 'DISPUTED' },
  ANSWER: { DISPUTED: 'DISPUTED' },
  LOCK: { PUBLISHED: 'LOCKED', CONFIRMED: 'LOCKED' },
  PAY: { LOCKED: 'PAID' },
  UNPAY: { PAID: 'LOCKED' },
};

/** The state after an act, or null where the act has no place. */
export const afterAct = (state: StatementState | null, act: StatementAct): StatementState | null =>
  (state && MOVES[act][state]) ?? null;

/** Whoever says nothing for a week agrees (reference/features.md B6); whoever confirmed may think again for a day. */
const LOCKS_AFTER_MS: Partial<Record<StatementState, number>> = { PUBLISHED: 7 * DAY_MS, CONFIRMED: DAY_MS };

/** When a statement that has been in its state since then locks by itself; null where it never does. */
export function locksAt(state: StatementState, since: Date): Date | null {
  const after = LOCKS_AFTER_MS[state];
  return after === undefined ? null : new Date(since.getTime() + after);
}

/** The states that lock by themselves, each with the latest instant since which it must have lasted. */
export const lockingBefore = (now: Date): { state: StatementState; since: Date }[] =>
  (Object.entries(LOCKS_AFTER_MS) as [StatementState, number][]).map(([state, after]) => ({
    state,
    since: new Date(now.getTime() - after),
  }));

/** The states whose lines may be paid: nobody can object any more, or only to the lines that are named. */
export const PAYABLE_STATES: readonly StatementState[] = ['LOCKED', 'DISPUTED'];
