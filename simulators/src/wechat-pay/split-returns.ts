import { balancesOf, move } from './accounts.js';
import { invalid, noAuth, notEnough, notFound, paramError } from './errors.js';
import { collectorOf } from './merchants.js';
import { splitKey } from './profit-sharing.js';
import type { Answer, Call, Route } from './route.js';
import { fingerprint, type PaySim } from './sim.js';
import { tellReceiver } from './split-processing.js';
import type { Split, SplitReceiver, SplitReturn } from './split-types.js';
import { DAY_MS, rfc3339 } from './time.js';
import { type Fields, int, must, str } from './validate.js';

const MOST_RETURNS = 50;
const RETURN: Fields = {
  sub_mchid: str(32),
  order_id: str(64),
  out_order_no: str(64),
  out_return_no: must(str(64, { pattern: /^[0-9A-Za-z_\-|*@]+$/ })),
  return_mchid: must(str(32)),
  amount: must(int({ min: 1, label: '回退金额' })),
  description: must(str(80)),
};

function returnBody(sim: PaySim, back: SplitReturn): Record<string, unknown> {
  const split = sim.state.splits[back.splitKey];
  return {
    ...(back.owner === back.collector ? {} : { sub_mchid: back.collector }),
    order_id: split?.orderId,
    out_order_no: split?.outOrderNo,
    out_return_no: back.outReturnNo,
    return_id: back.returnId,
    return_mchid: back.returnMchid,
    amount: back.amount,
    description: back.description,
    result: back.result,
    ...(back.failReason ? { fail_reason: back.failReason } : {}),
    create_time: rfc3339(back.createdAt),
    finish_time: rfc3339(back.finishedAt),
  };
}

function receiverRow(split: Split, mchid: string): SplitReceiver | undefined {
  return split.receivers.find(
    (row) => row.type === 'MERCHANT_ID' && row.account === mchid && row.result === 'SUCCESS' && !row.synthetic,
  );
}

function checkReturn(sim: PaySim, call: Call, split: Split): void {
  const { body } = call;
  const row = receiverRow(split, body.return_mchid);
  if (!row) throw invalid('回退方不存在');
  if (sim.merchantSettings(body.return_mchid).returnEnabled === false) throw noAuth('回退方未开通分账回退功能');
  if (sim.now() > row.finishedAt + 180 * DAY_MS) throw invalid('分账回退已超过最大期限180天');
  const earlier = Object.values(sim.state.returns).filter((item) => item.splitKey === split.key);
  if (earlier.length >= MOST_RETURNS) throw invalid('单笔分账单回退次数超过50次');
  if (body.amount > row.amount - row.returned) throw invalid('分账回退金额大于可回退金额');
}

/** Takes the money from the receiver, or says that it is short; the record then stays PROCESSING. */
function fund(sim: PaySim, back: SplitReturn): void {
  if (balancesOf(sim, back.returnMchid).available < back.amount) {
    throw notEnough('可用余额不足，请充值后重新发起');
  }
  move(sim, back.returnMchid, 'available', -back.amount, {
    business: '分账回退',
    businessId: back.returnId,
    remark: back.description,
    voucher: back.outReturnNo,
  });
  back.funded = true;
  sim.jobs.after(sim.settings.delays.return, 'split-return', back.key);
}

function request(sim: PaySim, call: Call): Answer {
  const { body } = call;
  const collector = collectorOf(sim, call.merchant, body.sub_mchid).mchid;
  const key = splitKey(collector, body.out_return_no);
  const existing = sim.state.returns[key];
  if (existing) {
    if (existing.fingerprint !== fingerprint(body)) throw invalid('回退请求与原请求不一致');
    if (existing.result === 'PROCESSING' && !existing.funded) fund(sim, existing);
    return { body: returnBody(sim, existing) };
  }
  if (!body.order_id === !body.out_order_no) {
    throw paramError('order_id和out_order_no必须二选一', { location: 'body', field: '/out_order_no' });
  }
  const split = Object.values(sim.state.splits).find(
    (item) =>
      item.collector === collector &&
      item.owner === call.merchant.mchid &&
      (body.order_id ? item.orderId === body.order_id : item.outOrderNo === body.out_order_no),
  );
  if (!split) throw notFound('记录不存在');
  checkReturn(sim, call, split);
  const back: SplitReturn = {
    key,
    returnId: sim.newId('31080'),
    outReturnNo: body.out_return_no,
    owner: call.merchant.mchid,
    collector,
    splitKey: split.key,
    fingerprint: fingerprint(body),
    returnMchid: body.return_mchid,
    amount: body.amount,
    description: body.description,
    funded: false,
    result: 'PROCESSING',
    createdAt: sim.now(),
    finishedAt: sim.now(),
  };
  sim.state.returns[key] = back;
  const row = receiverRow(split, back.returnMchid);
  if (row) row.returned += back.amount;
  sim.jobs.after(sim.settings.returnTimeoutMs, 'split-return-timeout', key);
  sim.touch();
  fund(sim, back);
  return { body: returnBody(sim, back) };
}

function fail(sim: PaySim, back: SplitReturn, reason: string): void {
  const split = sim.state.splits[back.splitKey];
  const row = split && receiverRow(split, back.returnMchid);
  if (row) row.returned -= back.amount;
  if (back.funded) {
    const note = { business: '分账回退', businessId: back.returnId, remark: '回退失败退回', voucher: back.outReturnNo };
    move(sim, back.returnMchid, 'available', back.amount, note);
  }
  back.result = 'FAILED';
  back.failReason = reason;
  back.finishedAt = sim.now();
  sim.touch();
}

function process(sim: PaySim, key: string): void {
  const back = sim.state.returns[key];
  const split = back && sim.state.splits[back.splitKey];
  if (!back || !split || back.result !== 'PROCESSING') return;
  const forced = sim.takeNext('return', back.returnMchid, back.outReturnNo);
  if (forced?.result === 'FAILED') {
    fail(sim, back, forced.failReason ?? 'ACCOUNT_ABNORMAL');
    return;
  }
  back.result = 'SUCCESS';
  back.finishedAt = sim.now();
  move(sim, back.collector, 'available', back.amount, {
    business: '分账回退',
    businessId: back.returnId,
    remark: back.description,
    voucher: back.outReturnNo,
  });
  const { amount, description, collector } = back;
  const receiver = { type: 'MERCHANT_ID', account: collector, amount, description };
  tellReceiver(sim, collector, { split, summary: '分账回退', kind: 'RETURN', receiver });
}

function query(sim: PaySim, call: Call): Answer {
  const collector = collectorOf(sim, call.merchant, call.query.sub_mchid).mchid;
  const back = sim.state.returns[splitKey(collector, call.params.no ?? '')];
  const split = back && sim.state.splits[back.splitKey];
  if (!back || split?.outOrderNo !== call.query.out_order_no) throw notFound('记录不存在');
  return { body: returnBody(sim, back) };
}

/** Giving split money back to the collector (reference: section 5.5). Only merchants can. */
export function splitReturnRoutes(sim: PaySim): Route[] {
  const base = '/v3/profitsharing/return-orders';
  sim.jobs.on('split-return', (key) => process(sim, key));
  sim.jobs.on('split-return-timeout', (key) => {
    const back = sim.state.returns[key];
    if (back?.result === 'PROCESSING') fail(sim, back, 'TIME_OUT_CLOSED');
  });
  return [
    { method: 'POST', url: base, fields: RETURN, handle: (call) => request(sim, call) },
    { method: 'GET', url: `${base}/:no`, handle: (call) => query(sim, call) },
  ];
}
