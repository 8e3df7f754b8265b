import type { Refused } from './pay-result.js';
import { type ReceiverFailReason, type ReturnFailReason } from './sharing-types.js';

/**
 * RETRY_LATER: the same again after a while. RETRY_DAILY: the same again tomorrow, and the store should know why.
 * ADD_RECEIVER, REFRESH_RATIO, READ_AMOUNTS: do that, then split anew.
 * STOP_STORE: nothing of this store will pass until somebody has acted. FINAL: pay by another instrument.
 * BUG: our own mistake or a wrong set-up; alarm.
 */
export type SplitAction =
  | 'RETRY_LATER'
  | 'RETRY_DAILY'
  | 'ADD_RECEIVER'
  | 'REFRESH_RATIO'
  | 'READ_AMOUNTS'
  | 'STOP_STORE'
  | 'FINAL'
  | 'BUG';

export interface Remedy {
  action: SplitAction;
  /** Whether the next try needs a new number. Repeating an unaccepted request keeps its number. */
  newNumber: boolean;
  /** What a person should know and do, in Chinese. */
  nextStep: string;
}

interface RefusalRule {
  code: string;
  /** Part of the message; null matches any. More specific rules come first. */
  says: string | null;
  remedy: Remedy;
}

const remedy = (action: SplitAction, newNumber: boolean, nextStep: string): Remedy => ({ action, newNumber, nextStep });

/** Reference: wechat-pay 5.3, request errors. Codes repeat with different messages, so both are looked at. */
export const SPLIT_REFUSALS: readonly RefusalRule[] = [
  {
    code: 'INVALID_REQUEST',
    says: '非分账订单',
    remedy: remedy(
      'BUG',
      false,
      '这笔订单下单时没有标记分账，无法再分。请检查门店的收款设置，应得款改用其他方式结算。',
    ),
  },
  {
    code: 'INVALID_REQUEST',
    says: '结算周期',
    remedy: remedy(
      'RETRY_DAILY',
      false,
      '微信推迟了这家门店的结算，常见原因是商户号被处罚或资料待补。请门店在微信商户平台查看；系统每天会用原单号再试一次。',
    ),
  },
  {
    code: 'INVALID_REQUEST',
    says: '订单处理中',
    remedy: remedy('RETRY_LATER', false, '微信还没有完成这笔款的结算，稍后会用原单号自动重试，你不用操作。'),
  },
  {
    code: 'INVALID_REQUEST',
    says: '最大分账比例',
    remedy: remedy('REFRESH_RATIO', true, '超出商户授权的分账比例，系统会重新读取比例并重算，超出部分转为应付款。'),
  },
  {
    code: 'INVALID_REQUEST',
    says: '接收方关系不存在',
    remedy: remedy('ADD_RECEIVER', false, '接收方还没有加入这家门店的分账名单，系统会先添加再重试。'),
  },
  {
    code: 'NO_RELATION',
    says: null,
    remedy: remedy('ADD_RECEIVER', false, '接收方还没有加入这家门店的分账名单，系统会先添加再重试。'),
  },
  {
    code: 'INVALID_REQUEST',
    says: '已完结分账',
    remedy: remedy('FINAL', false, '这笔订单的分账已经完结，剩下的应得款会改用转账或对账单结算。'),
  },
  {
    code: 'INVALID_REQUEST',
    says: '与原请求不一致',
    remedy: remedy('BUG', false, '同一个分账单号用了不同的内容，请联系技术支持核对，系统不会继续这笔分账。'),
  },
  {
    code: 'INVALID_REQUEST',
    says: '账户不存在',
    remedy: remedy('STOP_STORE', false, '商户账户还没有开通或没有余额，请先在微信商户平台充值开通。'),
  },
  {
    code: 'NOT_ENOUGH',
    says: null,
    remedy: remedy('READ_AMOUNTS', true, '可分金额不足，系统会查询剩余可分金额后重算。'),
  },
  {
    code: 'NO_AUTH',
    says: null,
    remedy: remedy(
      'STOP_STORE',
      false,
      '这家门店没有分账权限或权限被限制，分账已暂停。请在微信商户平台检查授权后恢复。',
    ),
  },
  {
    code: 'RULE_LIMIT',
    says: null,
    remedy: remedy('READ_AMOUNTS', true, '触发了微信的分账规则限制，系统会查询剩余可分金额后重算。'),
  },
  {
    code: 'RESOURCE_NOT_EXISTS',
    says: null,
    remedy: remedy('RETRY_LATER', false, '微信没有收到这笔分账，系统会用原单号重新提交。'),
  },
  {
    code: 'SIGN_ERROR',
    says: '5分钟',
    remedy: remedy('RETRY_LATER', false, '服务器时间与微信相差太多，请校准时间；之后会用原单号自动重试。'),
  },
  {
    code: 'SIGN_ERROR',
    says: null,
    remedy: remedy('STOP_STORE', false, '商户密钥或证书不对，分账已暂停。请在后台重新检查这家门店的收款账户。'),
  },
  {
    code: 'PARAM_ERROR',
    says: null,
    remedy: remedy('BUG', false, '分账请求的内容不符合微信的要求，请联系技术支持。'),
  },
];

