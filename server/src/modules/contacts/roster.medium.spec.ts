import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GuideId, StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { Bindings } from '../guides/index.js';
import { Members } from '../members/index.js';
import { createBrand, createGuides, Organization } from '../organization/index.js';
import { ContactSync } from './application/contact-sync.js';
import { CorpTags } from './application/corp-tags.js';
import { HandleEvents } from './application/handle-events.js';
import { ReceiveCallback } from './application/receive-callback.js';
import { ReconcileContacts } from './application/reconcile.js';
import { contactInvariants } from './contacts.invariants.js';
import { fakeWecom, library, refusing, world } from './testing/fake-wecom.js';

let bench: TestBench;
let organization: Organization;
let tags: CorpTags;
let receive: ReceiveCallback;
let events: HandleEvents;
let reconcile: ReconcileContacts;

beforeAll(async () => {
  bench = await openTestBench();
  const { brandId, database, unitOfWork, clock, ids } = bench;
  const corpId = `ww${brandId}`;
  const texts = { code: brandId, name: '雪岭', appid: `wx${brandId}`, corpId, logoUrl: '/l.png' };
  await unitOfWork.run('seed', async (tx) => {
    await createBrand(tx, { id: brandId, ...texts, theme: {}, settings: { banners: [], freeFreightFromFen: null } });
    await createGuides(
      tx,
      ['801', '802'].map((id) => ({
        brandId,
        id: id as GuideId,
        storeId: '80' as StoreId,
        code: `code${id}`,
        wecomUserid: `v${id}`,
        name: `导购${id}`,
        avatarUrl: '/g.png',
      })),
    );
  });
  organization = new Organization(database, clock);
  const bindings = new Bindings(organization, ids);
  const members = new Members(database, ids, testLevels(bench));
  const doors = { of: () => fakeWecom(corpId), all: () => [fakeWecom(corpId)] };
  tags = new CorpTags(doors, organization, database, unitOfWork, clock);
  const sync = new ContactSync(doors, organization, members, bindings, tags, clock);
  receive = new ReceiveCallback(doors, organization, unitOfWork, ids, { sweep: () => undefined });
  events = new HandleEvents(doors, organization, sync, database, unitOfWork, clock);
  reconcile = new ReconcileContacts(doors, organization, sync, database, unitOfWork, clock);
});
afterAll(() => bench.close());
beforeEach(() => {
  bench.clock.advance(60_000);
  refusing.clear();
});

const push = async (event: object) => {
  await receive.run({}, JSON.stringify({ createdAtMs: bench.clock.now(), userId: 'v801', ...event }));
  await events.run();
};
const befriend = async (externalUserId: string, tagIds: string[], userId = 'v801') => {
  const person = world.get(externalUserId) ?? { unionid: `un-${externalUserId}`, name: '小满', follows: new Map() };
  person.follows.set(userId, { createdAtMs: bench.clock.now(), state: null, tagIds });
  world.set(externalUserId, person);
  await push({ kind: 'contact-added', externalUserId, userId, state: null, welcomeCode: null });
};
const namesOf = async (externalUserId: string) =>
  (await tags.ofContact(bench.brandId, externalUserId)).map((tag) => `${tag.groupName}/${tag.name}`);
const tagEvent = (change: string, id: string, tagType: string) => push({ kind: 'tag-changed', change, id, tagType });
const statusOf = async (id: string) => (await organization.guide(bench.brandId, id as GuideId))?.status;
const waiting = async () =>
  (await bench.database.query("SELECT id FROM wecom_event WHERE brand_id = ? AND state <> 'DONE'", [bench.brandId]))
    .length;

