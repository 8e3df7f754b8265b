import type { Fen } from '@shuke/shared/kernel';
import { compact, optionalText, rfc3339, text } from './json-reader.js';
import type { PayHttp } from './pay-http.js';
import { mapOk, type PayResult } from './pay-result.js';
import { type Payment, readPayment } from './payment-types.js';
import type { PayParams } from './request-signer.js';
import { notifyUrl, type PayAccount } from './wechat-pay.config.js';

/** Who collects: nothing in DIRECT mode, the sub-merchant in PARTNER mode. */
export interface Collector {
  subMchid?: string;
}

interface OrderInput extends Collector {
  /** The account's own appid (sp_appid in partner mode). */
  appid: string;
  /** The mini-program in which the sub-merchant collects, if it is not `appid`. */
  subAppid?: string;
  outTradeNo: string;
  description: string;
  /** ≥ 1 fen: WeChat refuses zero, so free orders must not come here. */
  total: Fen;
  /** Freezes the money for profit sharing; cannot be changed after ordering. */
  profitSharing: boolean;
  attach?: string;
  /** Instant in ms. */
  expiresAtMs?: number;
  payerIp?: string;
  store?: { id: string; name?: string };
}

export interface JsapiOrderInput extends OrderInput {
  /** openid under subAppid when that is given, under appid otherwise. */
  openid: string;
}

export interface CodepayInput extends OrderInput {
  authCode: string;
  deviceId?: string;
}

/** The exact request of an order. It is stored and sent again unchanged: other parameters under the same number are refused. */
export type OrderBody = Readonly<Record<string, unknown>>;

export function requireCollector(account: PayAccount, subMchid: string | undefined): void {
  if ((account.mode === 'PARTNER') !== (subMchid !== undefined && subMchid !== ''))
    throw new TypeError('a sub-merchant is named in partner mode and only there');
}

function orderBody(account: PayAccount, input: OrderInput): Record<string, unknown> {
  requireCollector(account, input.subMchid);
  if (!Number.isSafeInteger(input.total) || input.total < 1) throw new RangeError('WeChat Pay takes one fen or more');
  if (!/^[0-9A-Za-z_\-|*]{6,32}$/.test(input.outTradeNo)) throw new RangeError('not a valid out_trade_no');
  const parties =
    account.mode === 'PARTNER'
      ? { sp_appid: input.appid, sp_mchid: account.mchid, sub_appid: input.subAppid, sub_mchid: input.subMchid }
      : { appid: input.appid, mchid: account.mchid };
  const scene = compact({
    payer_client_ip: input.payerIp,
    store_info: input.store && compact({ id: input.store.id, name: input.store.name }),
  });
  return compact({
    ...parties,
    description: input.description.slice(0, 127),
    out_trade_no: input.outTradeNo,
    time_expire: input.expiresAtMs === undefined ? undefined : rfc3339(input.expiresAtMs),
    attach: input.attach,
    settle_info: { profit_sharing: input.profitSharing },
    amount: { total: input.total, currency: 'CNY' },
    scene_info: Object.keys(scene).length > 0 ? scene : undefined,
  });
}

/** Ordering, asking, closing; mini-program and POS. Paths: reference wechat-pay 3.1. */
export class Payments {
  private readonly root: string;

  constructor(private readonly http: PayHttp) {
    this.root = http.account.mode === 'PARTNER' ? '/v3/pay/partner/transactions' : '/v3/pay/transactions';
  }

  /** Pure. @throws RangeError for a zero amount or a bad number, TypeError when the sub-merchant does not fit the mode */
  buildJsapiOrder(input: JsapiOrderInput): OrderBody {
    const { account } = this.http;
    const payer =
      account.mode === 'DIRECT'
        ? { openid: input.openid }
        : input.subAppid
          ? { sub_openid: input.openid }
          : { sp_openid: input.openid };
    return compact({ ...orderBody(account, input), notify_url: notifyUrl(account, 'pay'), payer: compact(payer) });
  }

  /** Places an order, or renews its prepay_id (2 h) when repeated with the stored body. */
  async placeJsapiOrder(body: OrderBody): Promise<PayResult<{ prepayId: string }>> {
    const result = await this.http.call({ method: 'POST', path: `${this.root}/jsapi`, body });
    return mapOk(result, (data) => ({ prepayId: text(data, 'prepay_id') }));
  }

  /** What the mini-program hands to wx.requestPayment. @param appid of the mini-program that runs */
  payParams(prepayId: string, appid: string): Promise<PayParams> {
    return this.http.signer.payParams(prepayId, appid);
  }

  queryByOutTradeNo(input: { outTradeNo: string } & Collector): Promise<PayResult<Payment>> {
    return this.query(`out-trade-no/${encodeURIComponent(input.outTradeNo)}`, input.subMchid);
  }

  queryByTransactionId(input: { transactionId: string } & Collector): Promise<PayResult<Payment>> {
    return this.query(`id/${encodeURIComponent(input.transactionId)}`, input.subMchid);
  }

  /** Re-entrant. Refused with ORDER_PAID when the customer was quicker: query, and treat as paid. */
  async close(input: { outTradeNo: string } & Collector): Promise<PayResult<null>> {
    requireCollector(this.http.account, input.subMchid);
    const path = `${this.root}/out-trade-no/${encodeURIComponent(input.outTradeNo)}/close`;
    const result = await this.http.call({ method: 'POST', path, body: this.parties(input.subMchid) });
    return mapOk(result, () => null);
  }

  /** Pure. The POS order for a payment code. */
  buildCodepay(input: CodepayInput): OrderBody {
    const body = orderBody(this.http.account, input);
    const scene = { ...(body['scene_info'] as object | undefined), device_id: input.deviceId };
    const filled = compact(scene);
    return compact({
      ...body,
      payer: { auth_code: input.authCode },
      scene_info: Object.keys(filled).length > 0 ? filled : undefined,
    });
  }

  /** USERPAYING and any unknown outcome must be queried, and reversed when it stays so. */
  async codepay(body: OrderBody): Promise<PayResult<Payment>> {
    const result = await this.http.call({ method: 'POST', path: `${this.root}/codepay`, body });
    return mapOk(result, readPayment);
  }

  /** Undoes a POS payment of today whose outcome is not wanted. @param appid the account's appid */
  async reverse(input: { outTradeNo: string; appid: string } & Collector): Promise<PayResult<{ recall: boolean }>> {
    requireCollector(this.http.account, input.subMchid);
    const path = `${this.root}/out-trade-no/${encodeURIComponent(input.outTradeNo)}/reverse`;
    const appid = this.http.account.mode === 'PARTNER' ? { sp_appid: input.appid } : { appid: input.appid };
    const body = { ...appid, ...this.parties(input.subMchid) };
    const result = await this.http.call({ method: 'POST', path, body });
    return mapOk(result, (data) => ({ recall: optionalText(data, 'recall') === 'Y' }));
  }

  private async query(tail: string, subMchid: string | undefined): Promise<PayResult<Payment>> {
    requireCollector(this.http.account, subMchid);
    const query = new URLSearchParams(this.parties(subMchid));
    const result = await this.http.call({ method: 'GET', path: `${this.root}/${tail}?${query}` });
    return mapOk(result, readPayment);
  }

  private parties(subMchid: string | undefined): Record<string, string> {
    const { account } = this.http;
    return account.mode === 'PARTNER'
      ? { sp_mchid: account.mchid, sub_mchid: subMchid ?? '' }
      : { mchid: account.mchid };
  }
}
