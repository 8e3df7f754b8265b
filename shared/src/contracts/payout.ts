import { type Static, Type } from '@sinclair/typebox';
import { Day, FenInt, IdText, Instant, Nullable, OneOf } from './fields.js';
import { STATEMENT_STATES } from './settlement.js';

/** What the brand collected for a franchisee and has not paid yet (product.md S1, S6). */
const owed = {
  /** May be paid now; negative where later refunds took back more than is open. */
  dueFen: FenInt,
  /** Waits because the franchisee objects to its lines. */
  frozenFen: FenInt,
};

export const Payable = Type.Object({
  franchiseeId: IdText,
  franchiseeName: Type.String(),
  ...owed,
  /** Of days that are not locked yet. */
  laterFen: FenInt,
  dayCount: Type.Integer(),
});
export type Payable = Static<typeof Payable>;

export const PayableDay = Type.Object({ day: Day, state: OneOf(STATEMENT_STATES), ...owed, laterFen: FenInt });
export type PayableDay = Static<typeof PayableDay>;

export const PayoutView = Type.Object({
  id: IdText,
  franchiseeId: IdText,
  franchiseeName: Type.String(),
  amountFen: FenInt,
  paidOn: Day,
  reference: Type.String({ description: 'number of the bank transfer' }),
  note: Type.String(),
  days: Type.Array(Type.Object({ day: Day, fen: FenInt })),
  by: Type.String(),
  at: Instant,
  cancelled: Nullable(Type.Object({ by: Type.String(), reason: Type.String(), at: Instant })),
});
export type PayoutView = Static<typeof PayoutView>;
