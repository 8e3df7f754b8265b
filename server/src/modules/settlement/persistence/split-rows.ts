import { type BrandId, type Fen, type Id, type OrderId, parseFen, type StoreId } from '@shuke/shared/kernel';

export type SplitState = 'WAITING' | 'READY' | 'PROCESSING' | 'FINISHED' | 'ATTENTION';
export type SplitStep = 'PLAN' | 'RECEIVERS' | 'SEND' | 'QUERY' | 'RETRY' | 'UNFREEZE' | 'CHECK' | 'DONE';

export interface Split {
  brandId: BrandId;
  id: Id<'split'>;
  orderId: OrderId;
  paymentId: Id<'payment'>;
  storeId: StoreId;
  accountId: string;
  mchid: string;
  subMchid: string | null;
  collectMode: 'STORE' | 'BRAND';
  transactionId: string;
  paidFen: Fen;
  feeFen: Fen;
  state: SplitState;
  step: SplitStep;
  problem: string | null;
  paidAt: Date;
  dueAt: Date | null;
  deadlineAt: Date;
  fence: number;
  finishedAt: Date | null;
}

/** What is known of a split before it has begun. */
export type NewSplit = Omit<Split, 'state' | 'step' | 'problem' | 'dueAt' | 'fence' | 'finishedAt'>;

export interface SplitRequest {
  id: Id<'request'>;
  splitId: Id<'split'>;
  kind: 'SPLIT' | 'UNFREEZE';
  outOrderNo: string;
  state: 'PLANNED' | 'SENT' | 'FINISHED' | 'FAILED';
  amountFen: Fen;
  problem: string | null;
}

/** How a receiver ended. */
export interface ReceiverEnd {
  id: Id<'receiver'>;
  state: 'SUCCESS' | 'CLOSED';
  failReason: string | null;
  detailId: string | null;
}

export interface SplitReceiver {
  id: Id<'receiver'>;
  splitId: Id<'split'>;
  requestId: Id<'request'>;
  party: 'BRAND' | 'GUIDE';
  partyId: string;
  receiverType: 'MERCHANT_ID' | 'PERSONAL_OPENID';
  account: string;
  amountFen: Fen;
  returnedFen: Fen;
  state: 'PLANNED' | 'PENDING' | 'SUCCESS' | 'CLOSED';
  failReason: string | null;
}

export type Row = Record<string, unknown>;

export const toSplit = (row: Row): Split => ({
  brandId: row['brand_id'] as BrandId,
  id: row['id'] as Split['id'],
  orderId: row['order_id'] as OrderId,
  paymentId: row['payment_id'] as Split['paymentId'],
  storeId: row['store_id'] as StoreId,
  accountId: String(row['account_id']),
  mchid: String(row['mchid']),
  subMchid: row['sub_mchid'] as string | null,
  collectMode: row['collect_mode'] as Split['collectMode'],
  transactionId: String(row['transaction_id']),
  paidFen: parseFen(row['paid_fen']),
  feeFen: parseFen(row['fee_fen']),
  state: row['state'] as SplitState,
  step: row['step'] as SplitStep,
  problem: row['problem'] as string | null,
  paidAt: row['paid_at'] as Date,
  dueAt: row['due_at'] as Date | null,
  deadlineAt: row['deadline_at'] as Date,
  fence: Number(row['fence']),
  finishedAt: row['finished_at'] as Date | null,
});

export const toRequest = (row: Row): SplitRequest => ({
  id: row['id'] as SplitRequest['id'],
  splitId: row['split_id'] as Split['id'],
  kind: row['kind'] as SplitRequest['kind'],
  outOrderNo: String(row['out_order_no']),
  state: row['state'] as SplitRequest['state'],
  amountFen: parseFen(row['amount_fen']),
  problem: row['problem'] as string | null,
});

export const toReceiver = (row: Row): SplitReceiver => ({
  id: row['id'] as SplitReceiver['id'],
  splitId: row['split_id'] as Split['id'],
  requestId: row['request_id'] as SplitReceiver['requestId'],
  party: row['party'] as SplitReceiver['party'],
  partyId: String(row['party_id']),
  receiverType: row['receiver_type'] as SplitReceiver['receiverType'],
  account: String(row['account']),
  amountFen: parseFen(row['amount_fen']),
  returnedFen: parseFen(row['returned_fen']),
  state: row['state'] as SplitReceiver['state'],
  failReason: row['fail_reason'] as string | null,
});
