import type { BasisPoints, Fen } from '@shuke/shared/kernel';
import { amount, compact } from './json-reader.js';
import type { PayHttp } from './pay-http.js';
import { mapOk, type PayResult, unknown } from './pay-result.js';
import { type Collector, requireCollector } from './payments.js';
import {
  type ReceiverType,
  type RelationType,
  readMaxRatio,
  readShareReturn,
  readSplitOrder,
  type ShareReturn,
  type SplitOrder,
} from './sharing-types.js';

export interface ReceiverRef extends Collector {
  appid: string;
  subAppid?: string;
  type: ReceiverType;
  account: string;
}

export interface AddReceiverInput extends ReceiverRef {
  /** Full company name, required for MERCHANT_ID; for a person it is checked against the real name. Encrypted here. */
  name?: string;
  relation: RelationType;
  customRelation?: string;
}

export interface SplitInput extends Collector {
  appid?: string;
  subAppid?: string;
  transactionId: string;
  outOrderNo: string;
  receivers: ReadonlyArray<{ type: ReceiverType; account: string; amount: Fen; description: string }>;
  /** Releases the rest to the collector; no further split is possible then. */
  unfreezeRest: boolean;
}

export interface ReturnInput extends Collector {
  outOrderNo: string;
  outReturnNo: string;
  /** The merchant that gives back; a person cannot. */
  returnMchid: string;
  amount: Fen;
  description: string;
}

/** A request that is stored and sent again unchanged under its number. */
export type SharingBody = Readonly<Record<string, unknown>>;

const ROOT = '/v3/profitsharing';

/** Profit sharing of a plain service provider or direct merchant (reference: wechat-pay 5). */
export class ProfitSharing {
  constructor(private readonly http: PayHttp) {}

  /** Idempotent; the list belongs to each sub-merchant. */
  async addReceiver(input: AddReceiverInput): Promise<PayResult<null>> {
    const key = input.name === undefined ? null : this.http.keys.forEncryption();
    if (input.name !== undefined && !key)
      return unknown('UNKNOWN_KEY', { message: 'no key to encrypt the receiver name with' });
    const body = compact({
      ...this.receiver(input),
      name: input.name && key ? this.http.signer.encrypt(input.name, key.pem) : undefined,
      relation_type: input.relation,
      custom_relation: input.customRelation?.slice(0, 10),
    });
    const path = `${ROOT}/receivers/add`;
    return mapOk(await this.http.call({ method: 'POST', path, body, encryptedWith: key?.serial }), () => null);
  }

  async deleteReceiver(input: ReceiverRef): Promise<PayResult<null>> {
    const body = this.receiver(input);
    return mapOk(await this.http.call({ method: 'POST', path: `${ROOT}/receivers/delete`, body }), () => null);
  }

  /** Pure. @throws RangeError for more than 50 receivers, none, one twice, or an amount below one fen */
  buildSplit(input: SplitInput): SharingBody {
    requireCollector(this.http.account, input.subMchid);
    const accounts = new Set(input.receivers.map((receiver) => `${receiver.type}:${receiver.account}`));
    if (input.receivers.length < 1 || input.receivers.length > 50) throw new RangeError('1 to 50 receivers');
    if (accounts.size !== input.receivers.length) throw new RangeError('a receiver stands in a split only once');
    if (input.receivers.some((receiver) => receiver.amount < 1))
      throw new RangeError('a receiver gets one fen or more');
    return compact({
      sub_mchid: input.subMchid,
      appid: input.appid,
      sub_appid: input.subAppid,
      transaction_id: input.transactionId,
      out_order_no: input.outOrderNo,
      receivers: input.receivers.map((receiver) => ({
        type: receiver.type,
        account: receiver.account,
        amount: receiver.amount,
        description: receiver.description.slice(0, 80),
      })),
      unfreeze_unsplit: input.unfreezeRest,
    });
  }

  /** Asks for a split; the 200 is an acceptance, receivers are settled later. */
  split(body: SharingBody): Promise<PayResult<SplitOrder>> {
    return this.order('POST', `${ROOT}/orders`, body['sub_mchid'], body);
  }

