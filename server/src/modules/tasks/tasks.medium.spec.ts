import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DAY_MS, type Id, type OrderId } from '@shuke/shared/kernel';
import { countingStatements } from '../../../test/harness/statements.js';
import {
  actor,
  ago,
  bench,
  broken,
  closeTaskWorlds,
  desk,
  dispatchOn,
  friend,
  handle,
  hq,
  noWake,
  openTaskWorld,
  packs,
  product,
  published,
  run,
  sends,
  shop,
  stateOf,
  taskInput,
  views,
} from '../../../test/harness/task-world.js';
import type { Guide as GuideActor } from '../../platform/access/actor.js';
import { armFailpoints } from '../../platform/failpoints/failpoint.js';
import { Catalog } from '../catalog/index.js';
import { followOpening, followOrder } from './application/follow-sends.js';
import { TaskDesk } from './application/task-desk.js';
import type { ItemId } from './persistence/item-rows.js';
import type { SendId } from './persistence/sends.store.js';

beforeEach(openTaskWorld);
afterAll(closeTaskWorlds);

describe('the morning pack', () => {
  it('says why this customer today, fills the words, and merges alert and task into one item', async () => {
    const one = await friend('周女士', { boughtDaysAgo: 430 });
    await views(one, product(), 4);
    const task = await published();
    const pack = await packs().read(actor);
    expect(pack.items).toHaveLength(1);
    expect(pack.items[0]).toMatchObject({
      title: '反复看同一件，还没下单',
      reason: '3 天内看了 4 次「羽绒服 0」没下单；秋冬上新，老顾客先看；上次购买在 14 个月前',
      customerName: '周女士',
      productName: '羽绒服 0',
      priceFen: 100_000,
      mayEarnFen: 3800,
      seconds: 60,
      state: 'WAITING',
    });
    expect(pack.items[0]?.words).toContain('湖滨店的林静');
    expect([pack.minutes, pack.total, pack.done, pack.mayEarnFen]).toEqual([1, 1, 0, 3800]);
    expect((await desk().effect(bench.brandId, task.id as Id<'task'>)).guides).toMatchObject([{ items: 1, sent: 0 }]);
    expect(await broken()).toEqual([]);
  });

  it('takes each audience from its own rows and only from friends of this guide', async () => {
    const viewed = await friend('看过');
    await views(viewed, product(), 1);
    const dormant = await friend('沉睡', { boughtDaysAgo: 300 });
    const fresh = await friend('新会员');
    await run(
      "INSERT INTO member (brand_id, id, member_no, nickname, avatar_url, level, growth, origin, status, joined_at) VALUES (?,?,'M1','x','',1,0,'POS','ACTIVE',?)",
      [fresh.memberId, ago(3)],
    );
    const tagged = await friend('有标签');
    const tagId = bench.ids.next<'tag'>();
    await run(
      "INSERT INTO tag (brand_id, id, group_name, name, kind, position) VALUES (?,?,'偏好','怕冷','MANUAL',1)",
      [tagId],
    );
    await run(
      "INSERT INTO member_tag (brand_id, member_id, tag_id, source, reason, at) VALUES (?,?,?,'MANUAL','说过怕冷',?)",
      [tagged.memberId, tagId, ago(1)],
    );
    const quiet = await friend('不要优惠', { boughtDaysAgo: 300 });
    await run(
      "INSERT INTO consent (brand_id, member_id, sub_brand, purpose, version, is_given, source, at) VALUES (?,?,'MAIN','MARKETING','2026.11',0,'MALL',?)",
      [quiet.memberId, ago(1)],
    );
    await friend('已删除', { state: 'DELETED_BY_CONTACT', boughtDaysAgo: 300 });
    await friend('别人的', { guideId: shop.guides.north, boughtDaysAgo: 300 });
    await published({ title: '看过', audience: { kind: 'VIEWED_PRODUCT', productId: product() } });
    await published({ title: '沉睡', audience: { kind: 'DORMANT', days: 200 } });
    await published({ title: '新会员', audience: { kind: 'NEW_MEMBER' } });
    await published({ title: '标签', audience: { kind: 'TAG', tagId } });
    await published({ title: '别的店', audience: { kind: 'ALL_CONTACTS' }, storeIds: [shop.north] });
    await published({ title: '未到期', audience: { kind: 'ALL_CONTACTS' }, startDay: '2026-11-29' });
    const pack = await packs().read(actor);
    const seen = new Map(pack.items.map((item) => [item.externalUserId, item.title]));
    expect(seen).toEqual(
      new Map([
        [viewed.external, '看过'],
        [dormant.external, '沉睡'],
        [fresh.external, '新会员'],
        [tagged.external, '标签'],
      ]),
    );
    expect(pack.items.find((item) => item.title === '标签')?.reason).toContain('说过怕冷');
    const views1 = await desk().list(bench.brandId, {});
    expect(views1.items.find((task) => task.title === '标签')?.audience.text).toBe('带「怕冷」标签的好友');
    expect(await broken()).toEqual([]);
  });

  it('does not alert when the product was bought since, and leaves out who was written to or did the task', async () => {
    const bought = await friend('买了');
    await views(bought, product(), 5);
    const orderId = bench.ids.next<'order'>();
    await run(
      `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at)
        VALUES (?,?,?,'MINIAPP','SALE',?,?,'TO_SHIP','SHIP',1,0,1,0,'',?)`,
      [orderId, orderId, bought.memberId, shop.lake, ago(0.1)],
    );
    await run(
      "INSERT INTO order_line (brand_id, order_id, id, product_id, code, name, spec, qty, unit_price_fen, amount_fen, payable_fen, refunded_qty, refunded_fen) VALUES (?,?,1,?,'c','n','',1,1,1,1,0,0)",
      [orderId, product()],
    );
    const other = await friend('任务做过');
    await published();
    bench.clock.set(Date.parse('2026-11-21T01:00:00.000Z'));
    const yesterday = await packs().read(actor);
    expect(new Set(yesterday.items.map((item) => item.externalUserId))).toEqual(
      new Set([bought.external, other.external]),
    );
    const item = yesterday.items.find((one) => one.externalUserId === other.external);
    await packs().skip(actor, item?.id as ItemId, 'NOT_SUITABLE');
    const prepared = await sends().prepare(actor, bought.external, { words: '你好' });
    await sends().report(actor, prepared.sendId as SendId, 'SENT');
    bench.clock.set(Date.parse('2026-11-22T01:00:00.000Z'));
    const today = await packs().read(actor);
    expect(today.items).toEqual([]);
    expect(today.leftOutText).toBe('没排进来的顾客：1 位两天内刚联系过，1 位这个任务已经做过');
  });

  it('gives a guide without friends a hint instead of items', async () => {
    const pack = await packs().read(actor);
    expect([pack.total, pack.leftOutText?.includes('名片码')]).toEqual([0, true]);
  });

  it('is built once when many ask at once, and costs three statements from then on', async () => {
    for (let n = 0; n < 5; n += 1) await friend(`客${n}`, { boughtDaysAgo: 10 + n });
    await published();
    const [all] = await Promise.all([
      Promise.all([1, 2, 3, 4].map(() => packs().read(actor))),
      dispatchOn().dispatch(bench.brandId),
    ]);
    expect(new Set(all.map((pack) => JSON.stringify(pack))).size).toBe(1);
    const { database, statements } = countingStatements(bench.database);
    await packs(database).read(actor);
    expect(statements.length).toBeLessThanOrEqual(3);
    expect(await broken()).toEqual([]);
  });

  it('goes out to all guides at half past eight, once, and goes on after a crash (pain-20)', async () => {
    await friend('甲');
    await friend('乙', { guideId: shop.guides.north });
    await published();
    bench.clock.set(Date.parse('2026-11-22T00:29:00.000Z'));
    expect(await dispatchOn().morning([bench.brandId])).toBe(0);
    bench.clock.set(Date.parse('2026-11-22T00:30:00.000Z'));
    armFailpoints('tasks.dispatch.after-range=throw');
    await expect(dispatchOn().dispatch(bench.brandId)).rejects.toThrow('failpoint');
    armFailpoints('');
    expect(await dispatchOn().dispatch(bench.brandId)).toBe(0);
    const rows = await bench.database.query('SELECT guide_id, item_count FROM morning_pack WHERE brand_id = ?', [
      bench.brandId,
    ]);
    expect(rows).toHaveLength(4);
    expect(await broken()).toEqual([]);
    bench.clock.advance(DAY_MS);
    expect(await dispatchOn().dispatch(bench.brandId)).toBe(4);
    const expired = await bench.database.query("SELECT id FROM task_item WHERE brand_id = ? AND state = 'EXPIRED'", [
      bench.brandId,
    ]);
    expect(expired).toHaveLength(2);
  });
});

