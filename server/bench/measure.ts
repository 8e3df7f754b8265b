import type { Connection, RowDataPacket } from 'mysql2/promise';
import { cpuUs } from './processes.js';

/** Our rate and the peer's, measured one right after the other. */
export interface Turn {
  rate: number;
  peerRate: number;
}

/** One line of the result file; what does not apply is null. */
export interface Result {
  id: string;
  /** Requests, journeys, splits or packs per second. */
  rate: number;
  p50: number | null;
  p95: number | null;
  p99: number | null;
  /** SQL statements per unit. */
  sql: number | null;
  cpuUs: number | null;
  bareRate: number | null;
  /** CPU microseconds per unit of the bare endpoint. */
  bareCpuUs: number | null;
  /** Our rate as a share of the bare endpoint's. */
  ratio: number | null;
  peerRate: number | null;
  /** How many times the peer's rate ours is: the median of the turns, which were taken one right after the other. */
  peerRatio: number | null;
  turns?: Turn[];
  /** What the figures do not say. */
  note?: string;
}

export interface Sample {
  units: number;
  seconds: number;
  latencies: number[];
  questions: number;
  cpuUs: number;
}

/** Statements that the whole database server has run; reading it is one of them. */
export async function questions(probe: Connection): Promise<number> {
  const [rows] = await probe.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE 'Questions'");
  return Number(rows[0]?.['Value'] ?? 0);
}

/** Runs a piece of load and takes time, statements and CPU around it. */
export async function sampled(
  probe: Connection,
  pids: readonly number[],
  load: () => Promise<{ units: number; latencies: number[] }>,
): Promise<Sample> {
  const before = { at: performance.now(), cpu: total(pids), questions: await questions(probe) };
  const { units, latencies } = await load();
  const seconds = (performance.now() - before.at) / 1000;
  // Minus the reading before, which counted itself only afterwards.
  const asked = (await questions(probe)) - before.questions - 1;
  return { units, seconds, latencies, questions: asked, cpuUs: total(pids) - before.cpu };
}

const total = (pids: readonly number[]) => pids.reduce((sum, pid) => sum + cpuUs(pid), 0);

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

export function percentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return rounded(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
}

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** The medians of our rounds beside those of the bare endpoint. */
export function resultOf(id: string, ours: readonly Sample[], bare: readonly Sample[] = [], idlePerSecond = 0): Result {
  const rate = median(ours.map((one) => one.units / one.seconds));
  const bareRate = bare.length > 0 ? median(bare.map((one) => one.units / one.seconds)) : null;
  const of = (share: number) => {
    const found = ours.map((one) => percentile(one.latencies, share)).filter((one) => one !== null);
    return found.length > 0 ? rounded(median(found)) : null;
  };
  return {
    id,
    rate: rounded(rate),
    p50: of(0.5),
    p95: of(0.95),
    p99: of(0.99),
    sql: rounded(median(ours.map((one) => Math.max(0, one.questions - idlePerSecond * one.seconds) / one.units))),
    cpuUs: Math.trunc(median(ours.map((one) => one.cpuUs / one.units))),
    bareRate: bareRate === null ? null : rounded(bareRate),
    bareCpuUs: bare.length > 0 ? Math.trunc(median(bare.map((one) => one.cpuUs / one.units))) : null,
    ratio: bareRate === null ? null : rounded(rate / bareRate, 3),
    peerRate: null,
    peerRatio: null,
  };
}
