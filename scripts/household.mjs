// The child processes of one run: their logs, their deaths, their end in order.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { tail } from './steps.mjs';

const PATIENCE_MS = 8000;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Whether something listens on a port of this machine. */
export function isTaken(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** The command line of a process, or nothing when there is none. */
function commandOf(pid) {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Keeps the children of one run together; the first that dies unasked ends all. */
export class Household {
  #children = [];
  #isStopping = false;
  #runFile;
  /** Another run's file is not ours to remove. */
  #hasWritten = false;
  #onDeath;

  /** @param {{ dir: string, onDeath: (name: string, code: number | string, log: string) => void }} options */
  constructor({ dir, onDeath }) {
    this.dir = dir;
    this.#runFile = join(dir, 'run.json');
    this.#onDeath = onDeath;
    mkdirSync(join(dir, 'log'), { recursive: true });
  }

  logOf(name) {
    return join(this.dir, 'log', `${name}.log`);
  }

  /** Takes in a child that somebody else started. */
  adopt(name, child, log = this.logOf(name)) {
    const entry = { name, child, log, hasEnded: child.exitCode !== null };
    this.#children.push(entry);
    child.once('exit', (code, signal) => {
      entry.hasEnded = true;
      if (!this.#isStopping) this.#onDeath(name, code ?? signal, log);
    });
    this.#remember();
    return child;
  }

  /** Starts a node program; `isReady` waits for its message instead of a port. */
  async start(name, args, { env, cwd, readyMessage = false, readyUrl, patienceMs = 60_000 }) {
    const log = this.logOf(name);
    const out = openSync(log, 'w');
    const stdio = readyMessage ? ['ignore', out, out, 'ipc'] : ['ignore', out, out];
    // In its own process group, so that Ctrl-C in the terminal reaches only the starter, which stops things in order.
    const child = spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, stdio, detached: true });
    this.adopt(name, child);
    const end = performance.now() + patienceMs;
    let isReady = false;
    child.on('message', (message) => {
      if (message?.ready) isReady = true;
    });
    while (!isReady) {
      if (child.exitCode !== null || child.signalCode !== null || this.#isStopping) throw new Error(`${name} ended`);
      if (performance.now() > end) throw new Error(`${name} is not ready after ${patienceMs / 1000} s:\n${tail(log)}`);
      if (readyUrl)
        isReady = await fetch(readyUrl).then(
          (answer) => answer.ok,
          () => false,
        );
      if (!isReady) await wait(50);
    }
    if (readyMessage && child.connected) child.disconnect();
    return child;
  }

  /** Ends all, the last started first, each with eight seconds to finish its work. */
  async stop(say = () => {}) {
    if (this.#isStopping) return;
    this.#isStopping = true;
    for (const entry of [...this.#children].reverse()) {
      if (entry.hasEnded) continue;
      say(`stopping ${entry.name} …`);
      entry.child.kill('SIGTERM');
      const end = performance.now() + PATIENCE_MS;
      while (!entry.hasEnded && performance.now() < end) await wait(20);
      if (!entry.hasEnded) {
        say(`${entry.name} does not end by itself and is killed`);
        entry.child.kill('SIGKILL');
      }
    }
    if (this.#hasWritten) rmSync(this.#runFile, { force: true });
  }

  #remember() {
    this.#hasWritten = true;
    const children = this.#children.map(({ name, child }) => ({ name, pid: child.pid, command: commandOf(child.pid) }));
    writeFileSync(this.#runFile, `${JSON.stringify({ starter: process.pid, children })}\n`);
  }

  /**
   * Ends what an earlier run left behind when its starter was killed.
   * @throws Error when that run is still alive
   */
  async clearLeftovers(say) {
    let last;
    try {
      last = JSON.parse(readFileSync(this.#runFile, 'utf8'));
    } catch {
      return;
    }
    if (last.starter !== process.pid && /start\.mjs/.test(commandOf(last.starter))) {
      throw new Error(`already running (process ${last.starter}). Stop it with Ctrl-C there, or: kill ${last.starter}`);
    }
    for (const { name, pid, command } of last.children.reverse()) {
      if (!command || commandOf(pid) !== command) continue;
      say(`ending ${name} of an earlier run (process ${pid}) …`);
      process.kill(pid, 'SIGTERM');
      const end = performance.now() + PATIENCE_MS;
      while (commandOf(pid) === command && performance.now() < end) await wait(50);
      if (commandOf(pid) === command) process.kill(pid, 'SIGKILL');
    }
    rmSync(this.#runFile, { force: true });
  }
}
