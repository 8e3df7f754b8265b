import type { ChildProcess } from 'node:child_process';

/** A private database or Redis of a run; stopping it is killing its process. */
export interface Engine {
  child: ChildProcess;
  port: number;
}

interface EngineScripts {
  startDatabase(options: {
    dir: string;
    port: number;
    durable: boolean;
  }): Promise<Engine & { url(database: string): string }>;
  startRedis(options: { dir: string; port: number; persistent: boolean }): Promise<Engine & { url: string }>;
}
const script = (name: string) => new URL(`../../../scripts/${name}`, import.meta.url).href;

/** The scripts that start engines; they are plain JavaScript, so their shape is said here. */
export const engines = (await import(script('engines.mjs'))) as EngineScripts;

/** Kills an engine like a power cut and waits until it is gone. */
export async function cutPower({ child }: Engine): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
