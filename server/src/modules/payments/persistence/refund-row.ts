import { type BrandId, type Fen, type Id, type OrderId, parseFen, ZERO_FEN } from '@shuke/shared/kernel';
import type { SqlValue } from '../../../platform/database/database.js';

/** REQUESTED until WeChat has accepted it, PROCESSING until it says how it ended. FAILED needs a person. */
export type RefundState = 'REQUESTED' | 'PROCESSING' | 'SUCCESS' | 'FAILED';
/** The saga's place: plan, take shares back from merchants, refund, done. */
export type RefundStep = 'PLAN' | 'RETURN' | 'SEND' | 'DONE';

export interface RefundDraft {
  brandId: BrandId;
  id: Id<'refund'>;
  orderId: OrderId;
  paymentId: Id<'payment'>;
  /** What goes back through WeChat. */
  amountFen: Fen;
  /** What goes back to the wallet's lots. */
  walletFen: Fen;
  freightFen: Fen;
  freightWalletFen: Fen;
  pointsBack: number;
  withheldFen: Fen;
  /** The part of `amountFen` that goes back through a presale's deposit; the rest through its tail. */
  depositFen: Fen;
  reason: string;
  cause: 'REQUEST' | 'LATE_PAYMENT' | 'AFTER_SALE';
  /** KEPT when the consumer keeps the goods or their return is booked elsewhere: then no stock moves. */
  goods: 'BACK' | 'KEPT';
  caseId: Id | null;
  outRefundNo: string;
  attempt: number;
  state: RefundState;
  step: RefundStep;
  plan: unknown;
  problem: string | null;
  checks: number;
  requestedBy: string;
  /** Per line what comes back in all, and what of it the wallet paid. */
  lines: { lineId: string; qty: number; amountFen: Fen; walletFen: Fen }[];
  /** Presents that the consumer keeps for their price, which was held back of this refund. */
  kept: { lineId: string; qty: number }[];
  createdAt: Date;
  finishedAt: Date | null;
}

/** What every refund has to say when it is opened; the rest is nothing until it is said. */
type NewRefund = Pick<
  RefundDraft,
  'brandId' | 'id' | 'orderId' | 'paymentId' | 'amountFen' | 'reason' | 'cause' | 'requestedBy'
> &
  Partial<RefundDraft>;

/** A refund as it is opened: its number is made before the first call. */
export const newRefund = (said: NewRefund): RefundDraft => ({
  walletFen: ZERO_FEN,
  freightFen: ZERO_FEN,
  freightWalletFen: ZERO_FEN,
  pointsBack: 0,
  withheldFen: ZERO_FEN,
  depositFen: ZERO_FEN,
  goods: 'BACK',
  caseId: null,
  outRefundNo: `R${said.id}`,
  attempt: 1,
  state: 'REQUESTED',
  step: 'PLAN',
  plan: null,
  problem: null,
  checks: 0,
  lines: [],
  kept: [],
  createdAt: new Date(0),
  finishedAt: null,
  ...said,
});

type Row = Record<string, unknown>;

export type RefundOutcome = Pick<RefundDraft, 'state' | 'problem' | 'plan'>;

/** What was planned for a refund, as it was written down. */
export const planOf = (value: unknown): unknown =>
  typeof value === 'string' ? (JSON.parse(value) as unknown) : (value ?? null);

/** One row for each line: what comes back of it, and what of it is kept for its price. */
export function rowsOf({ lines, kept }: Pick<RefundDraft, 'lines' | 'kept'>): SqlValue[][] {
  const keptOf = (lineId: string) => kept.find((one) => one.lineId === lineId)?.qty ?? 0;
  const keptAlone = kept.filter((one) => lines.every(({ lineId }) => lineId !== one.lineId));
  return [
    ...lines.map((line) => [line.lineId, line.qty, keptOf(line.lineId), line.amountFen, line.walletFen]),
    ...keptAlone.map((one) => [one.lineId, 0, one.qty, 0, 0]),
  ];
}

function linesOf(rows: readonly Row[]): Pick<RefundDraft, 'lines' | 'kept'> {
  const all = rows.map((row) => ({
    lineId: String(row['line_id']),
    qty: Number(row['qty']),
    keptQty: Number(row['kept_qty']),
    amountFen: parseFen(row['amount_fen']),
    walletFen: parseFen(row['wallet_fen']),
  }));
  return {
    lines: all.filter((one) => one.qty > 0 || one.amountFen > 0).map(({ keptQty: _, ...line }) => line),
    kept: all.filter((one) => one.keptQty > 0).map(({ lineId, keptQty }) => ({ lineId, qty: keptQty })),
  };
}

/** A row of `refund` with its lines. */
export function toRefund(row: Row, lines: readonly Row[]): RefundDraft {
  return {
    brandId: row['brand_id'] as BrandId,
    id: row['id'] as RefundDraft['id'],
    orderId: row['order_id'] as OrderId,
    paymentId: row['payment_id'] as RefundDraft['paymentId'],
    amountFen: parseFen(row['amount_fen']),
    walletFen: parseFen(row['wallet_fen']),
    freightFen: parseFen(row['freight_fen']),
    freightWalletFen: parseFen(row['freight_wallet_fen']),
    pointsBack: Number(row['points_back']),
    withheldFen: parseFen(row['withheld_fen']),
    depositFen: parseFen(row['deposit_fen']),
    goods: row['goods'] as RefundDraft['goods'],
    caseId: row['case_id'] as Id | null,
    reason: String(row['reason']),
    cause: row['cause'] as RefundDraft['cause'],
    outRefundNo: String(row['out_refund_no']),
    attempt: Number(row['attempt']),
    state: row['state'] as RefundState,
    step: row['step'] as RefundStep,
    plan: planOf(row['plan']),
    problem: row['problem'] as string | null,
    checks: Number(row['checks']),
    requestedBy: String(row['requested_by']),
    ...linesOf(lines),
    createdAt: row['created_at'] as Date,
    finishedAt: row['finished_at'] as Date | null,
  };
}
