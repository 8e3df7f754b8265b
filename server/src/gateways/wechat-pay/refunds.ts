import type { Fen } from '@shuke/shared/kernel';
import { compact } from './json-reader.js';
import type { PayHttp } from './pay-http.js';
import { mapOk, type PayResult, unknown } from './pay-result.js';
import { type Refund, readRefund } from './payment-types.js';
import { type Collector, requireCollector } from './payments.js';
import { notifyUrl } from './wechat-pay.config.js';

export interface RefundInput extends Collector {
  transactionId: string;
  outRefundNo: string;
  refund: Fen;
  /** The order's whole amount. */
  total: Fen;
  reason?: string;
  /** Take it from the available balance, for instance after unfreezing. */
  fromAvailable?: boolean;
}

export type RefundBody = Readonly<Record<string, unknown>>;

export interface AbnormalRefundInput extends Collector {
  refundId: string;
  outRefundNo: string;
  type: 'USER_BANK_CARD' | 'MERCHANT_BANK_CARD';
  bankType?: string;
  bankAccount?: string;
  realName?: string;
}

/** Refunds (reference: wechat-pay 4). A 200 is an acceptance only; repeat with the same number, 60 s apart or more. */
export class Refunds {
  constructor(private readonly http: PayHttp) {}

  /** Pure; stored by the caller and sent again unchanged. */
  buildRefund(input: RefundInput): RefundBody {
    requireCollector(this.http.account, input.subMchid);
    if (input.refund < 1 || input.refund > input.total)
      throw new RangeError('a refund lies between 1 fen and the total');
    return compact({
      sub_mchid: input.subMchid,
      transaction_id: input.transactionId,
      out_refund_no: input.outRefundNo,
      reason: input.reason?.slice(0, 80),
      notify_url: notifyUrl(this.http.account, 'refund'),
      funds_account: input.fromAvailable ? 'AVAILABLE' : undefined,
      amount: { refund: input.refund, total: input.total, currency: 'CNY' },
    });
  }

  async refund(body: RefundBody): Promise<PayResult<Refund>> {
    return mapOk(await this.http.call({ method: 'POST', path: '/v3/refund/domestic/refunds', body }), readRefund);
  }

  /** Refused with 404 means "not accepted": send the same number again. */
  async queryRefund(input: { outRefundNo: string } & Collector): Promise<PayResult<Refund>> {
    requireCollector(this.http.account, input.subMchid);
    const query = input.subMchid ? `?sub_mchid=${encodeURIComponent(input.subMchid)}` : '';
    const path = `/v3/refund/domestic/refunds/${encodeURIComponent(input.outRefundNo)}${query}`;
    return mapOk(await this.http.call({ method: 'GET', path }), readRefund);
  }

  /** For an ABNORMAL refund: to another card of the customer, or back to the merchant. */
  async abnormalRefund(input: AbnormalRefundInput): Promise<PayResult<Refund>> {
    requireCollector(this.http.account, input.subMchid);
    const key = this.http.keys.forEncryption();
    const secret = input.bankAccount !== undefined || input.realName !== undefined;
    if (secret && !key) return unknown('UNKNOWN_KEY', { message: 'no key to encrypt the bank account with' });
    const seal = (plain?: string) => (plain && key ? this.http.signer.encrypt(plain, key.pem) : undefined);
    const body = compact({
      sub_mchid: input.subMchid,
      out_refund_no: input.outRefundNo,
      type: input.type,
      bank_type: input.bankType,
      bank_account: seal(input.bankAccount),
      real_name: seal(input.realName),
    });
    const path = `/v3/refund/domestic/refunds/${encodeURIComponent(input.refundId)}/apply-abnormal-refund`;
    const encryptedWith = secret ? key?.serial : undefined;
    return mapOk(await this.http.call({ method: 'POST', path, body, encryptedWith }), readRefund);
  }
}