  querySplit(input: { outOrderNo: string; transactionId: string } & Collector): Promise<PayResult<SplitOrder>> {
    requireCollector(this.http.account, input.subMchid);
    const query = new URLSearchParams(
      compact({ sub_mchid: input.subMchid ?? '', transaction_id: input.transactionId }),
    );
    if (!input.subMchid) query.delete('sub_mchid');
    return this.order('GET', `${ROOT}/orders/${encodeURIComponent(input.outOrderNo)}?${query}`, input.subMchid);
  }

  /** Pure. The number must be new: with a split's number WeChat answers success and releases nothing. */
  buildUnfreeze(input: { transactionId: string; outOrderNo: string; description: string } & Collector): SharingBody {
    requireCollector(this.http.account, input.subMchid);
    return compact({
      sub_mchid: input.subMchid,
      transaction_id: input.transactionId,
      out_order_no: input.outOrderNo,
      description: input.description.slice(0, 80),
    });
  }

  /** Releases what is left to the collector; check with amounts() that nothing is frozen afterwards. */
  unfreeze(body: SharingBody): Promise<PayResult<SplitOrder>> {
    return this.order('POST', `${ROOT}/orders/unfreeze`, body['sub_mchid'], body);
  }

  /** What of an order can still be split, in fen. */
  async amounts(transactionId: string): Promise<PayResult<{ unsplit: Fen }>> {
    const path = `${ROOT}/transactions/${encodeURIComponent(transactionId)}/amounts`;
    return mapOk(await this.http.call({ method: 'GET', path }), (data) => ({
      unsplit: amount(data, 'unsplit_amount'),
    }));
  }

  /** Pure. */
  buildReturn(input: ReturnInput): SharingBody {
    requireCollector(this.http.account, input.subMchid);
    if (input.amount < 1) throw new RangeError('a return is one fen or more');
    return compact({
      sub_mchid: input.subMchid,
      out_order_no: input.outOrderNo,
      out_return_no: input.outReturnNo,
      return_mchid: input.returnMchid,
      amount: input.amount,
      description: input.description.slice(0, 80),
    });
  }

  /** Takes a merchant's share back. Short of balance stays PROCESSING: top up, then repeat the same number. */
  async returnShare(body: SharingBody): Promise<PayResult<ShareReturn>> {
    return mapOk(await this.http.call({ method: 'POST', path: `${ROOT}/return-orders`, body }), readShareReturn);
  }

  async queryReturn(input: { outReturnNo: string; outOrderNo: string } & Collector): Promise<PayResult<ShareReturn>> {
    requireCollector(this.http.account, input.subMchid);
    const query = new URLSearchParams({ out_order_no: input.outOrderNo });
    if (input.subMchid) query.set('sub_mchid', input.subMchid);
    const path = `${ROOT}/return-orders/${encodeURIComponent(input.outReturnNo)}?${query}`;
    return mapOk(await this.http.call({ method: 'GET', path }), readShareReturn);
  }

  /** The ratio the sub-merchant has authorised; refused with NO_AUTH when it has not. */
  async merchantConfig(subMchid: string): Promise<PayResult<{ maxRatio: BasisPoints }>> {
    const path = `${ROOT}/merchant-configs/${encodeURIComponent(subMchid)}`;
    return mapOk(await this.http.call({ method: 'GET', path }), (data) => ({ maxRatio: readMaxRatio(data) }));
  }

  private async order(
    method: 'GET' | 'POST',
    path: string,
    subMchid: unknown,
    body?: SharingBody,
  ): Promise<PayResult<SplitOrder>> {
    const collector = typeof subMchid === 'string' && subMchid ? subMchid : this.http.account.mchid;
    return mapOk(await this.http.call({ method, path, body }), (data) => readSplitOrder(data, collector));
  }

  private receiver(input: ReceiverRef) {
    requireCollector(this.http.account, input.subMchid);
    return compact({
      sub_mchid: input.subMchid,
      appid: input.appid,
      sub_appid: input.subAppid,
      type: input.type,
      account: input.account,
    });
  }
}
