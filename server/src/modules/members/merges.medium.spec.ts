import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MemberId } from '@shuke/shared/kernel';
import fc from 'fast-check';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { openTestShop, type TestShop } from '../../../test/harness/shop.js';
import { SessionEnds } from '../../platform/access/session-ends.js';
import { registerTrailRows } from '../analytics/persistence/member-rows.js';
import { registerCartRows } from '../carts/persistence/member-rows.js';
import { registerContactRows } from '../contacts/persistence/member-rows.js';
import { registerGuideRows } from '../guides/persistence/member-rows.js';
import { registerValueRows } from '../insights/persistence/member-rows.js';
import { registerOrderRows } from '../orders/persistence/member-rows.js';
import { registerTagRows } from '../tags/persistence/member-rows.js';
import { registerTaskRows } from '../tasks/persistence/member-rows.js';
import { MemberPolicies } from './application/member-policies.js';
import { registerMemberRows } from './application/member-rows.js';
import { Members } from './application/members.js';
import { Merges } from './application/merges.js';
import type { Identifier } from './domain/identifiers.js';
import { memberInvariants } from './members.invariants.js';

let bench: TestBench;
let shop: TestShop;
let members: Members;
let merges: Merges;

beforeAll(async () => {
  bench = await openTestBench();
  shop = await openTestShop(bench);
  members = new Members(bench.database, bench.ids, testLevels(bench));
  const policies = new MemberPolicies(bench.database, bench.unitOfWork, bench.clock);
  const ends = new SessionEnds(bench.database, bench.ids, bench.clock);
  merges = new Merges(bench.database, bench.unitOfWork, bench.ids, members, policies, ends);
  for (const register of [
    registerMemberRows,
    registerTrailRows,
    registerCartRows,
    registerContactRows,
    registerGuideRows,
    registerValueRows,
    registerOrderRows,
    registerTagRows,
    registerTaskRows,
  ])
    register();
});
afterAll(() => bench.close());

const TABLES: Record<string, string> = {
  member_identifier: 'kind, value',
  member_hint: 'kind, value, member_id',
  membership: 'sub_brand, member_id',
  consent: 'sub_brand, purpose, member_id',
  binding: 'member_id',
  binding_event: 'id',
  cart_line: 'sku_id, member_id',
  address: 'id',
  contact: 'external_userid',
  member_tag: 'tag_id, member_id',
  member_value: 'member_id',
  browse_event: 'id',
  sales_order: 'id',
  chat_send: 'id',
  store_entry: 'id',
};
const FACE =
  'id, member_no, nickname, avatar_url, phone_masked, level, growth, origin, status, merged_into, real_name, birthday, is_personalised, joined_at';

/** Everything that these members own, as the tables have it. */
async function worldOf(ids: readonly MemberId[]): Promise<Record<string, unknown[]>> {
  const world: Record<string, unknown[]> = {};
  const marks = ids.map(() => '?').join(',');
  for (const [table, order] of Object.entries(TABLES))
    world[table] = await bench.database.query(
      `SELECT * FROM ${table} WHERE brand_id = ? AND member_id IN (${marks}) ORDER BY ${order}`,
      [bench.brandId, ...ids],
    );
  world['member'] = await bench.database.query(
    `SELECT ${FACE} FROM member WHERE brand_id = ? AND id IN (${marks}) ORDER BY id`,
    [bench.brandId, ...ids],
  );
  return world;
}

/** Kinds of things that a random history gives to a member. */
const KINDS = [
  'order',
  'cart',
  'address',
  'tag',
  'trail',
  'hint',
  'consent',
  'membership',
  'binding',
  'contact',
  'value',
  'card',
  'phone',
  'send',
] as const;
type Kind = (typeof KINDS)[number];

