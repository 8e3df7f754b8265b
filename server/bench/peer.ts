import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from './measure.js';
import type { Settings } from './stack.js';

/** What of the kit's results belongs to which of ours: its scenario and how many of its users were there at once. */
const SCENARIOS: Record<string, { scenario: string; users: number }> = {
  list: { scenario: 'list', users: 8 },
  detail: { scenario: 'detail', users: 8 },
  journey: { scenario: 'journey', users: 8 },
  'journey-32': { scenario: 'journey', users: 32 },
};

interface Line {
  at: string;
  kind: string;
  scenario?: string;
  c?: number;
  rate?: number;
}

/**
 * Runs the open shop Vendure in the same run, when its kit lies beside the project, and puts its rates at as
 * many users beside ours. Only what was measured now counts.
 */
export async function withPeer(settings: Settings, results: readonly Result[]): Promise<Result[]> {
  const kit = process.env['SHUKE_PEER_DIR'] ?? join(settings.root, '../shared/peers/vendure');
  if (!existsSync(join(kit, 'run.sh'))) {
    console.log(`no peer kit in ${kit}: left out`);
    return [...results];
  }
  const base = join(settings.root, '.data', 'peer-vendure');
  const raw = join(base, 'out', 'raw.jsonl');
  const linesBefore = linesOf(raw).length;
  const seconds = settings.isQuick ? '4' : '10';
  const env = {
    ...process.env,
    BASE: base,
    NO38: '1',
    RUNS: settings.isQuick ? '1' : '3',
    CONC: '8,32',
    DUR: seconds,
    JDUR: seconds,
    QUIET_S: '5',
    RETRY: '0',
  };
  const code = await new Promise<number | null>((resolve) =>
    spawn('bash', [join(kit, 'run.sh'), 'rounds'], { env, stdio: ['ignore', 'ignore', 'inherit'] }).once(
      'exit',
      resolve,
    ),
  );
  if (code !== 0) throw new Error(`the peer's kit ended with ${code}`);
  const lines = linesOf(raw).slice(linesBefore);
  return results.map((result) => {
    const same = SCENARIOS[result.id];
    const rates = lines
      .filter((line) => line.kind === 'vendure' && line.c === same?.users && line.scenario === same?.scenario)
      .map((line) => line.rate ?? 0)
      .sort((a, b) => a - b);
    const peerRate = rates[rates.length >> 1];
    if (!peerRate) return result;
    return { ...result, peerRate, peerRatio: Number((result.rate / peerRate).toFixed(2)) };
  });
}

const linesOf = (path: string): Line[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .trim()
        .split('\n')
        .filter((text) => text !== '')
        .map((text) => JSON.parse(text) as Line)
    : [];