describe('tags of WeCom', () => {
  it('wecom-13 follow the library: a rename keeps its marks, a deleted tag and a silently deleted group lose theirs', async () => {
    library.set('g1', {
      name: '偏好',
      tags: new Map([
        ['t1', '羽绒'],
        ['t2', '亲子'],
      ]),
    });
    library.set('g2', { name: '渠道', tags: new Map([['t3', '商场']]) });
    await tagEvent('create', 'g1', 'tag_group');
    await befriend('wm_tag_0001', ['t1', 't2', 't3']);
    expect(await namesOf('wm_tag_0001')).toEqual(['偏好/羽绒', '偏好/亲子', '渠道/商场']);
    library.get('g1')?.tags.set('t1', '轻羽绒');
    library.get('g1')?.tags.delete('t2');
    await tagEvent('update', 't1', 'tag');
    expect(await namesOf('wm_tag_0001')).toEqual(['偏好/轻羽绒', '渠道/商场']);
    library.delete('g2');
    await tagEvent('delete', 'g2', 'tag_group');
    expect(await namesOf('wm_tag_0001')).toEqual(['偏好/轻羽绒']);
    expect(await waiting()).toBe(0);
  });

  it('wecom-14 that another app gave or took without an event are found by the nightly pull, per guide', async () => {
    await befriend('wm_tag_0002', ['t1']);
    await befriend('wm_tag_0002', [], 'v802');
    const follows = world.get('wm_tag_0002')?.follows;
    const [mine, other] = [follows?.get('v801'), follows?.get('v802')];
    library.get('g1')?.tags.set('t4', '登山');
    if (mine) mine.tagIds = [];
    if (other) other.tagIds = ['t4'];
    expect(await namesOf('wm_tag_0002')).toEqual(['偏好/轻羽绒']);
    await reconcile.run(bench.brandId);
    expect(await namesOf('wm_tag_0002')).toEqual(['偏好/登山']);
  });
});

describe('guides who go', () => {
  it('wecom-18 a member whom the app does not see any more has left, keeps the past, and is a guide again on return', async () => {
    await befriend('wm_left_0001', []);
    await push({ kind: 'app-unsubscribed', userId: 'V801' });
    expect(await statusOf('801')).toBe('LEFT');
    const told = await bench.database.query<{ type: string }>(
      "SELECT type FROM outbox WHERE brand_id = ? AND type = 'guide.left'",
      [bench.brandId],
    );
    expect(told).toHaveLength(1);
    const [relation] = await bench.database.query<{ state: string }>(
      "SELECT state FROM contact_relation WHERE brand_id = ? AND guide_id = 801 AND external_userid = 'wm_left_0001'",
      [bench.brandId],
    );
    expect(relation?.state).toBe('FRIEND');
    await push({ kind: 'app-subscribed', userId: 'v801' });
    expect(await statusOf('801')).toBe('ACTIVE');
  });

  it.each([60011, 60111, 84083, 701008])(
    'wecom-40 a member whom WeCom refuses with %i is no guide any more, and no contact is closed',
    async (errcode) => {
      await befriend('wm_lic_00001', [], 'v802');
      refusing.set('v802', errcode);
      const counts = await reconcile.run(bench.brandId);
      expect(counts).toMatchObject({ closed: 0, skippedGuides: 1 });
      expect([await statusOf('801'), await statusOf('802')]).toEqual(['ACTIVE', 'LEFT']);
      await push({ kind: 'app-subscribed', userId: 'v802' });
      expect(await statusOf('802')).toBe('ACTIVE');
    },
  );

  it('a member whom WeCom does not answer for stays a guide', async () => {
    refusing.set('v802', -1);
    expect(await reconcile.run(bench.brandId)).toMatchObject({ skippedGuides: 1 });
    expect(await statusOf('802')).toBe('ACTIVE');
  });
});

describe('unionids', () => {
  it('wecom-22 of two open platforms never meet: that is shown as a broken promise, and one meeting settles it', async () => {
    const check = contactInvariants.find((one) => one.id === 'inv-contact-unionids-meet');
    const { brandId, database, clock } = bench;
    const now = clock.date();
    const row = (kind: string, value: string, member: number) => [brandId, kind, value, String(member), 'TEST', now];
    const add = (rows: unknown[][]) =>
      database.execute(
        `INSERT INTO member_identifier (brand_id, kind, value, member_id, source, created_at) VALUES ${rows.map(() => '(?,?,?,?,?,?)').join(',')}`,
        rows.flat() as string[],
      );
    const fifty = Array.from({ length: 50 }, (_, at) => at);
    await add(fifty.flatMap((at) => [row('openid', `wx:o${at}`, 9000 + at), row('unionid', `mini${at}`, 9000 + at)]));
    expect(await check?.check(database, brandId)).toEqual([]);
    await database.execute(
      `INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, unionid, member_id, updated_at) VALUES ${fifty.map(() => "(?,?,'小满','',0,?,NULL,?)").join(',')}`,
      fifty.flatMap((at) => [brandId, `wm_two_${at}`, `corp${at}`, now]),
    );
    expect(await check?.check(database, brandId)).toHaveLength(1);
    await add([row('external_userid', 'wm_two_1', 9001)]);
    expect(await check?.check(database, brandId)).toEqual([]);
  });
});