describe('a task that is published after the packs were built', () => {
  it('joins them within the minutes left, at the end, once, and to nobody who is in already', async () => {
    const known = await friend('在包里', { addedDaysAgo: 0.5 });
    await friend('还没有任务');
    const dispatch = dispatchOn();
    expect(await dispatch.morning([bench.brandId])).toBe(4);
    bench.clock.advance(60_000);
    await published();
    expect(await dispatch.morning([bench.brandId])).toBe(4);
    expect(await dispatch.morning([bench.brandId])).toBe(0);
    expect(await dispatchOn().extend(bench.brandId)).toBe(0);
    const pack = await packs().read(actor);
    expect(pack.items.map((item) => [item.position, item.customerName, item.title])).toEqual([
      [1, '在包里', '昨天刚加的新朋友'],
      [2, '还没有任务', '新款到店'],
    ]);
    expect([pack.minutes, pack.total, pack.items[0]?.externalUserId]).toEqual([2, 2, known.external]);
    expect(await broken()).toEqual([]);
  });

  it('joins them also when the publishing process’s clock runs a little behind the one that built the packs', async () => {
    await friend('还没有任务');
    await packs().read(actor);
    const task = await published();
    await run(
      'UPDATE task SET published_at = DATE_SUB(published_at, INTERVAL 5 SECOND) WHERE brand_id = ? AND id = ?',
      [task.id],
    );
    expect(await dispatchOn().extend(bench.brandId)).toBeGreaterThan(0);
    expect(await dispatchOn().extend(bench.brandId)).toBe(0);
    expect((await packs().read(actor)).items.map((item) => item.customerName)).toEqual(['还没有任务']);
    expect(await broken()).toEqual([]);
  });

  it('adds nothing to a pack whose thirty minutes are full', async () => {
    await run('UPDATE guide SET seconds_per_item = 900 WHERE brand_id = ? AND id = ?', [shop.guides.lake]);
    shop.organization.forget(bench.brandId);
    for (let n = 0; n < 3; n += 1) await friend(`新朋友${n}`, { addedDaysAgo: 0.5 });
    await friend('还没有任务');
    await packs().read(actor);
    bench.clock.advance(60_000);
    await published();
    await dispatchOn().extend(bench.brandId);
    const pack = await packs().read(actor);
    expect([pack.total, pack.minutes]).toEqual([2, 30]);
    expect(await broken()).toEqual([]);
  });
});

