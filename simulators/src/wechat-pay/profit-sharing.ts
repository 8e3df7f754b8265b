import { invalid, noAuth, notEnough, notFound, paramError } from './errors.js';
import { collectorOf } from './merchants.js';
import { releaseHeld } from './payment.js';
import { checkName, checkPerson, findReceiver, RECEIVER_TYPES, receiverRoutes, splitCollector } from './receivers.js';
import type { Answer, Call, Route } from './route.js';
import { fingerprint, type PaySim } from './sim.js';
import { processSplit } from './split-processing.js';
import type { Split, SplitReceiver } from './split-types.js';
import { rfc3339 } from './time.js';
import type { Order } from './types.js';
import { type Fields, int, must, str } from './validate.js';

const NUMBER = /^[0-9A-Za-z_\-|*@]+$/;
const MOST_SPLITS = 50;
const SPLIT: Fields = {
  sub_mchid: str(32),
  appid: str(32),
  sub_appid: str(32),
  transaction_id: must(str(32)),
  out_order_no: must(str(64, { pattern: NUMBER })),
  receivers: must({
    type: 'array',
    min: 1,
    max: 50,
    item: {
      type: 'object',
      fields: {
        type: must(str(32, { enum: RECEIVER_TYPES })),
        account: must(str(64)),
        name: str(1024),
        amount: must(int({ min: 1, label: '分账金额' })),
        description: must(str(80)),
      },
    },
  }),
  unfreeze_unsplit: must({ type: 'boolean' }),
};
const UNFREEZE: Fields = {
  sub_mchid: str(32),
  transaction_id: must(str(32)),
  out_order_no: must(str(64, { pattern: NUMBER })),
  description: must(str(80)),
};

export const splitKey = (collector: string, outOrderNo: string): string => `${collector}/${outOrderNo}`;

function receiverBody(row: SplitReceiver): Record<string, unknown> {
  return {
    amount: row.amount,
    description: row.description,
    type: row.type,
    account: row.account,
    result: row.result,
    ...(row.failReason ? { fail_reason: row.failReason } : {}),
    detail_id: row.detailId,
    create_time: rfc3339(row.createdAt),
    finish_time: rfc3339(row.finishedAt),
  };
}

function splitBody(split: Split): Record<string, unknown> {
  return {
    ...(split.owner === split.collector ? {} : { sub_mchid: split.collector }),
    transaction_id: split.transactionId,
    out_order_no: split.outOrderNo,
    order_id: split.orderId,
    state: split.state,
    receivers: split.receivers.map(receiverBody),
  };
}

function splitOrder(sim: PaySim, call: Call, collector: string): Order {
  const order = sim.orderByTransaction(call.body.transaction_id);
  if (!order || order.owner !== call.merchant.mchid || order.collector !== collector) throw invalid('订单不存在');
  if (!order.profitSharing) throw invalid('非分账订单不支持分账');
  if (sim.now() < (order.paidAt ?? 0) + sim.settings.minSplitDelayMs) throw invalid('订单处理中，请稍后重试');
  if (!order.settled) throw invalid('订单处理中，请在到达结算周期之后再请求分账');
  return order;
}

interface AskedReceiver {
  type: SplitReceiver['type'];
  account: string;
  name?: string;
  amount: number;
  description: string;
}

function checkReceivers(sim: PaySim, call: Call, collector: string, asked: AskedReceiver[]): void {
  const seen = new Set<string>();
  for (const [index, receiver] of asked.entries()) {
    const name = `${receiver.type}/${receiver.account}`;
    if (seen.has(name)) {
      throw paramError('分账接收方不能重复', {
        location: 'body',
        field: `/receivers/${index}`,
        value: receiver.account,
      });
    }
    seen.add(name);
    const self = receiver.type === 'MERCHANT_ID' && receiver.account === collector;
    if (!self && !findReceiver(sim, collector, receiver.type, receiver.account)) throw invalid('分账接收方关系不存在');
    checkPerson(sim, receiver.type, receiver.account, call.body.appid, call.body.sub_appid);
    checkName(sim, call, receiver);
  }
}

/** The largest sum that may go to others, by the base that the settings name. */
function capOf(sim: PaySim, order: Order): number {
  const base = { total: order.total, 'net-of-refund': order.total - order.refunded, net: 0 };
  base.net = base['net-of-refund'] - order.fee;
  const scaled = base[sim.settings.capBase] * (sim.merchantSettings(order.collector).maxRatio ?? 0);
  return (scaled - (scaled % 10_000)) / 10_000;
}

function newSplit(sim: PaySim, call: Call, order: Order, kind: Split['kind'], asked: AskedReceiver[]): Split {
  const now = sim.now();
  const split: Split = {
    key: splitKey(order.collector, call.body.out_order_no),
    orderId: sim.newId('30080'),
    outOrderNo: call.body.out_order_no,
    owner: call.merchant.mchid,
    collector: order.collector,
    orderKey: order.key,
    transactionId: call.body.transaction_id,
    fingerprint: requestPrint(call),
    kind,
    unfreezeUnsplit: kind === 'unfreeze' || call.body.unfreeze_unsplit === true,
    state: 'PROCESSING',
    receivers: asked.map(({ type, account, amount, description }) => ({
      type,
      account,
      amount,
      description,
      result: 'PENDING',
      detailId: sim.newId('36011'),
      createdAt: now,
      finishedAt: now,
      returned: 0,
    })),
    createdAt: now,
  };
  sim.state.splits[split.key] = split;
  sim.jobs.after(sim.settings.delays.split, 'split', split.key);
  return split;
}

