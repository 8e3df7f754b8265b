// The copy of the product under test: started with ports and data of its own, or one that runs already.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freeRow } from '../../scripts/free-port.mjs';
import { until } from './until.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const READY_MS = 240_000;
const STOP_MS = 20_000;
const OFFSETS = [0, 6, 7, 10, 11, 12, 20, 21];
/** Late in a shop's morning, whatever the hour in which the tests run: what is due by then is the same in every run. */
const DEMO_TIME = '11:00';

/** Addresses of a copy by its port base. */
export const addresses = (base) => ({
  server: `http://127.0.0.1:${base}`,
  desk: `http://127.0.0.1:${base + 20}`,
});

/**
 * Starts the product, or takes the one at `E2E_BASE`.
 * @returns {Promise<{ server: string, desk: string, stop: () => Promise<void> }>}
 */
export async function openProduct(say) {
  if (process.env.E2E_BASE) return { ...addresses(Number(process.env.E2E_BASE)), stop: async () => {} };
  const base = await freeRow(OFFSETS);
  const dir = mkdtempSync(join(tmpdir(), 'shuke-e2e-'));
  const env = { DEMO_TIME, ...process.env, PORT_BASE: String(base), DATA_DIR: dir };
  for (const name of ['PORT', 'DATABASE_URL', 'REDIS_URL', 'PUBLIC_ORIGIN']) delete env[name];
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(dir, 'start.log'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      output = (output + part).slice(-8000);
      log.write(part);
    });
  }
  const hasEnded = new Promise((resolve) => child.once('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await hasEnded;
    clearTimeout(late);
    log.end();
    if (!process.env.E2E_KEEP) rmSync(dir, { recursive: true, force: true });
  };
  say(`starting the product on ports from ${base}`);
  try {
    await until('the product to be ready', READY_MS, () => {
      if (child.exitCode !== null) throw new Error(`the product ended while it started:\n${output}`);
      return output.includes('ready after');
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...addresses(base), stop };
}
