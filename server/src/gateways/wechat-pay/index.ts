export { BillFormatError } from './bill-parser.js';
export type { SplitBillRow, TradeBillRow } from './bill-rows.js';
export { type Bill, type FundFlowRow, parseFundFlowBill, parseSplitBill, parseTradeBill } from './bill-rows.js';
export type { BillFile } from './bills.js';
export type { NotificationFault, RefusedNotification, VerifiedNotification } from './notification.js';
export { isQuietFault, NOTIFICATION_STATUS } from './notification.js';
export * from './notification-router.js';
export type { PayResult, Refused, Unknown, UnknownWhy } from './pay-result.js';
export type { Payment, Refund, RefundStatus, TradeState } from './payment-types.js';
export type { CodepayInput, Collector, JsapiOrderInput, OrderBody } from './payments.js';
export type { AddReceiverInput, ReceiverRef, ReturnInput, SharingBody, SplitInput } from './profit-sharing.js';
export type { AbnormalRefundInput, RefundBody, RefundInput } from './refunds.js';
export { InProcessReplayStore, type ReplayStore } from './replay-store.js';
export type { PayParams } from './request-signer.js';
export type { ReceiverType, RelationType, ShareReturn, SplitOrder, SplitReceiver } from './sharing-types.js';
export {
  type Remedy,
  remedyForReceiver,
  remedyForRefusal,
  remedyForReturn,
  type SplitAction,
} from './split-remedies.js';
export type { Transfer, TransferBody, TransferInput, TransferState } from './transfers.js';
export { guideReportInfos, isTransferFinal, NAME_REQUIRED_FROM } from './transfers.js';
export { type NotifyKind, notifyUrl, type PayAccount } from './wechat-pay.config.js';
export { WechatPayGateway } from './wechat-pay.gateway.js';
