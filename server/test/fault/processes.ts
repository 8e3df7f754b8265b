import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const READY_WITHIN_MS = 60_000;
const files = {
  server: 'server/dist/src/main.js',
  worker: 'server/dist/src/worker.js',
  import: 'server/test/fault/run-import.mjs',
};
export type Part = keyof typeof files;

/** How a process ended. */
export interface Ending {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** One child process of the product, with its log in a file. */
export class Running {
  readonly ended: Promise<Ending>;
  private ending: Ending | null = null;

  private constructor(
    readonly child: ChildProcess,
    private readonly part: Part,
    private readonly logFile: string,
  ) {
    this.ended = new Promise((resolve) =>
      child.once('exit', (code, signal) => {
        this.ending = { code, signal };
        resolve(this.ending);
      }),
    );
  }

  /** Starts a part without waiting for it to be ready. */
  static spawn(part: Part, env: Record<string, string>, dir: string, args: string[] = []): Running {
    const logFile = join(dir, `${part}.log`);
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, [join(root, files[part]), ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    return new Running(child, part, logFile);
  }

  /** Waits for `{ready: true}`; false when the process ended before, which an armed one may. */
  async ready(): Promise<boolean> {
    const isReady = new Promise<boolean>((resolve) =>
      this.child.on('message', (message: { ready?: boolean }) => message.ready && resolve(true)),
    );
    return within(Promise.race([isReady, this.ended.then(() => false)]), READY_WITHIN_MS, () => this.story('starting'));
  }

  isGone(): boolean {
    return this.ending !== null;
  }

  /** Ends the process and waits until it is gone. */
  async stop(signal: NodeJS.Signals): Promise<Ending> {
    this.child.kill(signal);
    return within(this.ended, 20_000, () => this.story(`ending on ${signal}`));
  }

  log(): string {
    return readFileSync(this.logFile, 'utf8');
  }

  private lastLines(): string {
    const lines = this.log().trimEnd().split('\n').slice(-12);
    return lines.map((line) => line.slice(0, 400)).join('\n');
  }

  /** What to say when the process did not do what it should. */
  story(doing: string): string {
    return `the ${this.part} took too long ${doing}; its log ends with\n${this.lastLines()}`;
  }
}

/** The promise's value, or an error with a story after so long. */
export async function within<T>(promise: Promise<T>, ms: number, story: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(story())), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
