import { readFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { BrandId, Id } from '@shuke/shared/kernel';
import type { OffsetClock } from '../../src/platform/clock/clock.js';
import { Database } from '../../src/platform/database/database.js';
import { type Tx, UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { earlierResult, keepResult, requestKey } from '../../src/platform/idempotency/idempotency.js';
import { IdSource } from '../../src/platform/ids/id-source.js';

/** Everything in the demo that looks like chance comes from this number. */
export const DEMO_SEED = 20_251_122;
/** How far back the demo's history begins. */
export const HISTORY_DAYS = 9;
const SCOPE = 'demo-seed';

export interface DemoPerson {
  key: string;
  openid: string;
  unionid: string;
  externalUserid: string;
}
export interface DemoPeople {
  consumers: DemoPerson[];
  guides: (DemoPerson & { userid: string })[];
}

/** Who is who in the simulated world, as the world's writer left it. */
export const readPeople = (path: string): DemoPeople => JSON.parse(readFileSync(path, 'utf8')) as DemoPeople;

/** What every step of the seed works with. */
export interface SeedContext {
  app: NestFastifyApplication;
  brandId: BrandId;
  people: DemoPeople;
  clock: OffsetClock;
  /** Origin of the server's public HTTP API. */
  serverOrigin: string;
  /** Origin of the simulators' desk with the control plane. */
  deskOrigin: string;
  say(line: string): void;
}

export const idsOf = (context: SeedContext): IdSource => context.app.get(IdSource);

const markOf = (brandId: BrandId, step: string) => requestKey(brandId, SCOPE, step, { seed: DEMO_SEED });

/** True when a step was finished by this or an earlier run. */
export async function isDone({ app, brandId }: SeedContext, step: string): Promise<boolean> {
  return (await earlierResult(app.get(Database), markOf(brandId, step))) !== null;
}

export const keepDone = (tx: Tx, brandId: BrandId, step: string): Promise<void> =>
  keepResult(tx, markOf(brandId, step), brandId as Id);

/** Does a step in one transaction together with its mark, so that it happens once or not at all. */
export async function inOneStep(context: SeedContext, step: string, work: (tx: Tx) => Promise<void>): Promise<void> {
  if (await isDone(context, step)) return;
  await context.app.get(UnitOfWork).run(`demo seed ${step}`, async (tx) => {
    await work(tx);
    await keepDone(tx, context.brandId, step);
  });
}

/** Does a step that acts over HTTP or in several transactions; cut off in the middle it is done again. */
export async function asStep(context: SeedContext, step: string, work: () => Promise<void>): Promise<void> {
  if (await isDone(context, step)) return;
  await work();
  await context.app.get(UnitOfWork).run(`demo seed ${step}`, (tx) => keepDone(tx, context.brandId, step));
}

/** Maps a list with at most so many calls under way. */
export async function mapAtMost<T, R>(
  limit: number,
  list: readonly T[],
  work: (item: T, at: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(list.length);
  let next = 0;
  const lane = async () => {
    for (let at = next++; at < list.length; at = next++) results[at] = await work(list[at] as T, at);
  };
  await Promise.all(Array.from({ length: Math.min(limit, list.length) }, lane));
  return results;
}
