import type { WorldMerchant } from '../core/index.js';
import { INNER, invalid, noAuth, PayError, paramError } from './errors.js';
import type { PaySim } from './sim.js';

/** The merchant number in the message must be the one that signed. */
export function sameMchid(merchant: WorldMerchant, mchid: string | undefined): void {
  if (mchid !== merchant.mchid) throw invalid('http header中的mchid与post payload中的mchid不匹配');
}

/** The sub-merchant, which must stand under this service provider. */
export function subMerchant(sim: PaySim, provider: WorldMerchant, subMchid: string | undefined): WorldMerchant {
  if (!subMchid) throw paramError('受理机构必须传入sub_mchid', undefined, INNER.subMchidMissing);
  const sub = sim.merchant(subMchid);
  if (!sub) throw new PayError(400, 'MCH_NOT_EXISTS', '商户号不存在');
  if (sub.kind !== 'sub' || sub.spMchid !== provider.mchid) throw noAuth('受理关系不存在', INNER.noRelation);
  return sub;
}

/** An appid must be bound to the merchant number. */
export function boundAppid(merchant: WorldMerchant, appid: string | undefined): void {
  if (appid && merchant.appids.includes(appid)) return;
  throw new PayError(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配', INNER.appidMismatch);
}

/**
 * Whose money a split, refund or bill call is about: the named sub-merchant, or the caller itself.
 * A direct merchant must not name one.
 */
export function collectorOf(sim: PaySim, caller: WorldMerchant, subMchid: string | undefined): WorldMerchant {
  if (!subMchid) return caller;
  if (caller.kind !== 'sp') throw invalid('直连商户不支持传入sub_mchid');
  const sub = sim.merchant(subMchid);
  if (sub?.kind !== 'sub' || sub.spMchid !== caller.mchid) {
    throw noAuth('服务商和分账方无受理关系', INNER.noRelation);
  }
  return sub;
}