describe('sends of an item', () => {
  async function oneItem() {
    const one = await friend('周女士');
    const task = await published();
    const [item] = (await packs().read(actor)).items;
    return { one, task, id: item?.id as ItemId };
  }

  it('prepares words and a card whose link carries guide, send and store', async () => {
    const { one, id } = await oneItem();
    const send = await sends().prepare(actor, one.external, { taskItemId: id });
    expect(send.words).toBe('周女士，「羽绒服 0」到湖滨店了，林静给你留着');
    expect(send.card).toEqual({
      appid: shop.appid,
      title: '羽绒服 0',
      imgUrl: 'https://shop.example/files/pictures/XL1000.png',
      page: `pages/product/index.html?id=${product()}&g=LAKE&sendId=${send.sendId}&storeId=${shop.lake}`,
    });
    expect(send.mayEarnFen).toBe(3800);
  });

  it('counts a send once however often it is reported, and a late cancel does not take it back (pain-20)', async () => {
    const { one, task, id } = await oneItem();
    await packs().see(actor, id);
    const send = await sends().prepare(actor, one.external, { taskItemId: id });
    for (const result of ['FAILED', 'SENT', 'SENT', 'CANCELLED'] as const)
      await sends().report(actor, send.sendId as SendId, result);
    expect((await stateOf(id))?.state).toBe('SENT');
    const { effect } = (await desk().effect(bench.brandId, task.id as Id<'task'>)).task;
    expect(effect).toMatchObject({ guideCount: 1, itemCount: 1, seen: 1, sent: 1, opened: 0, ordered: 0 });
    await expect(sends().prepare(actor, one.external, { taskItemId: id })).rejects.toThrow('今天已经发过了');
    await expect(packs().skip(actor, id, 'OTHER')).rejects.toThrow('今天已经发过了');
    expect(await broken()).toEqual([]);
  });

  it('raises states by events in any order and never lowers them', async () => {
    const { one, task, id } = await oneItem();
    const send = await sends().prepare(actor, one.external, { taskItemId: id });
    const orderId = bench.ids.next<'order'>();
    const order = { orderId, memberId: one.memberId, sendId: send.sendId, totalFen: 45_600 };
    await handle(followOrder, order);
    await handle(followOpening, { sendId: send.sendId, at: ago(0).toISOString() });
    await sends().report(actor, send.sendId as SendId, 'SENT');
    await handle(followOrder, { ...order, orderId: bench.ids.next<'order'>(), totalFen: 1 });
    expect(await stateOf(id)).toEqual({ state: 'ORDERED', order_fen: '45600' });
    const { effect } = (await desk().effect(bench.brandId, task.id as Id<'task'>)).task;
    expect(effect).toMatchObject({ sent: 1, opened: 1, ordered: 1, orderFen: 45_600 });
    expect(await broken()).toEqual([]);
  });

  it('counts an order of the same member within seven days, and not one of the eighth', async () => {
    const { one, id } = await oneItem();
    const send = await sends().prepare(actor, one.external, { taskItemId: id });
    await sends().report(actor, send.sendId as SendId, 'SENT');
    const order = (): Record<string, unknown> => ({
      orderId: bench.ids.next<'order'>() as OrderId,
      memberId: one.memberId,
      sendId: null,
      totalFen: 100,
    });
    bench.clock.advance(7 * DAY_MS + 1000);
    await handle(followOrder, order());
    expect((await stateOf(id))?.state).toBe('SENT');
    bench.clock.advance(-DAY_MS);
    await handle(followOrder, order());
    expect((await stateOf(id))?.state).toBe('ORDERED');
  });

  it('ignores events of sends that are not there, and hides items, sends and customers of other guides', async () => {
    const { one, id } = await oneItem();
    await handle(followOpening, { sendId: bench.ids.next<'send'>() });
    const send = await sends().prepare(actor, one.external, { taskItemId: id });
    const other: GuideActor = { ...actor, guideId: shop.guides.north, storeId: shop.north };
    await expect(packs().see(other, id)).rejects.toThrow('没有找到');
    await expect(packs().skip(other, id, 'OTHER')).rejects.toThrow('没有找到');
    await expect(sends().prepare(other, one.external, {})).rejects.toThrow('没有找到');
    await expect(sends().report(other, send.sendId as SendId, 'SENT')).rejects.toThrow('没有找到');
  });

  it('learns the guide’s pace from real intervals and packs by it', async () => {
    for (let n = 0; n < 7; n += 1) {
      const one = await friend(`客${n}`);
      const send = await sends().prepare(actor, one.external, { words: '你好' });
      bench.clock.advance(40_000);
      await sends().report(actor, send.sendId as SendId, 'SENT');
    }
    const guide = await shop.organization.guide(bench.brandId, shop.guides.lake);
    expect([guide?.secondsPerItem, guide?.paceSamples]).toEqual([40, 6]);
  });
});