const UNKNOWN_REFUSAL = remedy('BUG', false, '微信返回了没有见过的错误，这笔分账已暂停，请联系技术支持。');
const TRY_AGAIN = remedy('RETRY_LATER', false, '微信暂时繁忙，稍后会用原单号自动重试，你不用操作。');

/** What to do after a refused split, unfreeze or return. */
export function remedyForRefusal(refused: Pick<Refused, 'status' | 'code' | 'message'>): Remedy {
  if (refused.status === 429 || refused.status >= 500) return TRY_AGAIN;
  const rule = SPLIT_REFUSALS.find(
    (one) => one.code === refused.code && (one.says === null || refused.message.includes(one.says)),
  );
  return rule?.remedy ?? UNKNOWN_REFUSAL;
}

const RECEIVER_REMEDIES: Readonly<Record<ReceiverFailReason, Remedy>> = {
  ACCOUNT_ABNORMAL: remedy('FINAL', true, '接收方的微信账户异常，这笔应得款会改用其他方式结算，请提醒对方检查账户。'),
  NO_RELATION: remedy('ADD_RECEIVER', true, '接收方不在这家门店的分账名单里，系统会添加后重新分账。'),
  RECEIVER_HIGH_RISK: remedy('FINAL', true, '微信判定接收方有风险，不会再重试，这笔应得款改用其他方式结算。'),
  RECEIVER_REAL_NAME_NOT_VERIFIED: remedy(
    'RETRY_LATER',
    true,
    '接收方还没有完成微信实名认证，请提醒对方认证，之后会自动重试。',
  ),
  NO_AUTH: remedy('STOP_STORE', true, '这家门店没有分账权限，分账已暂停。请在微信商户平台检查授权后恢复。'),
  RECEIVER_RECEIPT_LIMIT: remedy(
    'RETRY_LATER',
    true,
    '接收方本月收款已达上限，下个月会再试；等不到的会改用其他方式结算。',
  ),
  PAYER_ACCOUNT_ABNORMAL: remedy('STOP_STORE', true, '收款门店的商户账户异常，分账已暂停。请联系加盟商处理。'),
  INVALID_REQUEST: remedy('BUG', true, '分账说明可能含有微信不允许的字词，请联系技术支持修改后重试。'),
};

/** What to do with one receiver that ended CLOSED. Afterwards read amounts(): where that part went is not documented. */
export const remedyForReceiver = (failReason: string | null): Remedy =>
  RECEIVER_REMEDIES[failReason as ReceiverFailReason] ?? UNKNOWN_REFUSAL;

const RETURN_REMEDIES: Readonly<Record<ReturnFailReason, Remedy>> = {
  ACCOUNT_ABNORMAL: remedy('FINAL', true, '回退方的商户账户异常，这笔款记为应收，从下次应得里扣回。'),
  BALANCE_NOT_ENOUGH: remedy('RETRY_LATER', true, '回退方余额不足，请提醒对方充值，之后会自动重试。'),
  TIME_OUT_CLOSED: remedy('RETRY_LATER', true, '回退超时已关闭，系统会换一个新单号再试。'),
  PAYER_ACCOUNT_ABNORMAL: remedy('STOP_STORE', true, '收款门店的商户账户异常，请联系加盟商处理。'),
  INVALID_REQUEST: remedy('BUG', true, '回退请求的内容不符合微信的要求，请联系技术支持。'),
};

/** What to do with a return that FAILED. */
export const remedyForReturn = (failReason: string | null): Remedy =>
  RETURN_REMEDIES[failReason as ReturnFailReason] ?? UNKNOWN_REFUSAL;