async function give(memberId: MemberId, kind: Kind, pick: number): Promise<void> {
  const { brandId, ids, clock } = bench;
  const now = clock.date();
  const run = (sql: string, values: readonly (string | number | Date | null)[]) =>
    bench.unitOfWork.run('give', async (tx) => void (await tx.execute(sql, values)));
  const id = ids.next();
  const ignore = 'ON DUPLICATE KEY UPDATE brand_id = VALUES(brand_id)';
  const lots: Record<Kind, () => Promise<void>> = {
    order: () =>
      run(
        `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, state, fulfil, goods_fen, freight_fen, total_fen, refunded_fen, remark, created_at, paid_at)
         VALUES (?,?,?,'MINIAPP','SALE',?,?,'FINISHED','SHIP',?,0,?,0,'',?,?)`,
        [brandId, id, `T${id}`, memberId, shop.lake, 1000 * pick, 1000 * pick, now, now],
      ),
    cart: () =>
      run(
        `INSERT INTO cart_line (brand_id, member_id, sku_id, product_id, store_id, qty, is_selected, added_price_fen, updated_at) VALUES (?,?,?,1,1,?,1,100,?) ${ignore}`,
        [brandId, memberId, pick, pick + 1, now],
      ),
    address: () =>
      run(
        "INSERT INTO address (brand_id, id, member_id, name, phone, province, city, district, detail, is_default) VALUES (?,?,?,'王小雪','13900000000','浙江','杭州','西湖','1 号',0)",
        [brandId, id, memberId],
      ),
    tag: () =>
      run(
        `INSERT INTO member_tag (brand_id, member_id, tag_id, source, reason, at) VALUES (?,?,?,'MANUAL',?,?) ${ignore}`,
        [brandId, memberId, pick, `理由${id}`, now],
      ),
    trail: () =>
      run(
        "INSERT INTO browse_event (brand_id, id, member_id, anonymous_id, event_key, type, dwell_ms, at) VALUES (?,?,?,?,?,'VIEW',0,?)",
        [brandId, id, memberId, `a${pick}`, `k${id}`, now],
      ),
    hint: () =>
      run(
        `INSERT INTO member_hint (brand_id, kind, value, member_id, source, at) VALUES (?,'device',?,?,'TRAIL',?) ${ignore}`,
        [brandId, `d${pick}-${brandId}`, memberId, now],
      ),
    consent: () =>
      run(
        `INSERT INTO consent (brand_id, member_id, sub_brand, purpose, version, is_given, source, at) VALUES (?,?,'MAIN',?,?,?,'MALL',?) ${ignore}`,
        [brandId, memberId, pick % 2 ? 'MARKETING' : 'LOCATION', `2026.${pick}`, pick % 3 ? 1 : 0, now],
      ),
    membership: () =>
      run(`INSERT INTO membership (brand_id, member_id, sub_brand, via, joined_at) VALUES (?,?,?,'PAY',?) ${ignore}`, [
        brandId,
        memberId,
        `B${pick % 3}`,
        now,
      ]),
    binding: () =>
      run(
        `INSERT INTO binding (brand_id, member_id, guide_id, store_id, way, bound_at, protected_until, evidence) VALUES (?,?,?,?,'GUIDE_CARD',?,?,?) ${ignore}`,
        [
          brandId,
          memberId,
          shop.guides[pick % 2 ? 'lake' : 'north'],
          shop.lake,
          new Date(now.getTime() - pick * 1000),
          new Date(now.getTime() + (pick - 3) * 86_400_000),
          `e${id}`,
        ],
      ),
    contact: () =>
      run(
        "INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, member_id, updated_at) VALUES (?,?,'雪','',0,?,?)",
        [brandId, `wm${id}`, memberId, now],
      ),
    value: () =>
      run(
        `INSERT INTO member_value (brand_id, member_id, order_count, total_fen, first_at, last_at, r, f, m, computed_at) VALUES (?,?,?,?,?,?,1,1,1,?) ${ignore}`,
        [brandId, memberId, pick, pick * 100, now, now, now],
      ),
    card: () => claim(memberId, [{ kind: 'card', value: `c${id}` }]),
    phone: () =>
      run('UPDATE member SET real_name = ?, birthday = ? WHERE brand_id = ? AND id = ? AND real_name IS NULL', [
        '王小雪',
        '1990-01-01',
        brandId,
        memberId,
      ]),
    send: () =>
      run(
        "INSERT INTO chat_send (brand_id, id, guide_id, external_userid, member_id, words, state, created_at) VALUES (?,?,?,'wm1',?,'你好','SENT',?)",
        [brandId, id, shop.guides.lake, memberId, now],
      ),
  };
  await lots[kind]();
}

