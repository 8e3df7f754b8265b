export type StatementState = 'DRAFT' | 'PUBLISHED' | 'CONFIRMED' | 'DISPUTED' | 'LOCKED' | 'PAID';
export type StatementAct = 'CONFIRM' | 'DISPUTE' | 'ANSWER';

/** What each act needs and where it leads: a dispute ends when its franchisee confirms, never by headquarters alone. */
const MOVES: Record<StatementAct, Partial<Record<StatementState, StatementState>>> = {
  CONFIRM: { PUBLISHED: 'CONFIRMED', DISPUTED: 'CONFIRMED' },
  DISPUTE: { PUBLISHED: 'DISPUTED' },
  ANSWER: { DISPUTED: 'DISPUTED' },
};

/** The state after an act, or null where the act has no place. */
export const afterAct = (state: StatementState | null, act: StatementAct): StatementState | null =>
  (state && MOVES[act][state]) ?? null;
