import { openidOf } from '../core/index.js';
import { paramError } from './errors.js';
import { boundAppid, sameMchid, subMerchant } from './merchants.js';
import type { Call } from './route.js';
import type { PaySim } from './sim.js';
import type { Order } from './types.js';

/** Whose an order is, and under which appids. */
export interface Parties {
  owner: string;
  collector: string;
  appid: string;
  subAppid?: string;
}

/** The merchants that an order names, checked against who calls. */
export function parties(sim: PaySim, call: Call, partner: boolean): Parties {
  const { body, merchant } = call;
  if (!partner) {
    sameMchid(merchant, body.mchid);
    boundAppid(merchant, body.appid);
    return { owner: merchant.mchid, collector: merchant.mchid, appid: body.appid };
  }
  sameMchid(merchant, body.sp_mchid);
  boundAppid(merchant, body.sp_appid);
  const sub = subMerchant(sim, merchant, body.sub_mchid);
  if (body.sub_appid) boundAppid(sub, body.sub_appid);
  return { owner: merchant.mchid, collector: sub.mchid, appid: body.sp_appid, subAppid: body.sub_appid };
}

/** The payer's openids under the appids of the order, and who that is. */
export function payerOf(
  sim: PaySim,
  body: Call['body'],
  partner: boolean,
): { consumerKey: string; payer: Order['payer'] } {
  const bad = (field: string, value: unknown) =>
    paramError('无效的openid', { location: 'body', field: `/payer/${field}`, value, issue: '无效的openid' });
  if (!partner) {
    const consumer = sim.consumerOf(body.appid, body.payer.openid);
    if (!consumer) throw bad('openid', body.payer.openid);
    return { consumerKey: consumer.key, payer: { openid: body.payer.openid } };
  }
  const { sp_openid: spOpenid, sub_openid: subOpenid } = body.payer as Record<string, string | undefined>;
  if (!spOpenid === !subOpenid) throw bad('sp_openid', '');
  if (subOpenid && !body.sub_appid) throw bad('sub_openid', subOpenid);
  const consumer = subOpenid
    ? sim.consumerOf(body.sub_appid, subOpenid)
    : sim.consumerOf(body.sp_appid, spOpenid ?? '');
  if (!consumer) throw bad(subOpenid ? 'sub_openid' : 'sp_openid', subOpenid ?? spOpenid);
  return { consumerKey: consumer.key, payer: partnerPayer(body, consumer.key) };
}

/** What a partner's order says of its payer. */
export function partnerPayer(body: Call['body'], consumerKey: string): Order['payer'] {
  const sub = body.sub_appid ? { sub_openid: openidOf(body.sub_appid, consumerKey) } : {};
  return { sp_openid: openidOf(body.sp_appid, consumerKey), ...sub };
}
