import { Type } from '@sinclair/typebox';
import { Day, FenInt, IdText, Instant } from './fields.js';

export const ClearingCell = Type.Object({
  fromParty: Type.String(),
  fromName: Type.String(),
  toParty: Type.String(),
  toName: Type.String(),
  fen: FenInt,
});
export const ClearingParty = Type.Object({
  party: Type.String({ description: 'HQ, STORE:id or FRANCHISEE:id' }),
  name: Type.String(),
  getsFen: FenInt,
  owesFen: FenInt,
  netFen: FenInt,
});
export const ClearingEntry = Type.Object({
  id: IdText,
  kind: Type.String(),
  kindText: Type.String(),
  subjectId: Type.String(),
  note: Type.String(),
  day: Day,
  at: Instant,
  legs: Type.Array(Type.Object({ party: Type.String(), name: Type.String(), fen: FenInt })),
});