/** Encrypted names differ on every call, so they take no part in the comparison. */
function requestPrint(call: Call): string {
  const { receivers, ...rest } = call.body as { receivers?: AskedReceiver[] };
  return fingerprint({ ...rest, receivers: receivers?.map(({ name: _name, ...receiver }) => receiver) });
}

function request(sim: PaySim, call: Call): Answer {
  const { body } = call;
  const collector = splitCollector(sim, call, body.sub_mchid).mchid;
  const existing = sim.state.splits[splitKey(collector, body.out_order_no)];
  if (existing) {
    if (existing.fingerprint !== requestPrint(call)) throw invalid('分账接收方与原请求不一致');
    return { body: splitBody(existing) };
  }
  const order = splitOrder(sim, call, collector);
  if (order.splitFinished) throw invalid('订单已完结分账');
  if (order.splitRequests >= MOST_SPLITS) throw invalid('单笔订单分账次数超过50次');
  const asked = body.receivers as AskedReceiver[];
  checkReceivers(sim, call, collector, asked);
  const sum = asked.reduce((total, receiver) => total + receiver.amount, 0);
  const toOthers = asked.reduce((total, item) => total + (item.account === collector ? 0 : item.amount), 0);
  if (sum > order.held) throw notEnough('分账金额不足');
  if (order.splitTotal + toOthers > capOf(sim, order)) throw invalid('分账金额超出最大分账比例');
  order.held -= sum;
  order.reserved += sum;
  order.splitTotal += toOthers;
  order.splitRequests += 1;
  order.splitFinished = body.unfreeze_unsplit;
  return { body: splitBody(newSplit(sim, call, order, 'split', asked)) };
}

function queryOne(sim: PaySim, call: Call): Answer {
  if (!call.query.transaction_id) {
    throw paramError('transaction_id必填', { location: 'query', field: 'transaction_id', issue: '此字段为必填项' });
  }
  const collector = collectorOf(sim, call.merchant, call.query.sub_mchid).mchid;
  const split = sim.state.splits[splitKey(collector, call.params.no ?? '')];
  if (!split || split.transactionId !== call.query.transaction_id) throw notFound('记录不存在');
  return { body: splitBody(split) };
}

function unfreeze(sim: PaySim, call: Call): Answer {
  const collector = splitCollector(sim, call, call.body.sub_mchid).mchid;
  const existing = sim.state.splits[splitKey(collector, call.body.out_order_no)];
  // The trap of the real service: a number already used answers success and releases nothing.
  if (existing) return { body: splitBody(existing) };
  const order = splitOrder(sim, call, collector);
  if (order.held === 0) throw notEnough('分账金额为0');
  order.splitFinished = true;
  return { body: splitBody(newSplit(sim, call, order, 'unfreeze', [])) };
}

function amounts(sim: PaySim, call: Call): Answer {
  const order = sim.orderByTransaction(call.params.id);
  if (!order || order.owner !== call.merchant.mchid) throw notFound('记录不存在');
  if (!order.profitSharing) throw invalid('非分账订单不支持分账');
  return { body: { transaction_id: order.transactionId, unsplit_amount: order.hold === 'FROZEN' ? order.held : 0 } };
}

function merchantConfig(sim: PaySim, call: Call): Answer {
  if (call.merchant.kind !== 'sp') throw noAuth('服务商未开通分账权限');
  const sub = sim.merchant(call.params.mchid);
  if (sub?.kind !== 'sub' || sub.spMchid !== call.merchant.mchid) throw noAuth('非签约子商户');
  const settings = sim.merchantSettings(sub.mchid);
  if (settings.splitAuthorised === false) throw noAuth('子商户未开通分账权限');
  return { body: { sub_mchid: sub.mchid, max_ratio: settings.maxRatio } };
}

/** Receivers, split, query, unfreeze, remaining amount, ratio (reference: sections 5.2 to 5.4). */
export function profitSharingRoutes(sim: PaySim): Route[] {
  const base = '/v3/profitsharing';
  sim.jobs.on('split', (key) => processSplit(sim, key));
  sim.jobs.on('auto-unfreeze', (key) => {
    const order = sim.order(key);
    order.splitFinished = true;
    releaseHeld(sim, order);
  });
  return [
    ...receiverRoutes(sim),
    { method: 'POST', url: `${base}/orders`, fields: SPLIT, handle: (call) => request(sim, call) },
    { method: 'POST', url: `${base}/orders/unfreeze`, fields: UNFREEZE, handle: (call) => unfreeze(sim, call) },
    { method: 'GET', url: `${base}/orders/:no`, handle: (call) => queryOne(sim, call) },
    { method: 'GET', url: `${base}/transactions/:id/amounts`, handle: (call) => amounts(sim, call) },
    { method: 'GET', url: `${base}/merchant-configs/:mchid`, handle: (call) => merchantConfig(sim, call) },
  ];
}
