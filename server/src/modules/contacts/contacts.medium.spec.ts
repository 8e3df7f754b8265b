import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GuideId, MemberId, StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { WecomError } from '../../gateways/wecom/index.js';
import { guideInvariants } from '../guides/guides.invariants.js';
import { Bindings } from '../guides/index.js';
import { Members } from '../members/index.js';
import { memberInvariants } from '../members/members.invariants.js';
import { createBrand, createGuides, Organization } from '../organization/index.js';
import { ContactSync } from './application/contact-sync.js';
import { CorpTags } from './application/corp-tags.js';
import { HandleEvents } from './application/handle-events.js';
import { ReceiveCallback } from './application/receive-callback.js';
import { ReconcileContacts } from './application/reconcile.js';
import { WelcomeLane } from './application/welcome-lane.js';
import { contactInvariants } from './contacts.invariants.js';
import { createContacts } from './persistence/creation.store.js';
import { fakeWecom, greeting, welcomes, world } from './testing/fake-wecom.js';

let bench: TestBench;
let organization: Organization;
let bindings: Bindings;
let members: Members;
let receive: ReceiveCallback;
let events: HandleEvents;
let lane: WelcomeLane;
let reconcile: ReconcileContacts;
let corpId: string;

const door = () => fakeWecom(corpId);

beforeAll(async () => {
  bench = await openTestBench();
  const { brandId } = bench;
  corpId = `ww${brandId}`;
  const texts = { code: brandId, name: '雪岭', appid: `wx${brandId}`, corpId, logoUrl: '/l.png' };
  await bench.unitOfWork.run('seed', async (tx) => {
    await createBrand(tx, { id: brandId, ...texts, theme: {}, settings: { banners: [], freeFreightFromFen: null } });
    await createGuides(
      tx,
      ['701', '702'].map((id) => ({
        brandId,
        id: id as GuideId,
        storeId: '70' as StoreId,
        code: `code${id}`,
        wecomUserid: `u${id}`,
        name: `导购${id}`,
        avatarUrl: '/g.png',
      })),
    );
  });
  const { database, unitOfWork, clock, ids } = bench;
  organization = new Organization(database, clock);
  bindings = new Bindings(organization, ids);
  members = new Members(database, ids, testLevels(bench));
  const doors = { of: () => door(), all: () => [door()] };
  const tags = new CorpTags(doors, organization, database, unitOfWork, clock);
  const sync = new ContactSync(doors, organization, members, bindings, tags, clock);
  receive = new ReceiveCallback(doors, organization, unitOfWork, ids, { sweep: () => undefined });
  events = new HandleEvents(doors, organization, sync, database, unitOfWork, clock);
  lane = new WelcomeLane(doors, organization, database, unitOfWork, clock, { FILES_DIR: '.' });
  reconcile = new ReconcileContacts(doors, organization, sync, database, unitOfWork, clock);
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.clock.advance(3_600_000);
  welcomes.length = 0;
  greeting.answer = async () => 'SENT';
});

const now = () => bench.clock.now();
const push = (event: object) => receive.run({}, JSON.stringify({ createdAtMs: now(), userId: 'u701', ...event }));
const follow = (
  externalUserId: string,
  userId = 'u701',
  state: string | null = null,
  unionid: string | null = `un-${externalUserId}`,
) => {
  const person = world.get(externalUserId) ?? { unionid, name: '小满', follows: new Map() };
  person.follows.set(userId, { createdAtMs: now(), state });
  world.set(externalUserId, person);
};
const added = (externalUserId: string, over: object = {}) => ({
  kind: 'contact-added',
  externalUserId,
  state: null,
  welcomeCode: null,
  ...over,
});
const relation = async (externalUserId: string, guideId = '701') =>
  (
    await bench.database.query<{ state: string; welcome_state: string }>(
      'SELECT state, welcome_state FROM contact_relation WHERE brand_id = ? AND guide_id = ? AND external_userid = ?',
      [bench.brandId, guideId, externalUserId],
    )
  )[0];
const memberOf = (externalUserId: string) =>
  members.byIdentifier(bench.database, bench.brandId, 'external_userid', externalUserId);
const eventsIn = async (state: string) =>
  (await bench.database.query('SELECT id FROM wecom_event WHERE brand_id = ? AND state = ?', [bench.brandId, state]))
    .length;
