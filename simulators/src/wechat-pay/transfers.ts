import { balancesOf, move } from './accounts.js';
import { invalid, notEnough, PayError, paramError } from './errors.js';
import { boundAppid } from './merchants.js';
import { notify } from './notify.js';
import type { Answer, Call, Route } from './route.js';
import { nonce } from './signing.js';
import { fingerprint, type PaySim } from './sim.js';
import { DAY_MS, MINUTE_MS, rfc3339 } from './time.js';
import { createdBody, transferBody } from './transfer-body.js';
import { CREATE, checkScene } from './transfer-request.js';
import type { Transfer, TransferState } from './types.js';

const NAME_FROM_FEN = 200_000;

const keyOf = (mchid: string, outBillNo: string) => `${mchid}/${outBillNo}`;
const FINAL: readonly TransferState[] = ['SUCCESS', 'FAIL', 'CANCELLED'];

function setState(sim: PaySim, transfer: Transfer, state: TransferState, failReason?: string): void {
  transfer.state = state;
  transfer.failReason = failReason;
  transfer.updatedAt = sim.now();
  sim.touch();
  if (!FINAL.includes(state)) return;
  if (state !== 'SUCCESS' && transfer.bucket) {
    const note = { business: '商家转账退回', businessId: transfer.transferBillNo, voucher: transfer.outBillNo };
    move(sim, transfer.mchid, transfer.bucket, transfer.amount, note);
  }
  if (state === 'SUCCESS') {
    sim.state.wallets[transfer.openid] = (sim.state.wallets[transfer.openid] ?? 0) + transfer.amount;
  }
  if (!transfer.notifyUrl) return;
  const { appid: _appid, transfer_remark: _remark, ...plaintext } = transferBody(transfer);
  notify(sim, {
    url: transfer.notifyUrl,
    mchid: transfer.mchid,
    eventType: 'MCHTRANSFER.BILL.FINISHED',
    originalType: 'mch_payment',
    summary: '商家转账单据终态通知',
    plaintext,
  });
}

/** Locks the money, from the operation account when it has enough, else from the basic account. */
function lock(sim: PaySim, transfer: Transfer): boolean {
  const balances = balancesOf(sim, transfer.mchid);
  const bucket = (['operation', 'available'] as const).find((name) => balances[name] >= transfer.amount);
  if (!bucket) return false;
  const note = { business: '商家转账', businessId: transfer.transferBillNo, remark: transfer.remark };
  move(sim, transfer.mchid, bucket, -transfer.amount, { ...note, voucher: transfer.outBillNo });
  transfer.bucket = bucket;
  setState(sim, transfer, 'WAIT_USER_CONFIRM');
  return true;
}

function create(sim: PaySim, call: Call): Answer {
  const { body, merchant } = call;
  const key = keyOf(merchant.mchid, body.out_bill_no);
  const print = fingerprint({ ...body, user_name: undefined });
  const existing = sim.state.transfers[key];
  if (existing) {
    if (existing.fingerprint !== print) throw invalid('单号已存在，但信息不一致');
    return { body: createdBody(existing) };
  }
  boundAppid(merchant, body.appid);
  checkScene(body);
  if (!sim.consumerOf(body.appid, body.openid)) {
    throw paramError('openid格式错误或者不属于商家公众账号', {
      location: 'body',
      field: '/openid',
      value: body.openid,
    });
  }
  if (body.user_name) sim.keys.openField(body.user_name, call.serial, '/user_name');
  else if (body.transfer_amount >= NAME_FROM_FEN) throw paramError('转账金额大于等于2000元时，收款用户姓名必填');
  const transfer: Transfer = {
    key,
    mchid: merchant.mchid,
    appid: body.appid,
    outBillNo: body.out_bill_no,
    transferBillNo: sim.newId('13300'),
    fingerprint: print,
    sceneId: body.transfer_scene_id,
    openid: body.openid,
    amount: body.transfer_amount,
    remark: body.transfer_remark,
    notifyUrl: body.notify_url,
    packageInfo: `affffddafdfafddffda==${nonce(64)}`,
    state: 'ACCEPTED',
    createdAt: sim.now(),
    updatedAt: sim.now(),
  };
  const accept = sim.settings.delays.transferAccept;
  if (accept <= 0 && !lock(sim, transfer)) throw notEnough('资金不足，请充值后重新发起');
  sim.state.transfers[key] = transfer;
  if (accept > 0) sim.jobs.after(accept, 'transfer-lock', key);
  sim.jobs.after(DAY_MS, 'transfer-overdue', key);
  sim.touch();
  return { body: createdBody(transfer) };
}

