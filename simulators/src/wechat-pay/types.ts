import type { Delivery } from './delivery-types.js';
import type { PaySettings } from './settings-types.js';
import type { Receiver, Split, SplitReturn } from './split-types.js';

/** Records of the simulated WeChat Pay. All money is integer fen, all instants are milliseconds since the epoch. */

export type Bucket = 'available' | 'frozen' | 'unsettled' | 'operation';
export type Balances = Record<Bucket, number>;

/** One line of a merchant's fund flow. */
export interface Movement {
  flowId: string;
  at: number;
  mchid: string;
  account: 'BASIC' | 'OPERATION';
  /** Signed: in is positive. */
  amount: number;
  /** Balance of that account afterwards. */
  balance: number;
  business: string;
  businessId: string;
  remark: string;
  voucher: string;
}

export type TradeState = 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR';

export interface Order {
  key: string;
  /** The merchant that signs: the service provider, or the direct merchant. */
  owner: string;
  /** The merchant whose money it is. */
  collector: string;
  partner: boolean;
  appid: string;
  subAppid?: string;
  outTradeNo: string;
  transactionId?: string;
  prepayId?: string;
  prepayExpiresAt: number;
  fingerprint: string;
  description: string;
  attach?: string;
  notifyUrl?: string;
  sceneInfo?: unknown;
  total: number;
  profitSharing: boolean;
  payer: { openid?: string; sp_openid?: string; sub_openid?: string };
  consumerKey: string;
  tradeType: 'JSAPI' | 'MICROPAY';
  state: TradeState;
  bankType: string;
  createdAt: number;
  expiresAt: number;
  paidAt?: number;
  feeRate: number;
  fee: number;
  feeReturned: number;
  /** Refunds accepted and not closed. */
  refunded: number;
  refundCount: number;
  /** Where this order's money waits; NONE once it is in the collector's available balance. */
  hold: 'FROZEN' | 'UNSETTLED' | 'NONE';
  held: number;
  /** Part of the frozen money that accepted splits have set aside. */
  reserved: number;
  settled: boolean;
  splitFinished: boolean;
  splitRequests: number;
  /** Split to others than the collector, done or under way. */
  splitTotal: number;
}

export interface Refund {
  key: string;
  refundId: string;
  outRefundNo: string;
  orderKey: string;
  owner: string;
  fingerprint: string;
  reason?: string;
  notifyUrl?: string;
  amount: number;
  /** The part of the fee that comes back with it. */
  feeBack: number;
  source: 'frozen' | 'unsettled' | 'available';
  status: 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';
  createdAt: number;
  finishedAt?: number;
}

export type TransferState =
  | 'ACCEPTED'
  | 'PROCESSING'
  | 'WAIT_USER_CONFIRM'
  | 'TRANSFERING'
  | 'SUCCESS'
  | 'FAIL'
  | 'CANCELING'
  | 'CANCELLED';

export interface Transfer {
  key: string;
  mchid: string;
  appid: string;
  outBillNo: string;
  transferBillNo: string;
  fingerprint: string;
  sceneId: string;
  openid: string;
  amount: number;
  remark: string;
  notifyUrl?: string;
  packageInfo: string;
  bucket?: Bucket;
  state: TransferState;
  failReason?: string;
  createdAt: number;
  updatedAt: number;
}

export interface Job {
  id: string;
  at: number;
  kind: string;
  ref: string;
}

export interface BillToken {
  token: string;
  mchid: string;
  expiresAt: number;
  file: string;
  gzip: boolean;
}

export interface PayState {
  seq: number;
  orders: Record<string, Order>;
  /** Order key of each transaction number. */
  transactions: Record<string, string>;
  refunds: Record<string, Refund>;
  /** Receivers of each collector. */
  receivers: Record<string, Receiver[]>;
  splits: Record<string, Split>;
  returns: Record<string, SplitReturn>;
  transfers: Record<string, Transfer>;
  balances: Record<string, Balances>;
  movements: Movement[];
  /** What persons received, by openid. */
  wallets: Record<string, number>;
  deliveries: Record<string, Delivery>;
  jobs: Record<string, Job>;
  authCodes: Record<string, { consumerKey: string; expiresAt: number }>;
  bills: Record<string, string | null>;
  billTokens: Record<string, BillToken>;
  settings: PaySettings;
}
