import { move, shift } from './accounts.js';
import { notify } from './notify.js';
import { releaseHeld } from './payment.js';
import { findReceiver } from './receivers.js';
import type { PaySim } from './sim.js';
import type { Split, SplitReceiver } from './split-types.js';
import { DAY_MS, rfc3339 } from './time.js';
import type { Order } from './types.js';

/** What a merchant is told when it received a split or a return: its own address, or its service provider's. */
export function tellReceiver(
  sim: PaySim,
  mchid: string,
  about: { split: Split; summary: string; kind: 'SUCCESS' | 'RETURN'; receiver: Record<string, unknown> },
): void {
  const merchant = sim.merchant(mchid);
  const own = sim.merchantSettings(mchid).profitSharingNotifyUrl;
  const provider = !own || merchant?.kind === 'sub' ? merchant?.spMchid : undefined;
  const url = own ?? (provider ? sim.merchantSettings(provider).profitSharingNotifyUrl : undefined);
  if (!url) return;
  const parties = provider ? { sp_mchid: provider, sub_mchid: mchid } : { mchid };
  const named = sim.settings.splitEventType === 'PROFITSHARING';
  notify(sim, {
    url,
    mchid: provider ?? mchid,
    eventType: named ? `PROFITSHARING.${about.kind}` : 'TRANSACTION.SUCCESS',
    originalType: 'profitsharing',
    summary: about.summary,
    plaintext: {
      ...parties,
      transaction_id: about.split.transactionId,
      order_id: about.split.orderId,
      out_order_no: about.split.outOrderNo,
      receiver: about.receiver,
      success_time: rfc3339(sim.now()),
    },
  });
}

/** The extra row that a query shows once the rest went back to the collector. */
export function syntheticRow(sim: PaySim, collector: string, amount: number): SplitReceiver {
  return {
    type: 'MERCHANT_ID',
    account: collector,
    amount,
    description: '解冻给分账方',
    result: 'SUCCESS',
    detailId: sim.newId('36011'),
    createdAt: sim.now(),
    finishedAt: sim.now(),
    returned: 0,
    synthetic: true,
  };
}

function failureOf(sim: PaySim, split: Split, row: SplitReceiver): string | undefined {
  const forced = sim.takeNext('split', row.account, split.outOrderNo);
  if (forced?.result === 'CLOSED') return forced.failReason ?? 'ACCOUNT_ABNORMAL';
  if (forced) return undefined;
  const self = row.account === split.collector;
  return self || findReceiver(sim, split.collector, row.type, row.account) ? undefined : 'NO_RELATION';
}

function giveUp(sim: PaySim, order: Order, split: Split, row: SplitReceiver, reason: string): void {
  row.result = 'CLOSED';
  row.failReason = reason;
  order.reserved -= row.amount;
  if (row.account !== split.collector) order.splitTotal -= row.amount;
  // After the thirtieth day nothing can be frozen again, whatever the setting says.
  const freezable = sim.now() < (order.paidAt ?? 0) + 30 * DAY_MS;
  if (freezable && sim.settings.failedSplitMoney === 'frozen') order.held += row.amount;
  else shift(sim, split.collector, 'frozen', 'available', row.amount);
}

function payOut(sim: PaySim, order: Order, split: Split, row: SplitReceiver): void {
  row.result = 'SUCCESS';
  order.reserved -= row.amount;
  const note = { business: '分账', businessId: split.orderId, remark: row.description, voucher: row.detailId };
  if (row.account === split.collector) {
    shift(sim, split.collector, 'frozen', 'available', row.amount);
    return;
  }
  move(sim, split.collector, 'frozen', -row.amount, note);
  if (row.type !== 'MERCHANT_ID') {
    sim.state.wallets[row.account] = (sim.state.wallets[row.account] ?? 0) + row.amount;
    return;
  }
  move(sim, row.account, 'available', row.amount, note);
  const { type, account, amount, description } = row;
  tellReceiver(sim, row.account, {
    split,
    summary: '分账',
    kind: 'SUCCESS',
    receiver: { type, account, amount, description },
  });
}

/** Carries out an accepted split or unfreeze. */
export function processSplit(sim: PaySim, key: string): void {
  const split = sim.state.splits[key];
  if (split?.state !== 'PROCESSING') return;
  const order = sim.order(split.orderKey);
  // What failed keeps its own place: the release below covers only what nobody asked for.
  const unasked = order.held;
  for (const row of split.receivers) {
    const reason = failureOf(sim, split, row);
    row.finishedAt = sim.now();
    if (reason) giveUp(sim, order, split, row, reason);
    else payOut(sim, order, split, row);
  }
  split.state = 'FINISHED';
  if (split.unfreezeUnsplit && unasked > 0) {
    split.receivers.push(syntheticRow(sim, split.collector, unasked));
    const failed = order.held - unasked;
    order.held = unasked;
    releaseHeld(sim, order);
    order.held = failed;
    if (failed > 0) order.hold = 'FROZEN';
  }
  if (order.held === 0 && order.reserved === 0 && order.splitFinished) order.hold = 'NONE';
  sim.touch();
}
