import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As `npm start` runs the programs. */
const FLAGS = (process.env['BENCH_FLAGS'] ?? '').split(' ').filter((flag) => flag !== '');
const TICKS_PER_SECOND = 100;
const children: ChildProcess[] = [];

export interface Started {
  pid: number;
  url: string;
  stop(): Promise<void>;
  /** Memory after a forced collection, in bytes; only of a process that was started with heap-probe.mjs. */
  memory(): Promise<{ rss: number; inUse: number }>;
  /** Resolves with everything printed when the process ends. */
  output: Promise<string>;
}

/** Starts a Node process, its log in the bench's folder; waits for its ready message when it sends one. */
export async function start(
  dir: string,
  name: string,
  args: string[],
  env: Record<string, string>,
  waits: 'ready' | 'no' = 'ready',
): Promise<Started> {
  const log = openSync(join(dir, `${name}.log`), 'a');
  const child = spawn(process.execPath, [...FLAGS, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', log, 'ipc'],
  });
  closeSync(log);
  children.push(child);
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += String(chunk);
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${text.slice(-2000)} (log in ${dir})`)));
    if (waits === 'no') resolve('');
    child.on('message', (message: { ready?: boolean; url?: string }) => message.ready && resolve(message.url ?? ''));
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await ended;
  };
  const memory = () =>
    new Promise<{ rss: number; inUse: number }>((resolve) => {
      child.once('message', (told) => resolve(told as { rss: number; inUse: number }));
      child.send('heap');
    });
  return { pid: child.pid ?? 0, url, stop, memory, output: ended.then(() => text) };
}

/** Ends whatever still runs; for the end of the bench and for its failures. */
export function killAll(): void {
  for (const child of children) child.kill('SIGKILL');
}

/** CPU time of a process so far, in microseconds. */
export function cpuUs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
