import { refusals } from '../../../platform/errors/app-error.js';
import { Frozen, NotEnough } from '../../asset-ledger/index.js';

/** Refusals of wallet, points and codes. */
export const refuseAsset = refusals({
  WALLET_NOT_ENOUGH: [409, '储值余额不够，请先充值或换一种付款方式'],
  POINTS_NOT_ENOUGH: [409, '可用积分不够，少用一些再试'],
  ASSET_FROZEN: [409, '这个账户暂时不能使用，请联系客服'],
  CODE_INVALID: [404, '这个码不对，请让顾客刷新后再扫'],
  CODE_USED: [409, '这个码已经用过了，请让顾客刷新后再扫'],
  CODE_EXPIRED: [409, '这个码过期了，请让顾客刷新后再扫'],
  PIN_WRONG: [422, '付款密码不对，连续输错 5 次要等 15 分钟'],
  PIN_LOCKED: [429, '密码错误次数太多，请 15 分钟后再试'],
  WALLET_PIN_NEEDED: [409, '这笔储值金额较大，请输入付款密码'],
  PIN_MISSING: [409, '还没有设置付款密码，请先到钱包里设置'],
  PIN_OLD: [422, '原密码不对，连续输错 5 次要等 15 分钟'],
  AMOUNT_CHANGED: [409, '金额和刚才的不一样，请再确认一次'],
  PAYMENT_STATE: [409, '这笔付款已经处理过了，请刷新看看结果'],
  REVERSE_NOT_ALLOWED: [403, '你不能撤销这笔收款了，请店长处理'],
  ADJUSTMENT_OWN: [403, '自己提出的调整要由另一位同事审批'],
  ADJUSTMENT_STATE: [409, '这条调整已经处理过了，请刷新看看结果'],
  ADJUSTMENT_ZERO: [422, '调整的数量不能是 0'],
  POINTS_RULE: [422, '积分规则有问题'],
} as const);

/** The engine's refusals in words for people; anything else is passed on. */
export function asAssetRefusal(error: unknown, short: 'WALLET_NOT_ENOUGH' | 'POINTS_NOT_ENOUGH'): never {
  if (error instanceof NotEnough) throw refuseAsset(short, { wanted: error.wanted, available: error.available });
  if (error instanceof Frozen) throw refuseAsset('ASSET_FROZEN', { reason: error.reason });
  throw error;
}