function find(sim: PaySim, call: Call): Transfer {
  const { no, id } = call.params;
  const transfer = no
    ? sim.state.transfers[keyOf(call.merchant.mchid, no)]
    : Object.values(sim.state.transfers).find(
        (item) => item.transferBillNo === id && item.mchid === call.merchant.mchid,
      );
  if (!transfer || sim.now() > transfer.createdAt + 30 * DAY_MS) throw new PayError(404, 'NOT_FOUND', '记录不存在');
  return transfer;
}

function cancel(sim: PaySim, call: Call): Answer {
  const transfer = find(sim, call);
  const { state } = transfer;
  if (state === 'SUCCESS' || state === 'FAIL' || state === 'TRANSFERING') {
    throw invalid('当前转账单状态不支持撤销');
  }
  if (state !== 'CANCELLED' && state !== 'CANCELING') {
    setState(sim, transfer, 'CANCELING');
    sim.jobs.after(sim.settings.delays.transfer, 'transfer-cancel', transfer.key);
  }
  return {
    body: {
      out_bill_no: transfer.outBillNo,
      transfer_bill_no: transfer.transferBillNo,
      state: transfer.state,
      update_time: rfc3339(transfer.updatedAt),
    },
  };
}

/** The person presses "receive". Returns why not, when it does not work. */
export function confirmTransfer(
  sim: PaySim,
  request: { packageInfo?: string; outBillNo?: string; openid?: string },
): { ok: true; transfer: Transfer } | { ok: false; reason: string } {
  const transfer = Object.values(sim.state.transfers).find((item) =>
    request.packageInfo ? item.packageInfo === request.packageInfo : item.outBillNo === request.outBillNo,
  );
  if (!transfer) return { ok: false, reason: '转账单不存在' };
  if (transfer.state !== 'WAIT_USER_CONFIRM') return { ok: false, reason: `当前状态${transfer.state}不可确认收款` };
  const person = sim.consumerOf(transfer.appid, transfer.openid);
  if (request.openid && sim.consumerByAnyOpenid(request.openid)?.key !== person?.key) {
    return { ok: false, reason: '当前用户不是收款用户' };
  }
  setState(sim, transfer, 'TRANSFERING');
  sim.jobs.after(sim.settings.delays.transfer, 'transfer-pay', transfer.key);
  return { ok: true, transfer };
}

function installTransferJobs(sim: PaySim): void {
  const on = (kind: string, when: TransferState[], work: (transfer: Transfer) => void) =>
    sim.jobs.on(kind, (key) => {
      const transfer = sim.state.transfers[key];
      if (transfer && when.includes(transfer.state)) work(transfer);
    });
  on('transfer-lock', ['ACCEPTED', 'PROCESSING'], (transfer) => {
    if (lock(sim, transfer)) return;
    // Without money the bill stays here until the merchant tops up.
    setState(sim, transfer, 'PROCESSING');
    sim.jobs.after(MINUTE_MS, 'transfer-lock', transfer.key);
  });
  on('transfer-pay', ['TRANSFERING'], (transfer) => {
    const forced = sim.takeNext('transfer', transfer.outBillNo, transfer.openid);
    const failed = forced?.result === 'FAIL';
    setState(
      sim,
      transfer,
      failed ? 'FAIL' : 'SUCCESS',
      failed ? (forced.failReason ?? 'PAYEE_ACCOUNT_ABNORMAL') : undefined,
    );
  });
  on('transfer-cancel', ['CANCELING'], (transfer) => setState(sim, transfer, 'CANCELLED', 'MCH_CANCEL'));
  on('transfer-overdue', ['ACCEPTED', 'PROCESSING', 'WAIT_USER_CONFIRM'], (transfer) =>
    setState(sim, transfer, 'FAIL', 'OVERDUE_CLOSE'),
  );
}

/** Merchant transfers to a person: create, query, cancel (reference: section 6.1). */
export function transferRoutes(sim: PaySim): Route[] {
  const base = '/v3/fund-app/mch-transfer/transfer-bills';
  installTransferJobs(sim);
  const query = (call: Call): Answer => ({ body: transferBody(find(sim, call)) });
  return [
    { method: 'POST', url: base, fields: CREATE, handle: (call) => create(sim, call) },
    { method: 'GET', url: `${base}/out-bill-no/:no`, handle: query },
    { method: 'GET', url: `${base}/transfer-bill-no/:id`, handle: query },
    { method: 'POST', url: `${base}/out-bill-no/:no/cancel`, fields: {}, handle: (call) => cancel(sim, call) },
  ];
}
