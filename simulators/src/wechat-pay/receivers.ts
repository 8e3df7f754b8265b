import type { WorldMerchant } from '../core/index.js';
import { invalid, noAuth, PayError, paramError } from './errors.js';
import { boundAppid, collectorOf } from './merchants.js';
import type { Answer, Call, Route } from './route.js';
import type { PaySim } from './sim.js';
import type { Receiver } from './split-types.js';
import { type Fields, must, str } from './validate.js';

export const RECEIVER_TYPES = ['MERCHANT_ID', 'PERSONAL_OPENID', 'PERSONAL_SUB_OPENID'] as const;
const RELATIONS =
  'SERVICE_PROVIDER STORE STAFF STORE_OWNER PARTNER HEADQUARTER BRAND DISTRIBUTOR USER SUPPLIER CUSTOM'.split(' ');
const MOST_RECEIVERS = 20_000;

const WHO: Fields = {
  sub_mchid: str(32),
  appid: must(str(32)),
  sub_appid: str(32),
  type: must(str(32, { enum: RECEIVER_TYPES })),
  account: must(str(64)),
};
const ADD: Fields = {
  ...WHO,
  name: str(1024),
  relation_type: must(str(32, { enum: RELATIONS })),
  custom_relation: str(10),
};

/** The collector whose splitting this caller may direct; throws NO_AUTH otherwise. */
export function splitCollector(sim: PaySim, call: Call, subMchid: string | undefined): WorldMerchant {
  const collector = collectorOf(sim, call.merchant, subMchid);
  if (sim.merchantSettings(collector.mchid).splitAuthorised === false) throw noAuth('商户无分账权限');
  return collector;
}

export function receiversOf(sim: PaySim, collector: string): Receiver[] {
  sim.state.receivers[collector] ??= [];
  return sim.state.receivers[collector];
}

export function findReceiver(sim: PaySim, collector: string, type: string, account: string): Receiver | undefined {
  return receiversOf(sim, collector).find((item) => item.type === type && item.account === account);
}

/** Throws unless a person's openid belongs to the appid that was passed with it. */
export function checkPerson(sim: PaySim, type: string, account: string, appid?: string, subAppid?: string): void {
  if (type === 'MERCHANT_ID') return;
  const owner = type === 'PERSONAL_OPENID' ? appid : subAppid;
  if (!owner)
    throw paramError(type === 'PERSONAL_OPENID' ? 'appid不能为空' : 'sub_appid不能为空', { location: 'body' });
  if (!sim.consumerOf(owner, account)) throw invalid('分账接收方账户不存在或openid与appid不匹配');
}

/** Opens the encrypted name and compares a merchant's with its full name. */
export function checkName(sim: PaySim, call: Call, receiver: { type: string; account: string; name?: string }): void {
  if (!receiver.name) return;
  const name = sim.keys.openField(receiver.name, call.serial, '/name');
  if (receiver.type !== 'MERCHANT_ID') return;
  if (sim.merchant(receiver.account)?.name !== name) throw invalid('分账接收方全称未正确填写');
}

function add(sim: PaySim, call: Call): Answer {
  const { body } = call;
  const collector = splitCollector(sim, call, body.sub_mchid);
  boundAppid(call.merchant, body.appid);
  if (body.type === 'MERCHANT_ID') {
    if (!sim.merchant(body.account)) throw invalid('分账接收方商户号不存在');
    if (!body.name) throw paramError('分账接收方类型为MERCHANT_ID时，name必填', { location: 'body', field: '/name' });
  }
  if (body.relation_type === 'CUSTOM' && !body.custom_relation) {
    throw paramError('relation_type为CUSTOM时，custom_relation必填', { location: 'body', field: '/custom_relation' });
  }
  checkPerson(sim, body.type, body.account, body.appid, body.sub_appid);
  checkName(sim, call, body);
  const list = receiversOf(sim, collector.mchid);
  // A repeated add is accepted and changes nothing, as with the real service.
  const known = findReceiver(sim, collector.mchid, body.type, body.account);
  if (!known && list.length >= MOST_RECEIVERS)
    throw new PayError(400, 'INVALID_REQUEST', '商户已添加的分账接收方个数过多');
  const receiver = known ?? {
    type: body.type,
    account: body.account,
    relationType: body.relation_type,
    customRelation: body.custom_relation,
    appid: body.type === 'PERSONAL_SUB_OPENID' ? body.sub_appid : body.appid,
  };
  if (!known) list.push(receiver);
  sim.touch();
  return {
    body: {
      ...(body.sub_mchid ? { sub_mchid: body.sub_mchid } : {}),
      type: receiver.type,
      account: receiver.account,
      ...(body.name ? { name: body.name } : {}),
      relation_type: receiver.relationType,
      ...(receiver.customRelation ? { custom_relation: receiver.customRelation } : {}),
    },
  };
}

function remove(sim: PaySim, call: Call): Answer {
  const { body } = call;
  const collector = splitCollector(sim, call, body.sub_mchid);
  const list = receiversOf(sim, collector.mchid);
  sim.state.receivers[collector.mchid] = list.filter(
    (item) => item.type !== body.type || item.account !== body.account,
  );
  sim.touch();
  return { body: { ...(body.sub_mchid ? { sub_mchid: body.sub_mchid } : {}), type: body.type, account: body.account } };
}

/** Adding and deleting receivers; the list belongs to each collector (reference: section 5.2). */
export function receiverRoutes(sim: PaySim): Route[] {
  const base = '/v3/profitsharing/receivers';
  return [
    { method: 'POST', url: `${base}/add`, fields: ADD, handle: (call) => add(sim, call) },
    { method: 'POST', url: `${base}/delete`, fields: WHO, handle: (call) => remove(sim, call) },
  ];
}