describe('tasks at the desk', () => {
  it('refuses what is incomplete and says what is missing', async () => {
    const create = (more: object) => desk().create(hq(), taskInput(more));
    await expect(create({ audience: { kind: 'TAG' } })).rejects.toThrow('请选择一个标签');
    await expect(create({ endDay: '2026-11-01' })).rejects.toThrow('结束日期早于开始日期');
    await expect(create({ productId: '99' })).rejects.toThrow('没有找到所选的商品');
    await expect(create({ storeIds: ['99'] })).rejects.toThrow('没有找到所选的门店');
  });

  it('publishes once, keeps the first instant, and pages newest first within four statements', async () => {
    const first = await published();
    bench.clock.advance(1000);
    const again = await desk().publish(bench.brandId, first.id as Id<'task'>);
    expect(again.publishedAt).toBe(first.publishedAt);
    const events = await bench.database.query("SELECT id FROM outbox WHERE brand_id = ? AND type = 'task.published'", [
      bench.brandId,
    ]);
    expect(events).toHaveLength(1);
    await published({ title: '第二个' });
    const { database, statements } = countingStatements(bench.database);
    const counting = new TaskDesk(
      database,
      bench.unitOfWork,
      bench.ids,
      bench.clock,
      shop.organization,
      new Catalog(database),
      noWake,
    );
    const page = await counting.list(bench.brandId, { limit: 1 });
    expect(page.items.map((task) => task.title)).toEqual(['第二个']);
    expect(statements.length).toBeLessThanOrEqual(4);
    const next = await desk().list(bench.brandId, { limit: 1, cursor: page.nextCursor as string });
    expect([next.items[0]?.title, next.nextCursor]).toEqual(['新款到店', null]);
  });

  it('does not publish what is over or not there', async () => {
    const over = await desk().create(hq(), taskInput({ startDay: '2026-11-01', endDay: '2026-11-02' }));
    await expect(desk().publish(bench.brandId, over.id as Id<'task'>)).rejects.toThrow('结束日期已经过了');
    await expect(desk().publish(bench.brandId, bench.ids.next<'task'>())).rejects.toThrow('没有找到');
  });
});
