import { type Static, Type } from '@sinclair/typebox';
import { Day, FenInt, IdText, Instant, Nullable, OneOf } from './fields.js';
import { COLLECT_MODES } from './organization.js';

export const DIFFERENCE_CLASSES = ['LONG', 'SHORT', 'STATE', 'AMOUNT', 'FEE', 'FILE'] as const;
export const DIFFERENCE_STATES = ['OPEN', 'RESOLVED'] as const;
export const BILL_KINDS = ['TRADE', 'SPLIT'] as const;

/** What one side says about a number. */
export const BillSide = Type.Object({
  kind: OneOf(['PAY', 'REFUND', 'SPLIT', 'RETURN']),
  amountFen: FenInt,
  feeFen: FenInt,
  isDone: Type.Boolean(),
});
/** Where the channel's bill and our books differ. */
export const BillDifference = Type.Object({
  id: IdText,
  day: Day,
  bill: OneOf(BILL_KINDS),
  class: OneOf(DIFFERENCE_CLASSES),
  classText: Type.String(),
  nextStep: Type.String(),
  ref: Type.String({ description: 'our number, as the bill repeats it' }),
  transactionId: Nullable(Type.String()),
  orderId: Nullable(IdText),
  orderNo: Nullable(Type.String()),
  storeId: Nullable(IdText),
  storeName: Nullable(Type.String()),
  ours: Nullable(BillSide),
  theirs: Nullable(BillSide),
  gapFen: FenInt,
  status: OneOf(DIFFERENCE_STATES),
  owner: Type.String(),
  isMine: Type.Boolean(),
  foundAt: Instant,
  resolvedAt: Nullable(Instant),
  resolution: Nullable(Type.String()),
});
export type BillDifference = Static<typeof BillDifference>;
export const BillDifferenceDetail = Type.Composite([
  BillDifference,
  Type.Object({
    receiver: Nullable(
      Type.Object(
        { name: Type.String(), account: Type.String() },
        { description: 'of a share or a return: who got it and where' },
      ),
    ),
    history: Type.Array(Type.Object({ at: Instant, by: Type.String(), text: Type.String() })),
  }),
]);
export type BillDifferenceDetail = Static<typeof BillDifferenceDetail>;

/** One bill of one account: whether it is in, and how much it held. */
export const BillDayView = Type.Object({
  day: Day,
  bill: OneOf(BILL_KINDS),
  accountId: Type.String(),
  merchantName: Type.String({ description: 'whose account collects there' }),
  mchid: Nullable(Type.String({ description: 'null when the account is not configured any more' })),
  collectMode: Nullable(OneOf(COLLECT_MODES)),
  state: OneOf(['DONE', 'EMPTY', 'WAIT', 'REFUSED']),
  lines: Type.Integer(),
  open: Type.Integer({ description: 'differences of that bill that are still open' }),
  problem: Nullable(Type.String()),
  comparedAt: Nullable(Instant),
});
export type BillDayView = Static<typeof BillDayView>;
