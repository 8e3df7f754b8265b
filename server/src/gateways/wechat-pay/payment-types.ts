import { type Fen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';
import { amount, asObject, instant, type Json, list, optionalAmount, optionalText, text } from './json-reader.js';

/** States of an order at WeChat. REFUND follows any accepted refund, even a partial one. */
export type TradeState = 'SUCCESS' | 'REFUND' | 'NOTPAY' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR' | 'OTHER';

const TRADE_STATES: readonly string[] = ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'];

/** One payment as WeChat knows it: the same from a callback, a query and a POS payment. */
export interface Payment {
  /** Signing merchant: sp_mchid in partner mode. */
  mchid: string;
  subMchid: string | null;
  appid: string | null;
  subAppid: string | null;
  outTradeNo: string;
  transactionId: string | null;
  tradeType: string | null;
  tradeState: TradeState;
  tradeStateText: string | null;
  bankType: string | null;
  attach: string | null;
  paidAtMs: number | null;
  /** openid under appid (sp_openid or openid). */
  openid: string | null;
  /** openid under subAppid. */
  subOpenid: string | null;
  total: Fen | null;
  payerTotal: Fen | null;
  currency: string;
  /** Part of the total that WeChat does not settle to the merchant (免充值 coupons). */
  noncash: Fen;
}

export function readPayment(source: Json): Payment {
  const money = source['amount'] === undefined ? {} : asObject(source['amount']);
  const payer = source['payer'] === undefined ? {} : asObject(source['payer']);
  const state = text(source, 'trade_state');
  const noncash = list(source, 'promotion_detail')
    .filter((row) => row['type'] === 'NOCASH')
    .map((row) => amount(row, 'amount'));
  return {
    mchid: optionalText(source, 'sp_mchid') ?? text(source, 'mchid'),
    subMchid: optionalText(source, 'sub_mchid'),
    appid: optionalText(source, 'sp_appid') ?? optionalText(source, 'appid'),
    subAppid: optionalText(source, 'sub_appid'),
    outTradeNo: text(source, 'out_trade_no'),
    transactionId: optionalText(source, 'transaction_id'),
    tradeType: optionalText(source, 'trade_type'),
    tradeState: (TRADE_STATES.includes(state) ? state : 'OTHER') as TradeState,
    tradeStateText: optionalText(source, 'trade_state_desc'),
    bankType: optionalText(source, 'bank_type'),
    attach: optionalText(source, 'attach'),
    paidAtMs: instant(source, 'success_time'),
    openid: optionalText(payer, 'sp_openid') ?? optionalText(payer, 'openid'),
    subOpenid: optionalText(payer, 'sub_openid'),
    total: optionalAmount(money, 'total'),
    payerTotal: optionalAmount(money, 'payer_total'),
    currency: optionalText(money, 'currency') ?? 'CNY',
    noncash: noncash.length > 0 ? sumFen(noncash) : ZERO_FEN,
  };
}

export type RefundStatus = 'PROCESSING' | 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

export interface Refund {
  outRefundNo: string;
  refundId: string;
  outTradeNo: string;
  transactionId: string | null;
  status: RefundStatus;
  channel: string | null;
  fundsAccount: string | null;
  receivedAccount: string | null;
  createdAtMs: number | null;
  succeededAtMs: number | null;
  total: Fen;
  refund: Fen;
  payerRefund: Fen | null;
}

/** Answers name the state `status`, callbacks `refund_status`. */
export function readRefund(source: Json): Refund {
  const money = asObject(source['amount']);
  const status = optionalText(source, 'refund_status') ?? text(source, 'status');
  return {
    outRefundNo: text(source, 'out_refund_no'),
    refundId: text(source, 'refund_id'),
    outTradeNo: text(source, 'out_trade_no'),
    transactionId: optionalText(source, 'transaction_id'),
    status: status as RefundStatus,
    channel: optionalText(source, 'channel'),
    fundsAccount: optionalText(source, 'funds_account'),
    receivedAccount: optionalText(source, 'user_received_account'),
    createdAtMs: instant(source, 'create_time'),
    succeededAtMs: instant(source, 'success_time'),
    total: amount(money, 'total'),
    refund: amount(money, 'refund'),
    payerRefund: optionalAmount(money, 'payer_refund'),
  };
}
