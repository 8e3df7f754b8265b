import { type BasisPoints, basisPoints, type Fen } from '@shuke/shared/kernel';
import { amount, instant, type Json, list, optionalText, text } from './json-reader.js';

export type ReceiverType = 'MERCHANT_ID' | 'PERSONAL_OPENID' | 'PERSONAL_SUB_OPENID';
export type RelationType =
  | 'SERVICE_PROVIDER'
  | 'STORE'
  | 'STAFF'
  | 'STORE_OWNER'
  | 'PARTNER'
  | 'HEADQUARTER'
  | 'BRAND'
  | 'DISTRIBUTOR'
  | 'USER'
  | 'SUPPLIER'
  | 'CUSTOM';
export const RECEIVER_FAIL_REASONS = [
  'ACCOUNT_ABNORMAL',
  'NO_RELATION',
  'RECEIVER_HIGH_RISK',
  'RECEIVER_REAL_NAME_NOT_VERIFIED',
  'NO_AUTH',
  'RECEIVER_RECEIPT_LIMIT',
  'PAYER_ACCOUNT_ABNORMAL',
  'INVALID_REQUEST',
] as const;
export type ReceiverFailReason = (typeof RECEIVER_FAIL_REASONS)[number];

export const RETURN_FAIL_REASONS = [
  'ACCOUNT_ABNORMAL',
  'BALANCE_NOT_ENOUGH',
  'TIME_OUT_CLOSED',
  'PAYER_ACCOUNT_ABNORMAL',
  'INVALID_REQUEST',
] as const;
export type ReturnFailReason = (typeof RETURN_FAIL_REASONS)[number];

export interface SplitReceiver {
  type: ReceiverType;
  account: string;
  amount: Fen;
  description: string;
  result: 'PENDING' | 'SUCCESS' | 'CLOSED';
  failReason: string | null;
  /** Joins the split bill with the fund-flow bill. */
  detailId: string | null;
  createdAtMs: number | null;
  finishedAtMs: number | null;
  /** True for the row "解冻给分账方" that WeChat adds for the collector: it is no receiver of ours. */
  released: boolean;
}

export interface SplitOrder {
  subMchid: string | null;
  transactionId: string;
  outOrderNo: string;
  orderId: string;
  /** FINISHED says that nothing is pending, not that everybody got paid. */
  state: 'PROCESSING' | 'FINISHED';
  receivers: SplitReceiver[];
}

/** @param collector the merchant whose money is split */
export function readSplitOrder(source: Json, collector: string): SplitOrder {
  return {
    subMchid: optionalText(source, 'sub_mchid'),
    transactionId: text(source, 'transaction_id'),
    outOrderNo: text(source, 'out_order_no'),
    orderId: text(source, 'order_id'),
    state: text(source, 'state') as SplitOrder['state'],
    receivers: list(source, 'receivers').map((row) => readReceiver(row, collector)),
  };
}

function readReceiver(row: Json, collector: string): SplitReceiver {
  const type = text(row, 'type') as ReceiverType;
  const account = text(row, 'account');
  const description = optionalText(row, 'description') ?? '';
  return {
    type,
    account,
    amount: amount(row, 'amount'),
    description,
    result: (optionalText(row, 'result') ?? 'PENDING') as SplitReceiver['result'],
    failReason: optionalText(row, 'fail_reason'),
    detailId: optionalText(row, 'detail_id'),
    createdAtMs: instant(row, 'create_time'),
    finishedAtMs: instant(row, 'finish_time'),
    released: type === 'MERCHANT_ID' && account === collector && description === '解冻给分账方',
  };
}

export interface ShareReturn {
  orderId: string | null;
  outOrderNo: string | null;
  outReturnNo: string;
  returnId: string | null;
  returnMchid: string;
  amount: Fen;
  result: 'PROCESSING' | 'SUCCESS' | 'FAILED';
  failReason: string | null;
  createdAtMs: number | null;
  finishedAtMs: number | null;
}

export const readShareReturn = (source: Json): ShareReturn => ({
  orderId: optionalText(source, 'order_id'),
  outOrderNo: optionalText(source, 'out_order_no'),
  outReturnNo: text(source, 'out_return_no'),
  returnId: optionalText(source, 'return_id') ?? optionalText(source, 'return_no'),
  returnMchid: text(source, 'return_mchid'),
  amount: amount(source, 'amount'),
  result: text(source, 'result') as ShareReturn['result'],
  failReason: optionalText(source, 'fail_reason'),
  createdAtMs: instant(source, 'create_time'),
  finishedAtMs: instant(source, 'finish_time'),
});

/** max_ratio is in 1/10000, as our basis points are. */
export const readMaxRatio = (source: Json): BasisPoints => basisPoints(Number(source['max_ratio']));