const holds = async () => {
  for (const one of [...contactInvariants, ...memberInvariants, ...guideInvariants])
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
};

describe('events of WeCom', () => {
  it('wecom-04 pain-22 a callback that is repeated counts once, and different events of one second all survive', async () => {
    follow('wm_dup_0001');
    const before = await eventsIn('WAITING');
    for (let i = 0; i < 3; i += 1) expect(await push(added('wm_dup_0001'))).toBe(true);
    for (const id of ['a', 'b', 'c'])
      await push({ kind: 'tag-changed', change: 'create', id, tagType: 'tag', userId: undefined });
    expect((await eventsIn('WAITING')) - before).toBe(4);
    await events.run();
    expect(await eventsIn('WAITING')).toBe(0);
    const memberId = (await memberOf('wm_dup_0001')) as MemberId;
    expect(await bindings.timeline(bench.database, bench.brandId, memberId)).toHaveLength(1);
    await holds();
  });

  it('wecom-04 an event is taken by one of the workers that look at the same moment', async () => {
    const people = Array.from({ length: 12 }, (_, nth) => `wm_race_${1000 + nth}`);
    for (const one of people) {
      follow(one);
      await push(added(one));
    }
    const handled = await Promise.all([events.run(), events.run(), events.run()]);
    expect(handled.reduce((sum, count) => sum + count, 0)).toBe(people.length);
    expect(await eventsIn('WAITING')).toBe(0);
    await holds();
  });

  it('wecom-05 a delete that comes before its add leaves no friend, and an edit before its add makes one', async () => {
    await push({ kind: 'contact-removed-by-guide', externalUserId: 'wm_ooo_0001', byTransfer: false });
    await push(added('wm_ooo_0001', { createdAtMs: now() - 5000 }));
    follow('wm_ooo_0002');
    await push({ kind: 'contact-edited', externalUserId: 'wm_ooo_0002' });
    await push(added('wm_ooo_0002'));
    await events.run();
    expect(await relation('wm_ooo_0001')).toBeUndefined();
    expect((await relation('wm_ooo_0002'))?.state).toBe('FRIEND');
    await holds();
  });

  it('wecom-06 a callback that cannot be kept is an error, so that WeCom sends it again', async () => {
    const broken = { run: async () => Promise.reject(new Error('no database')) };
    const doors = { all: () => [door()] };
    const failing = new ReceiveCallback(doors, organization, broken as never, bench.ids, { sweep: () => undefined });
    await expect(failing.run({}, JSON.stringify(added('wm_down_001')))).rejects.toThrow('no database');
    expect(await receive.run({}, 'forged')).toBe(false);
  });

  it('wecom-07 an event of an unknown guide waits with growing pauses and ends as a dead letter, never dropped', async () => {
    follow('wm_new_0001', 'u799');
    await push(added('wm_new_0001', { userId: 'u799' }));
    const dead = await eventsIn('DEAD');
    for (const pause of [0, 1000, 5000, 30_000]) {
      bench.clock.advance(pause);
      expect(await events.run()).toBe(1);
      expect(await events.run()).toBe(0);
    }
    bench.clock.advance(300_000);
    await events.run();
    expect([await eventsIn('DEAD'), await eventsIn('WAITING')]).toEqual([dead + 1, 0]);
  });

  it('wecom-10 half added and then added is one relation', async () => {
    await push({ ...added('wm_half_001'), kind: 'contact-half-added' });
    await events.run();
    expect((await relation('wm_half_001'))?.state).toBe('HALF');
    follow('wm_half_001');
    await push(added('wm_half_001'));
    await events.run();
    expect((await relation('wm_half_001'))?.state).toBe('FRIEND');
    await holds();
  });

  it('wecom-11 a contact who removes the guide is lost, keeps the binding, and comes back only by adding again', async () => {
    follow('wm_lost_001');
    await push(added('wm_lost_001'));
    await events.run();
    bench.clock.advance(60_000);
    await push({ kind: 'guide-removed-by-contact', externalUserId: 'wm_lost_001' });
    await events.run();
    expect((await relation('wm_lost_001'))?.state).toBe('LOST');
    await push({ kind: 'contact-edited', externalUserId: 'wm_lost_001', createdAtMs: now() + 1000 });
    await events.run();
    expect((await relation('wm_lost_001'))?.state).toBe('LOST');
    const memberId = (await memberOf('wm_lost_001')) as MemberId;
    expect((await bindings.bindingOf(bench.database, bench.brandId, memberId))?.guideId).toBe('701');
    bench.clock.advance(60_000);
    follow('wm_lost_001');
    await push(added('wm_lost_001'));
    await events.run();
    expect((await relation('wm_lost_001'))?.state).toBe('FRIEND');
  });

  it('wecom-12 a guide who removes a contact closes the relation, and a hand-over is told apart', async () => {
    for (const [id, byTransfer] of [
      ['wm_gone_001', false],
      ['wm_gone_002', true],
    ] as const) {
      follow(id);
      await push(added(id));
      await events.run();
      world.get(id)?.follows.clear();
      await push({ kind: 'contact-removed-by-guide', externalUserId: id, byTransfer });
      await events.run();
    }
    expect([(await relation('wm_gone_001'))?.state, (await relation('wm_gone_002'))?.state]).toEqual([
      'REMOVED',
      'TRANSFERRED',
    ]);
    await holds();
  });

  it('wecom-20 one person of two guides is one member with one exclusive guide and two relations', async () => {
    follow('wm_two_0001', 'u701');
    await push(added('wm_two_0001'));
    await events.run();
    follow('wm_two_0001', 'u702');
    await push(added('wm_two_0001', { userId: 'U702' }));
    await events.run();
    expect([(await relation('wm_two_0001', '701'))?.state, (await relation('wm_two_0001', '702'))?.state]).toEqual([
      'FRIEND',
      'FRIEND',
    ]);
    const memberId = (await memberOf('wm_two_0001')) as MemberId;
    expect((await bindings.bindingOf(bench.database, bench.brandId, memberId))?.guideId).toBe('701');
    const results = (await bindings.timeline(bench.database, bench.brandId, memberId)).map((one) => one.result);
    expect(results).toEqual(['KEPT', 'BOUND']);
    await holds();
  });

  it('binds the guide whose card was scanned and makes the same person one member in the mini-program', async () => {
    follow('wm_card_001', 'u701', 'g_code702');
    await push(added('wm_card_001', { state: 'g_code702' }));
    await events.run();
    const memberId = (await memberOf('wm_card_001')) as MemberId;
    expect((await bindings.bindingOf(bench.database, bench.brandId, memberId))?.guideId).toBe('702');
    const later = await bench.unitOfWork.run('login', (tx) =>
      members.findOrCreate(tx, {
        brandId: bench.brandId,
        identifiers: [
          { kind: 'unionid', value: 'un-wm_card_001' },
          { kind: 'openid', value: 'wx:o1' },
        ],
        source: 'MINIAPP',
      }),
    );
    expect(later).toEqual({ memberId, isNew: false, others: [] });
  });
});

