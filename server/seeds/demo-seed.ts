import type { BrandId } from '@shuke/shared/kernel';
import { configOrExit, createApp } from '../src/app.js';
import { OffsetClock } from '../src/platform/clock/clock.js';
import { Database } from '../src/platform/database/database.js';
import { IdSource } from '../src/platform/ids/id-source.js';
import { InvariantMonitor } from '../src/platform/invariants/monitor.js';
import { historyStart, playHistory } from './demo-history.js';
import { Actors } from './steps/actors.js';
import { fillShelves } from './steps/fill-shelves.js';
import { foundBrand } from './steps/found-brand.js';
import { countsOf } from './steps/import-counter.js';
import { asStep, isDone, readPeople, type SeedContext } from './steps/seed-context.js';
import { fillTagLibrary, makeGuideCodes, setSplitRules } from './steps/set-rules.js';
import { wallClock } from './wall-clock.js';
import { DEMO_IDS } from './world.js';

// Seeds the demo brand: first the brand itself through the use cases that create, then its last days through the public
// API and the simulated outside world. Started again it goes on with what is missing.

const COMPLETE = 'complete';
const HURRIED_MS = 200;
const wall = wallClock(process.env.DEMO_TIME);

function needed(name: string): string {
  const value = process.env[name];
  if (value) return value;
  throw new Error(`setting ${name} is needed to seed the demo brand`);
}

async function openContext(): Promise<SeedContext> {
  const config = configOrExit(process.env);
  const clock = new OffsetClock();
  // Before the first id is made: ids are time-ordered, and the demo begins in the past.
  clock.follow(historyStart(wall.now()));
  const deskOrigin = new URL(needed('CLOCK_FOLLOW_URL')).origin;
  const people = readPeople(needed('DEMO_PEOPLE_FILE'));
  const { CLOCK_FOLLOW_URL: _, ...own } = config;
  // This program decides the time itself; following itself would only make it late.
  const app = await createApp(own as typeof config, clock);
  const started = performance.now();
  const say = (line: string): void =>
    console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const brandId = (await brandOf(app.get(Database))) ?? app.get(IdSource).next<'brand'>();
  return { app, brandId, people, clock, serverOrigin: config.PUBLIC_ORIGIN, deskOrigin, say };
}

async function brandOf(database: Database): Promise<BrandId | null> {
  const [row] = await database.query<{ id: BrandId }>('SELECT id FROM brand WHERE appid = ?', [DEMO_IDS.appid]);
  return row?.id ?? null;
}

async function seed(context: SeedContext): Promise<void> {
  const { say } = context;
  const actors = new Actors(context);
  if (!(await isDone(context, 'people'))) await actors.control('clock', { setMs: historyStart(wall.now()) });
  await foundBrand(context);
  say('brand, stores and people');
  await fillShelves(context);
  await fillTagLibrary(context);
  await setSplitRules(context);
  say('shelves, tags and split rules');
  await makeGuideCodes(context);
  say('codes of all guides');
  const giveBack = await hurryBank(context, actors);
  await playHistory(context, () => wall.now()).finally(giveBack);
}

/** The simulated bank takes its time for people to watch; while seeding nobody watches. Returns the way back. */
async function hurryBank({ deskOrigin }: SeedContext, actors: Actors): Promise<() => Promise<void>> {
  const answer = await fetch(`${deskOrigin}/control/pay/settings`);
  const { delays } = (await answer.json()) as { delays: Record<string, number> };
  const set = async (wanted: Record<string, number>) => void (await actors.control('pay/delays', wanted));
  await set({ refund: HURRIED_MS, split: HURRIED_MS, return: HURRIED_MS });
  return () => set(delays);
}

async function checkBooks({ app, brandId, say }: SeedContext): Promise<void> {
  const results = await app.get(InvariantMonitor).run(brandId);
  const broken = results.filter((one) => one.state === 'BROKEN');
  for (const { id, promise, rows } of broken) console.error(`${id} ${promise}`, JSON.stringify(rows.slice(0, 3)));
  if (broken.length > 0) throw new Error(`${broken.length} of ${results.length} invariants do not hold`);
  say(`${results.length} invariants hold`);
}

const context = await openContext();
try {
  if (await isDone(context, COMPLETE)) context.say('the demo brand is complete');
  else {
    await seed(context);
    await asStep(context, COMPLETE, () => checkBooks(context));
    for (const line of await countsOf(context)) context.say(line);
  }
} finally {
  await new Actors(context).control('clock', { setMs: wall.now() });
  await context.app.close();
}
