import { DAY_MS, fen, type GuideId, type Id, type MemberId } from '@shuke/shared/kernel';
import { Catalog } from '../../src/modules/catalog/index.js';
import { EarningEstimate } from '../../src/modules/tasks/application/earning-estimate.js';
import { followOpening } from '../../src/modules/tasks/application/follow-sends.js';
import { GuidePack } from '../../src/modules/tasks/application/guide-pack.js';
import { MorningDispatch } from '../../src/modules/tasks/application/morning-dispatch.js';
import { Sends } from '../../src/modules/tasks/application/sends.js';
import { TaskDesk } from '../../src/modules/tasks/application/task-desk.js';
import { taskInvariants } from '../../src/modules/tasks/tasks.invariants.js';
import type { Guide as GuideActor } from '../../src/platform/access/actor.js';
import { BulkWriter } from '../../src/platform/database/bulk-writer.js';
import { openTestBench, type TestBench } from './database.js';
import { openTestShop, type TestShop } from './shop.js';

export let bench: TestBench;
export let shop: TestShop;
export let actor: GuideActor;
const opened: TestBench[] = [];
/** Opens a brand of its own for one test; the names above then point at it. */
export async function openTaskWorld(): Promise<void> {
  bench = await openTestBench();
  opened.push(bench);
  shop = await openTestShop(bench);
  actor = { kind: 'guide', brandId: bench.brandId, guideId: shop.guides.lake, storeId: shop.lake, isManager: false };
}
export async function closeTaskWorlds(): Promise<void> {
  for (const one of opened) await one.close();
}

export const catalog = () => new Catalog(bench.database);
export const settlement = { estimate: async () => ({ guideFen: fen(3800) }) };
export const estimate = () => new EarningEstimate(bench.database, settlement);
export const dispatchOn = (database = bench.database) =>
  new MorningDispatch(database, new BulkWriter(bench.database), shop.organization, catalog(), bench.clock, estimate());
export const packs = (database = bench.database, dispatch = dispatchOn(database)) =>
  new GuidePack(database, bench.unitOfWork, bench.clock, shop.organization, new Catalog(database), dispatch);
export const sends = () =>
  new Sends(
    bench.database,
    bench.unitOfWork,
    bench.ids,
    shop.organization,
    catalog(),
    { PUBLIC_ORIGIN: 'https://shop.example' },
    estimate(),
  );
export const noWake = { sweep: () => undefined };
export const desk = () =>
  new TaskDesk(bench.database, bench.unitOfWork, bench.ids, bench.clock, shop.organization, catalog(), noWake);
export const hq = () =>
  ({ kind: 'hq', brandId: bench.brandId, userId: bench.ids.next<'user'>(), name: '总部' }) as const;
export const run = (sql: string, values: (string | number | Date | null)[]) =>
  bench.database.execute(sql, [bench.brandId, ...values]);
export const ago = (days: number) => new Date(bench.clock.now() - days * DAY_MS);

export interface Friend {
  external: string;
  memberId: MemberId;
}
export async function friend(
  name: string,
  more: { guideId?: GuideId; state?: string; addedDaysAgo?: number; boughtDaysAgo?: number } = {},
): Promise<Friend> {
  const memberId = bench.ids.next<'member'>();
  const external = `wm_${memberId}`;
  const closed = more.state && more.state !== 'FRIEND' ? ago(1) : null;
  await run(
    "INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, member_id, updated_at) VALUES (?,?,?,'',2,NULL,?,?)",
    [external, name, memberId, ago(0)],
  );
  await run(
    `INSERT INTO contact_relation (brand_id, guide_id, external_userid, state, remark, add_way, state_param, welcome_state, added_at, closed_at, checked_at)
      VALUES (?,?,?,?,'',1,NULL,'NONE',?,?,?)`,
    [more.guideId ?? shop.guides.lake, external, more.state ?? 'FRIEND', ago(more.addedDaysAgo ?? 100), closed, ago(0)],
  );
  if (more.boughtDaysAgo !== undefined)
    await run(
      'INSERT INTO member_value (brand_id, member_id, order_count, total_fen, first_at, last_at, r, f, m, median_gap_days, expected_next_at, computed_at) VALUES (?,?,2,90000,?,?,3,3,3,NULL,NULL,?)',
      [memberId, ago(more.boughtDaysAgo), ago(more.boughtDaysAgo), ago(0)],
    );
  return { external, memberId };
}
export async function views(one: Friend, productId: string, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await run(
      "INSERT INTO browse_event (brand_id, id, member_id, anonymous_id, event_key, type, product_id, dwell_ms, at) VALUES (?,?,?,?,?,'VIEW',?,3000,?)",
      [bench.ids.next(), one.memberId, `a${one.memberId}`, `k${productId}-${n}`, productId, ago(0.5)],
    );
}
export const product = () => shop.products[0]?.id as Id<'product'>;
export const taskInput = (more = {}) => ({
  title: '新款到店',
  words: '{称呼}，「{商品}」到{门店}了，{导购}给你留着',
  reason: '秋冬上新，老顾客先看',
  productId: product() as string,
  audience: { kind: 'ALL_CONTACTS' as const },
  startDay: '2026-11-20',
  endDay: '2026-11-30',
  ...more,
});
export async function published(more = {}) {
  const task = await desk().create(hq(), taskInput(more));
  return desk().publish(bench.brandId, task.id as Id<'task'>);
}
export const broken = async () =>
  (await Promise.all(taskInvariants.map((one) => one.check(bench.database, bench.brandId)))).flat();
export const stateOf = async (id: string) =>
  (
    await bench.database.query<{ state: string; order_fen: string }>(
      'SELECT state, order_fen FROM task_item WHERE brand_id = ? AND id = ?',
      [bench.brandId, id],
    )
  )[0];
export const handle = (fn: typeof followOpening, payload: Record<string, unknown>) =>
  bench.unitOfWork.run('event', (tx) => fn(tx, { id: bench.ids.next(), brandId: bench.brandId, type: 'x', payload }));