describe('the welcome', () => {
  it('wecom-08 is sent once before the contact is read, and its outcome stands at the relation', async () => {
    follow('wm_wel_0001');
    await push(added('wm_wel_0001', { welcomeCode: 'w1' }));
    await Promise.all([lane.run(), lane.run()]);
    expect(welcomes).toHaveLength(1);
    expect(welcomes[0]?.text).toContain('导购701');
    await events.run();
    expect(await relation('wm_wel_0001')).toEqual({ state: 'FRIEND', welcome_state: 'SENT' });
  });

  it('wecom-08 that fails is tried again while its code lives and is missed afterwards', async () => {
    follow('wm_wel_0002');
    await push(added('wm_wel_0002', { welcomeCode: 'w2' }));
    greeting.answer = async () => Promise.reject(new WecomError('send_welcome_msg', null, 'no answer', 'NETWORK'));
    await lane.run();
    await events.run();
    expect((await relation('wm_wel_0002'))?.welcome_state).toBe('DUE');
    bench.clock.advance(19_000);
    await lane.run();
    expect((await relation('wm_wel_0002'))?.welcome_state).toBe('MISSED');
    expect(await lane.run()).toBe(0);
  });

  it('that was taken by a worker who died is missed, not forgotten', async () => {
    follow('wm_wel_0004');
    await push(added('wm_wel_0004', { welcomeCode: 'w4' }));
    await bench.database.execute(
      "UPDATE wecom_event SET welcome_state = 'SENDING' WHERE brand_id = ? AND welcome_state = 'DUE'",
      [bench.brandId],
    );
    await events.run();
    expect(await lane.run()).toBe(0);
    bench.clock.advance(61_000);
    expect(await lane.run()).toBe(1);
    expect([welcomes.length, (await relation('wm_wel_0004'))?.welcome_state]).toEqual([0, 'MISSED']);
  });

  it('wecom-09 without a code is not sent', async () => {
    follow('wm_wel_0003');
    await push(added('wm_wel_0003'));
    await lane.run();
    await events.run();
    expect([welcomes.length, (await relation('wm_wel_0003'))?.welcome_state]).toEqual([0, 'NONE']);
  });
});

