import { type Static, Type } from '@sinclair/typebox';
import { Cursor, Exact, IdParam, IdText, Instant, Nullable, OneOf, Page, PageSize, Text } from './fields.js';
import { route } from './route.js';

/** Goods that a guide gave to a customer against a code. */
export const HandOverView = Type.Object({
  id: IdText,
  kind: OneOf(['ORDER', 'EXCHANGE']),
  subjectId: IdText,
  subjectNo: Type.String(),
  title: Type.String(),
  guideName: Nullable(Type.String()),
  at: Instant,
  state: OneOf(['DONE', 'UNDONE']),
  stateText: Type.String(),
  undoReason: Nullable(Type.String()),
  canUndo: Type.Boolean(),
  undoUntil: Nullable(Instant),
});
export type HandOverView = Static<typeof HandOverView>;

/** What was handed over at the counter, and the way back. */
export const guideHandOverRoutes = {
  handOvers: route('guide.handOvers', 'guide', 'GET /api/g/hand-overs', 'What my store handed over against a code', {
    query: Exact({
      subjectId: Type.Optional(IdText),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(PageSize),
    }),
    response: Page(HandOverView),
  }),
  undoHandOver: route(
    'guide.undoHandOver',
    'guide',
    'POST /api/g/hand-overs/{id}/undo',
    'Undo a hand-over: the same guide within the minutes that the brand gives, or the manager; the code is good again',
    { params: IdParam, body: Exact({ reason: Text(60, 1) }), response: HandOverView },
  ),
} as const;