const claim = (memberId: MemberId, identifiers: Identifier[]) =>
  bench.unitOfWork.run('claim', async (tx) => {
    await members.identify(tx, { brandId: bench.brandId, memberId, identifiers, source: 'IMPORT' });
  });
const newMember = async (identifiers: Identifier[] = []) => {
  const id = bench.ids.next<'member'>();
  await bench.unitOfWork.run('new member', (tx) =>
    members.createMembers(tx, bench.brandId, [{ id, nickname: '微信用户', origin: 'IMPORT', identifiers }]),
  );
  return id;
};
const order = (from: MemberId, into: MemberId) => ({
  brandId: bench.brandId,
  from,
  into,
  cause: 'MANUAL' as const,
  reason: '同一个人',
  by: 'hq:1',
});
const settle = (ids: MemberId[]) =>
  bench.unitOfWork.run('settle', (tx) => members.refreshGrowth(tx, bench.brandId, ids));
const owned = (world: Record<string, unknown[]>) =>
  ['sales_order', 'address', 'browse_event', 'contact', 'chat_send', 'member_identifier'].map(
    (table) => world[table]?.length,
  );
const holds = async () => {
  for (const one of memberInvariants)
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
};
const gifts = fc.array(fc.tuple(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 6 })), { maxLength: 12 });