describe('the nightly comparison', () => {
  it('wecom-16 wecom-21 pain-21 closes what WeCom no longer lists, reads what we missed, and joins unionids that appeared', async () => {
    follow('wm_late_001');
    follow('wm_noun_001', 'u701', null, null);
    await push(added('wm_noun_001'));
    await events.run();
    expect(await memberOf('wm_noun_001')).toBeNull();
    world.delete('wm_dup_0001');
    const noUnionid = world.get('wm_noun_001');
    if (noUnionid) noUnionid.unionid = 'un-now';
    const counts = await reconcile.run(bench.brandId);
    expect(counts).toMatchObject({ closed: 1, skippedGuides: 0 });
    expect([(await relation('wm_dup_0001'))?.state, (await relation('wm_late_001'))?.state]).toEqual([
      'REMOVED',
      'FRIEND',
    ]);
    expect(await memberOf('wm_noun_001')).not.toBeNull();
    expect(await reconcile.run(bench.brandId)).toEqual({ closed: 0, added: 0, joined: 0, skippedGuides: 0 });
    await holds();
  });

  it('closes nothing when WeCom suddenly lists almost nobody', async () => {
    for (let i = 0; i < 10; i += 1) {
      follow(`wm_many_00${i}`, 'u702');
      await push(added(`wm_many_00${i}`, { userId: 'u702' }));
    }
    await events.run();
    for (let i = 0; i < 10; i += 1) world.delete(`wm_many_00${i}`);
    expect(await reconcile.run(bench.brandId)).toMatchObject({ closed: 0, skippedGuides: 1 });
    expect((await relation('wm_many_001', '702'))?.state).toBe('FRIEND');
  });

  it('waits for its first night and runs once in each', async () => {
    expect(await reconcile.sweep()).toBe(0);
    bench.clock.advance(24 * 3_600_000);
    follow('wm_night_01');
    expect(await reconcile.sweep()).toBe(1);
    follow('wm_night_02');
    expect(await reconcile.sweep()).toBe(0);
  });
});

describe('contacts in bulk', () => {
  it('are friends of each of their guides and one contact', async () => {
    const draft = (guideId: string) => ({
      externalUserId: 'wm_bulk_001',
      name: '批量',
      avatarUrl: '',
      gender: 0,
      unionid: null,
      memberId: null,
      guideId: guideId as GuideId,
      remark: '',
      addedAt: bench.clock.date(),
    });
    await bench.unitOfWork.run('bulk', (tx) => createContacts(tx, bench.brandId, [draft('701'), draft('702')]));
    expect([(await relation('wm_bulk_001', '701'))?.state, (await relation('wm_bulk_001', '702'))?.state]).toEqual([
      'FRIEND',
      'FRIEND',
    ]);
    await holds();
  });
});

describe('the roster', () => {
  it('wecom-39 a renamed userid stays the same guide', async () => {
    await push({ kind: 'member-changed', change: 'update_user', userId: 'u702', newUserId: 'u702b' });
    await events.run();
    expect((await organization.guideByUserid(bench.brandId, 'u702B'))?.id).toBe('702');
    await push({ kind: 'member-changed', change: 'update_user', userId: 'u702b', newUserId: 'u702' });
    await events.run();
  });

  it('a removed employee is a guide who has left, and binds nobody any more', async () => {
    await push({ kind: 'member-changed', change: 'delete_user', userId: 'u702', newUserId: null });
    await events.run();
    expect((await organization.guide(bench.brandId, '702' as GuideId))?.status).toBe('LEFT');
  });
});
