/** Records of profit sharing: receivers, splits and what merchants give back. Money is integer fen, instants are milliseconds. */

export interface Receiver {
  type: 'MERCHANT_ID' | 'PERSONAL_OPENID' | 'PERSONAL_SUB_OPENID';
  account: string;
  relationType: string;
  customRelation?: string;
  appid?: string;
  name?: string;
}

export interface SplitReceiver {
  type: Receiver['type'];
  account: string;
  amount: number;
  description: string;
  result: 'PENDING' | 'SUCCESS' | 'CLOSED';
  failReason?: string;
  detailId: string;
  createdAt: number;
  finishedAt: number;
  returned: number;
  /** The extra row that shows what went back to the collector. */
  synthetic?: boolean;
}

export interface Split {
  key: string;
  orderId: string;
  outOrderNo: string;
  owner: string;
  collector: string;
  orderKey: string;
  transactionId: string;
  fingerprint: string;
  kind: 'split' | 'unfreeze';
  unfreezeUnsplit: boolean;
  state: 'PROCESSING' | 'FINISHED';
  receivers: SplitReceiver[];
  createdAt: number;
}

export interface SplitReturn {
  key: string;
  returnId: string;
  outReturnNo: string;
  owner: string;
  collector: string;
  splitKey: string;
  fingerprint: string;
  returnMchid: string;
  amount: number;
  description: string;
  /** False while the receiver was short of money, so nothing has been taken yet. */
  funded: boolean;
  result: 'PROCESSING' | 'SUCCESS' | 'FAILED';
  failReason?: string;
  createdAt: number;
  finishedAt: number;
}
