// Running one command as a step: quiet while it goes well, with the tail of its log when it does not.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const isColoured = process.stdout.isTTY === true && !process.env.NO_COLOR;
const paint = (code) => (text) => (isColoured ? `\u001b[${code}m${text}\u001b[0m` : text);
export const green = paint(32);
export const red = paint(31);
export const dim = paint(2);
export const bold = paint(1);

/** "0.8 s", "1 min 04 s" */
export function duration(ms) {
  const tenths = Math.floor(ms / 100);
  if (tenths < 600) return `${Math.floor(tenths / 10)}.${tenths % 10} s`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Path of a program that npm installed at the root. */
export const npmBin = (name) => join(root, 'node_modules', '.bin', name);

/** The last lines of a log, without colour codes; empty when there is none. */
export function tail(path, lines = 30) {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with this character
    const text = readFileSync(path, 'utf8').replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');
    return text.trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

const running = new Set();
let isOver = false;

/** Ends every command that is still running and lets none begin; for the moment when somebody presses Ctrl-C. */
export function endSteps(signal = 'SIGTERM') {
  isOver = true;
  for (const child of running) child.kill(signal);
}

/**
 * Runs a command to its end; everything it says goes to the log file, and each line to `onLine` if it is given.
 * @returns {Promise<{ ok: boolean, code: number | null, ms: number, log: string }>}
 */
export function runStep({ command, args = [], cwd = root, env = {}, log, onLine }) {
  if (isOver) return new Promise(() => {});
  mkdirSync(dirname(log), { recursive: true });
  const out = createWriteStream(log);
  const started = performance.now();
  const [program, rest] = niceCommand(command, args);
  return new Promise((resolve) => {
    const child = spawn(program, rest, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    child.stdout.pipe(out, { end: false });
    child.stderr.pipe(out, { end: false });
    if (onLine) createInterface({ input: child.stdout }).on('line', onLine);
    const finish = (code) => {
      running.delete(child);
      out.end(() => resolve({ ok: code === 0, code, ms: performance.now() - started, log }));
    };
    child.once('error', (error) => {
      out.write(`${error.message}\n`);
      finish(null);
    });
    child.once('close', finish);
  });
}

/** Builds give way to whatever the person is doing on the machine. */
function niceCommand(command, args) {
  return process.platform === 'win32' ? [command, args] : ['nice', ['-n', '5', command, ...args]];
}

/** Runs jobs with at most `limit` at once, in the order given; each may wait for others by name. */
export async function runJobs(jobs, limit) {
  const waiting = [...jobs];
  const done = new Map();
  const active = new Set();
  const isFree = (job) => (job.after ?? []).every((name) => done.has(name) || !jobs.some((one) => one.name === name));
  while (waiting.length > 0 || active.size > 0) {
    while (active.size < limit) {
      const at = waiting.findIndex(isFree);
      if (at < 0) break;
      const [job] = waiting.splice(at, 1);
      const promise = job.run().then((result) => {
        done.set(job.name, result);
        active.delete(promise);
      });
      active.add(promise);
    }
    if (active.size === 0) throw new Error(`jobs wait for each other: ${waiting.map((job) => job.name).join(', ')}`);
    await Promise.race(active);
  }
  return done;
}

/** True when this file was started by node itself and not imported. */
export const isMain = (meta) => process.argv[1] !== undefined && fileURLToPath(meta.url) === process.argv[1];
