import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { fundFlowBill, splitBill } from './account-bills.js';
import { noAuth, PayError, paramError } from './errors.js';
import { collectorOf } from './merchants.js';
import type { Answer, Call, Route } from './route.js';
import { nonce } from './signing.js';
import type { PaySim } from './sim.js';
import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, startOfDay } from './time.js';
import { type TradeBillType, tradeBill } from './trade-bill.js';

const READY_AT_MS = 10 * HOUR_MS;
const KEPT_MS = 92 * DAY_MS;

function oneOf<T extends string>(value: string | undefined, allowed: readonly T[], name: string): T {
  const given = value ?? allowed[0];
  if (!allowed.includes(given as T)) {
    throw paramError(`${name}取值有误`, {
      location: 'query',
      field: name,
      value,
      issue: `值应为枚举 ${allowed.join('|')}`,
    });
  }
  return given as T;
}

/** The asked day, once its bills exist: from 10:00 of the next day on, for three months. */
function billDay(sim: PaySim, call: Call): string {
  const day = call.query.bill_date ?? '';
  const bad = (issue: string) =>
    paramError(`bill_date${issue}`, { location: 'query', field: 'bill_date', value: day, issue });
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(startOfDay(day))) throw bad('格式错误');
  if (day >= dayOf(sim.now())) throw bad('不能查询当日及以后的账单');
  if (sim.now() > startOfDay(day) + KEPT_MS) throw bad('仅支持三个月内的账单下载申请');
  return day;
}

function creating(sim: PaySim, day: string): boolean {
  return sim.now() < startOfDay(day) + DAY_MS + READY_AT_MS;
}

interface Wanted {
  name: string;
  day: string;
  ttlMs: number;
  make: () => string | null;
}

/** Makes the bill once and keeps it, so that a later download shows what the first one showed. */
function answer(sim: PaySim, call: Call, wanted: Wanted): Answer {
  const gzip = oneOf(call.query.tar_type, ['', 'GZIP'] as const, 'tar_type') === 'GZIP';
  const file = `${call.merchant.mchid}/${wanted.name}/${wanted.day}`;
  if (!(file in sim.state.bills)) sim.state.bills[file] = wanted.make();
  const text = sim.state.bills[file];
  if (text === null || text === undefined) throw new PayError(400, 'NO_STATEMENT_EXIST', '账单文件不存在');
  const token = nonce(64);
  sim.state.billTokens[token] = { token, mchid: call.merchant.mchid, expiresAt: sim.now() + wanted.ttlMs, file, gzip };
  sim.touch();
  const hashed = sim.settings.billHash === 'gzip' && gzip ? gzipSync(text) : text;
  return {
    body: {
      hash_type: 'SHA1',
      hash_value: createHash('sha1').update(hashed).digest('hex'),
      download_url: `${sim.origin}/v3/billdownload/file?token=${token}${gzip ? '&tartype=gzip' : ''}`,
    },
  };
}

function trade(sim: PaySim, call: Call): Answer {
  const day = billDay(sim, call);
  if (creating(sim, day)) throw new PayError(400, 'STATEMENT_CREATING', '账单生成中，请稍后再试');
  const type = oneOf(call.query.bill_type, ['ALL', 'SUCCESS', 'REFUND'] as const, 'bill_type') as TradeBillType;
  const subMchid = call.query.sub_mchid;
  if (subMchid) collectorOf(sim, call.merchant, subMchid);
  const make = () => tradeBill(sim, { owner: call.merchant.mchid, subMchid, day, type });
  return answer(sim, call, { name: `trade-${type}-${subMchid ?? 'all'}`, day, ttlMs: 5 * MINUTE_MS, make });
}

function fundFlow(sim: PaySim, call: Call): Answer {
  const day = billDay(sim, call);
  if (creating(sim, day)) throw new PayError(400, 'STATEMENT_CREATING', '账单生成中，请稍后再试');
  const account = oneOf(call.query.account_type, ['BASIC', 'OPERATION', 'FEES'] as const, 'account_type');
  const make = () => fundFlowBill(sim, call.merchant.mchid, day, account);
  return answer(sim, call, { name: `flow-${account}`, day, ttlMs: 5 * MINUTE_MS, make });
}

function split(sim: PaySim, call: Call): Answer {
  const day = billDay(sim, call);
  if (creating(sim, day)) throw new PayError(400, 'INVALID_REQUEST', '请求的账单正在生成中，请稍后再试');
  const subMchid = call.query.sub_mchid;
  if (subMchid) collectorOf(sim, call.merchant, subMchid);
  const make = () => splitBill(sim, call.merchant.mchid, subMchid, day);
  return answer(sim, call, { name: `split-${subMchid ?? 'all'}`, day, ttlMs: 30_000, make });
}

function download(sim: PaySim, call: Call): Answer {
  const token = sim.state.billTokens[call.query.token ?? ''];
  if (!token || token.expiresAt <= sim.now())
    throw new PayError(400, 'INVALID_REQUEST', '账单下载链接已失效，请重新申请');
  if (token.mchid !== call.merchant.mchid) throw noAuth('无权限下载该账单');
  const text = sim.state.bills[token.file] ?? '';
  return { body: token.gzip ? gzipSync(text) : Buffer.from(text, 'utf8') };
}

/** Trade, fund-flow and split bills, and their download (reference: sections 5.8 and 7). */
export function billRoutes(sim: PaySim): Route[] {
  return [
    { method: 'GET', url: '/v3/bill/tradebill', handle: (call) => trade(sim, call) },
    { method: 'GET', url: '/v3/bill/fundflowbill', handle: (call) => fundFlow(sim, call) },
    { method: 'GET', url: '/v3/profitsharing/bills', handle: (call) => split(sim, call) },
    { method: 'GET', url: '/v3/billdownload/file', handle: (call) => download(sim, call) },
  ];
}
