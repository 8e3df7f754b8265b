import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { journeyRate, MANY_AT_ONCE, warmUp } from './journey.js';
import { median, type Result, rounded, type Turn } from './measure.js';
import { pageRate } from './pages.js';
import { pause, type Started } from './processes.js';
import { AT_ONCE, type Stack } from './stack.js';
import { workOff } from './work-off.js';

interface Line {
  kind: string;
  scenario?: string;
  c?: number;
  rate?: number;
}

/** What both sides can do: the kit's scenario, how many are there at once, and our turn of so many seconds. */
interface Contest {
  scenario: string;
  users: number;
  ours(stack: Stack, isQuick: boolean): Promise<number>;
}
const pageContest = (scenario: string): Contest => ({
  scenario,
  users: AT_ONCE,
  ours: (stack, isQuick) => pageRate(stack, scenario, isQuick ? 2 : 4),
});
const journeyContest = (users: number): Contest => ({
  scenario: 'journey',
  users,
  ours: (stack, isQuick) => journeyRate(stack, users, isQuick ? 4 : 10),
});
const CONTESTS: Readonly<Record<string, Contest>> = {
  list: pageContest('list'),
  detail: pageContest('detail'),
  journey: journeyContest(AT_ONCE),
  'journey-32': journeyContest(MANY_AT_ONCE),
};
/** The kit's last scenario with as many users: then ours has its turn. */
const LAST = 'journey';
const LOOK_MS = 50;

/** Our turns beside the peer's, by the id of the result. */
export type Turns = ReadonlyMap<string, readonly Turn[]>;

/**
 * Runs the open shop Vendure in the same run, when its kit lies beside the project. A machine's speed
 * drifts by a quarter within minutes, so the two take turns: whenever the kit has done what it does with as many users, it
 * stands still and ours has its turn. Only what was measured now counts.
 */
export async function turnsWithPeer(stack: Stack): Promise<Turns> {
  const { root, isQuick } = stack.settings;
  const kit = process.env['SHUKE_PEER_DIR'] ?? join(root, '../shared/peers/vendure');
  if (!existsSync(join(kit, 'run.sh'))) {
    console.log(`no peer kit in ${kit}: left out`);
    return new Map();
  }
  const base = join(root, '.data', 'peer-vendure');
  const rounds = isQuick ? 1 : 3;
  const seconds = isQuick ? '4' : '10';
  const env = {
    ...process.env,
    BASE: base,
    NO38: '1',
    RUNS: String(rounds),
    CONC: `${AT_ONCE},${MANY_AT_ONCE}`,
    DUR: seconds,
    JDUR: seconds,
    QUIET_S: '5',
    RETRY: '0',
  };
  const raw = join(base, 'out', 'raw.jsonl');
  const linesBefore = linesOf(raw).length;
  // One worker stands ready through all turns, like the peer's own processes.
  const worker = await stack.startWorker();
  await warmUp(stack);
  await workOff(stack.probe);
  process.kill(worker.pid, 'SIGSTOP');
  // A group of its own, so that all of it can be held at once.
  const child = spawn('bash', [join(kit, 'run.sh'), 'rounds'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  endWithUs(child);
  const turns = await takeTurns({ stack, worker, kit: child }, () => linesOf(raw).slice(linesBefore));
  process.kill(worker.pid, 'SIGCONT');
  await worker.stop();
  return turns;
}

/** @returns the result with what the peer did; the ratio is the median of the pairs' ratios */
export function besidePeer(result: Result, turns: Turns): Result {
  const own = turns.get(result.id) ?? [];
  if (own.length === 0) return result;
  return {
    ...result,
    peerRate: rounded(median(own.map((turn) => turn.peerRate))),
    peerRatio: rounded(median(own.map((turn) => turn.rate / turn.peerRate))),
    turns: [...own],
  };
}

/** A group of its own hears no Ctrl-C, and one that is held would stay for ever. */
function endWithUs(kit: ChildProcess): void {
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(1));
  process.once('exit', () => {
    if (kit.pid === undefined || kit.exitCode !== null || kit.signalCode !== null) return;
    process.kill(-kit.pid, 'SIGKILL');
  });
}

/** Both sides: while one is measured, the other stands still. */
interface Sides {
  stack: Stack;
  worker: Started;
  kit: ChildProcess;
}

/** Follows the kit to its end, and holds it whenever it has done all that it does with as many users. */
async function takeTurns(sides: Sides, written: () => Line[]): Promise<Map<string, Turn[]>> {
  const { kit, stack } = sides;
  const turns = new Map<string, Turn[]>(Object.keys(CONTESTS).map((id) => [id, []]));
  let seen = 0;
  while (kit.exitCode === null && kit.signalCode === null) {
    await pause(LOOK_MS);
    const lines = written().filter((line) => line.kind === 'vendure');
    const last = lines.findIndex((line, at) => at >= seen && line.scenario === LAST);
    if (last < 0) continue;
    seen = last + 1;
    await changedOver(sides, () => ourTurns(stack, lines.slice(0, seen), turns));
  }
  if (kit.exitCode !== 0) throw new Error(`the peer's kit ended with ${kit.exitCode ?? kit.signalCode}`);
  return turns;
}

async function ourTurns(stack: Stack, lines: readonly Line[], turns: Map<string, Turn[]>): Promise<void> {
  const users = lines.at(-1)?.c;
  for (const [id, contest] of Object.entries(CONTESTS)) {
    if (contest.users !== users) continue;
    const theirs = lines.findLast((line) => line.scenario === contest.scenario && line.c === users);
    if (!theirs?.rate) throw new Error(`the peer's kit has no rate for ${contest.scenario}`);
    const rate = rounded(await contest.ours(stack, stack.settings.isQuick));
    turns.get(id)?.push({ rate, peerRate: theirs.rate });
  }
}

/**
 * The whole kit stands still while ours is measured, and our worker while the kit is. What our journeys left to do is done
 * before the change, so that each turn begins with nothing of the one before.
 */
async function changedOver({ stack, kit, worker }: Sides, work: () => Promise<void>): Promise<void> {
  if (kit.pid === undefined) throw new Error("the peer's kit did not start");
  process.kill(-kit.pid, 'SIGSTOP');
  process.kill(worker.pid, 'SIGCONT');
  try {
    await work();
    await workOff(stack.probe);
  } finally {
    process.kill(worker.pid, 'SIGSTOP');
    process.kill(-kit.pid, 'SIGCONT');
  }
}

const linesOf = (path: string): Line[] =>
  existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .slice(0, -1)
        .map((text) => JSON.parse(text) as Line)
    : [];