describe('pain-18 merging members', () => {
  it('pain-18 loses nothing and mixes nothing: unmerging gives back exactly what was there before, over random histories', async () => {
    await fc.assert(
      fc.asyncProperty(gifts, gifts, async (mine, theirs) => {
        const [from, into] = [await newMember(), await newMember()];
        for (const [kind, pick] of mine) await give(from, kind, pick);
        for (const [kind, pick] of theirs) await give(into, kind, pick);
        await settle([from, into]);
        const before = await worldOf([from, into]);
        const id = await merges.merge(order(from, into));
        const merged = await worldOf([into]);
        expect(owned(merged)).toEqual(owned(before));
        const left = await worldOf([from]);
        for (const table of Object.keys(TABLES)) expect([table, left[table]]).toEqual([table, []]);
        await holds();
        await merges.unmerge(bench.brandId, id, 'hq:1', '认错了');
        expect(await worldOf([from, into])).toEqual(before);
        await holds();
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('pain-18 keeps with the remaining member what it got after the merge, over chains of merges taken back in any order', async () => {
    await fc.assert(
      fc.asyncProperty(gifts, gifts, gifts, fc.boolean(), async (one, two, later, isFirstBack) => {
        const [a, b, c] = [await newMember(), await newMember(), await newMember()];
        for (const [kind, pick] of one) await give(a, kind, pick);
        for (const [kind, pick] of two) await give(b, kind, pick);
        const before = owned(await worldOf([a, b, c])).reduce<number>((sum, n) => sum + (n ?? 0), 0);
        const [first, second] = [await merges.merge(order(a, c)), await merges.merge(order(b, c))];
        for (const [kind, pick] of later) await give(c, kind, pick);
        const mid = owned(await worldOf([c])).reduce<number>((sum, n) => sum + (n ?? 0), 0);
        for (const id of isFirstBack ? [first, second] : [second, first])
          await merges.unmerge(bench.brandId, id, 'hq:1', '认错了');
        const after = await worldOf([a, b, c]);
        expect(owned(after).reduce<number>((sum, n) => sum + (n ?? 0), 0)).toBe(mid);
        const kept = owned(await worldOf([c])).reduce<number>((sum, n) => sum + (n ?? 0), 0);
        expect(kept).toBe(mid - before);
        await holds();
      }),
      { numRuns: 12 },
    );
  }, 120_000);

  it('pain-18 follows orders that were written for the ended record while it was being merged', async () => {
    const [from, into] = [await newMember(), await newMember()];
    const id = await merges.merge(order(from, into));
    await give(from, 'order', 3);
    expect((await worldOf([into]))['sales_order']).toHaveLength(0);
    await merges.follow(bench.clock.date());
    expect((await worldOf([into]))['sales_order']).toHaveLength(1);
    await merges.unmerge(bench.brandId, id, 'hq:1', '认错了');
    expect((await worldOf([from]))['sales_order']).toHaveLength(1);
  });

  it('pain-18 never makes one of two with different verified phones, whoever asks', async () => {
    const phone = () => `13${bench.ids.next().slice(-9)}`;
    const [a, b] = [
      await newMember([{ kind: 'phone', value: phone() }]),
      await newMember([{ kind: 'phone', value: phone() }]),
    ];
    await expect(merges.merge(order(a, b))).rejects.toMatchObject({ code: 'MERGE_BLOCKED' });
    const preview = await merges.preview(bench.brandId, a, b);
    expect(preview.blockers).toEqual([expect.objectContaining({ code: 'PHONES_DIFFER', isFinal: true })]);
  });

  it('pain-18 leaves a phone of a shop to people: strong proof over it merges nothing by itself', async () => {
    const value = `13${bench.ids.next().slice(-9)}`;
    await bench.unitOfWork.run('share', (tx) =>
      tx.execute(
        "INSERT INTO shared_phone (brand_id, phone, id, kind, note, added_by, at) VALUES (?,?,?,'STORE','店里座机','hq:1',?)",
        [bench.brandId, value, bench.ids.next(), tx.now],
      ),
    );
    const a = await newMember([{ kind: 'phone', value }]);
    const b = await newMember([{ kind: 'openid', value: `wx:${bench.ids.next()}` }]);
    const verdict = await merges.consider(bench.brandId, [a, b], [{ kind: 'phone', value }], b);
    expect(verdict.outcome).not.toBe('MERGED');
  });

  it('asks people about a card that two with different verified phones have shown, and lets nobody merge them', async () => {
    const phone = () => `13${bench.ids.next().slice(-9)}`;
    const [a, b] = [
      await newMember([{ kind: 'phone', value: phone() }]),
      await newMember([{ kind: 'phone', value: phone() }]),
    ];
    const verdict = await merges.consider(bench.brandId, [a, b], [{ kind: 'card', value: 'C-shared' }]);
    expect(verdict.outcome).toBe('QUEUED');
    await expect(merges.merge(order(a, b))).rejects.toMatchObject({ code: 'MERGE_BLOCKED' });
    // A device that a family shares is no question.
    const [c, d] = [await newMember(), await newMember()];
    for (const one of [c, d]) await give(one, 'hint', 1);
    expect((await merges.consider(bench.brandId, [c, d], [])).outcome).toBe('NOTHING');
  });

  it('merges by itself when strong proof meets no objection, and not again after a person took it back', async () => {
    const value = `13${bench.ids.next().slice(-9)}`;
    const a = await newMember([{ kind: 'phone', value }]);
    const b = await newMember([{ kind: 'openid', value: `wx:${bench.ids.next()}` }]);
    const first = await merges.consider(bench.brandId, [a, b], [{ kind: 'phone', value }], b);
    expect(first).toMatchObject({ outcome: 'MERGED', into: b });
    await merges.unmerge(bench.brandId, first.mergeId ?? ('0' as never), 'hq:1', '母女俩');
    expect(await merges.consider(bench.brandId, [a, b], [{ kind: 'phone', value }], b)).toMatchObject({
      outcome: 'NOTHING',
    });
  });

  it('takes a merge back once, and not while the remaining record is itself merged', async () => {
    const [a, b, c] = [await newMember(), await newMember(), await newMember()];
    const first = await merges.merge(order(a, b));
    const second = await merges.merge(order(b, c));
    await expect(merges.unmerge(bench.brandId, first, 'hq:1', '先拆')).rejects.toMatchObject({ code: 'UNMERGE_ORDER' });
    await merges.unmerge(bench.brandId, second, 'hq:1', '先拆外面的');
    await merges.unmerge(bench.brandId, first, 'hq:1', '再拆里面的');
    await expect(merges.unmerge(bench.brandId, first, 'hq:1', '又拆')).rejects.toMatchObject({ code: 'UNMERGE_DONE' });
    expect((await worldOf([a, b, c]))['member']?.map((one) => (one as { status: string }).status)).toEqual([
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
    ]);
  });

  it('of the same two at the same instant happens once', async () => {
    const [a, b] = [await newMember(), await newMember()];
    const results = await Promise.allSettled([
      merges.merge(order(a, b)),
      merges.merge(order(b, a)),
      merges.merge(order(a, b)),
    ]);
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    await holds();
  });
});
