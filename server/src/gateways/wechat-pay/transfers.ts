import { type Fen, fen } from '@shuke/shared/kernel';
import { amount, compact, instant, type Json, optionalText, text } from './json-reader.js';
import type { PayHttp } from './pay-http.js';
import { mapOk, type PayResult, unknown } from './pay-result.js';
import { notifyUrl } from './wechat-pay.config.js';

export type TransferState =
  | 'ACCEPTED'
  | 'PROCESSING'
  | 'WAIT_USER_CONFIRM'
  | 'TRANSFERING'
  | 'SUCCESS'
  | 'FAIL'
  | 'CANCELING'
  | 'CANCELLED';

/** Only after one of these may the same money be paid under another number. */
export const isTransferFinal = (state: TransferState): boolean =>
  state === 'SUCCESS' || state === 'FAIL' || state === 'CANCELLED';

/** From this amount on WeChat wants the receiver's name. */
export const NAME_REQUIRED_FROM: Fen = fen(200_000);
const MINIMUM: Fen = fen(10);

export interface TransferInput {
  appid: string;
  /** ≤ 32 letters and digits. */
  outBillNo: string;
  openid: string;
  amount: Fen;
  remark: string;
  /** 1005 is 佣金报酬, the scene for guides. */
  sceneId: string;
  reportInfos: ReadonlyArray<{ type: string; content: string }>;
  perception?: string;
  style?: 'CONFIRM_PAGE' | 'RED_PACKET';
}

export type TransferBody = Readonly<Record<string, unknown>>;

export interface Transfer {
  outBillNo: string;
  transferBillNo: string | null;
  state: TransferState;
  amount: Fen | null;
  openid: string | null;
  failReason: string | null;
  /** What wx.requestMerchantTransfer takes; only while the receiver has to confirm. */
  packageInfo: string | null;
  createdAtMs: number | null;
  updatedAtMs: number | null;
}

export const readTransfer = (source: Json): Transfer => ({
  outBillNo: text(source, 'out_bill_no'),
  transferBillNo: optionalText(source, 'transfer_bill_no'),
  state: text(source, 'state') as TransferState,
  amount: source['transfer_amount'] === undefined ? null : amount(source, 'transfer_amount'),
  openid: optionalText(source, 'openid'),
  failReason: optionalText(source, 'fail_reason'),
  packageInfo: optionalText(source, 'package_info'),
  createdAtMs: instant(source, 'create_time'),
  updatedAtMs: instant(source, 'update_time'),
});

/** The two report lines that scene 1005 fixes, for guides. */
export const guideReportInfos = (reward: string) => [
  { type: '岗位类型', content: '导购' },
  { type: '报酬说明', content: reward },
];

const ROOT = '/v3/fund-app/mch-transfer/transfer-bills';

/** 商家转账 (reference: wechat-pay 6.1). Never issue a new number before the old one is final: it would pay twice. */
export class Transfers {
  constructor(private readonly http: PayHttp) {}

  /** Pure. @throws RangeError below 0.10 yuan or for a bad number */
  buildTransfer(input: TransferInput): TransferBody {
    if (input.amount < MINIMUM) throw new RangeError('a transfer is ten fen or more');
    if (!/^[0-9A-Za-z]{1,32}$/.test(input.outBillNo)) throw new RangeError('not a valid out_bill_no');
    return compact({
      appid: input.appid,
      out_bill_no: input.outBillNo,
      transfer_scene_id: input.sceneId,
      openid: input.openid,
      transfer_amount: input.amount,
      transfer_remark: input.remark.slice(0, 32),
      notify_url: notifyUrl(this.http.account, 'transfer'),
      user_recv_perception: input.perception,
      transfer_scene_report_infos: input.reportInfos.map((info) => ({
        info_type: info.type,
        info_content: info.content,
      })),
      user_recv_style: input.style && { type: input.style },
    });
  }

  /** @param userName real name, encrypted here; needed from 2,000 yuan on */
  async create(body: TransferBody, userName?: string): Promise<PayResult<Transfer>> {
    const key = userName === undefined ? null : this.http.keys.forEncryption();
    if (userName !== undefined && !key) return unknown('UNKNOWN_KEY', { message: 'no key to encrypt the name with' });
    const named = userName && key ? { ...body, user_name: this.http.signer.encrypt(userName, key.pem) } : body;
    const call = { method: 'POST' as const, path: ROOT, body: named, encryptedWith: key?.serial };
    return mapOk(await this.http.call(call), readTransfer);
  }

  /** Refused with 404 means "not accepted": send the same number again. */
  async query(outBillNo: string): Promise<PayResult<Transfer>> {
    const path = `${ROOT}/out-bill-no/${encodeURIComponent(outBillNo)}`;
    return mapOk(await this.http.call({ method: 'GET', path }), readTransfer);
  }

  /** Asks to cancel; the outcome is found by query. */
  async cancel(outBillNo: string): Promise<PayResult<Transfer>> {
    const path = `${ROOT}/out-bill-no/${encodeURIComponent(outBillNo)}/cancel`;
    return mapOk(await this.http.call({ method: 'POST', path }), readTransfer);
  }
}
