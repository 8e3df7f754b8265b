import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { GuideId, MemberId, StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { WecomError } from '../../gateways/wecom/index.js';
import { Bindings } from '../guides/index.js';
import { Members } from '../members/index.js';
import { createBrand, createGuides, Organization } from '../organization/index.js';
import { Tags } from '../tags/index.js';
import { ContactSync } from './application/contact-sync.js';
import { CorpTags } from './application/corp-tags.js';
import { CustomerAccess } from './application/customer-access.js';
import { corpTagViews, tagViews } from './application/customer-view.js';
import { HandleEvents } from './application/handle-events.js';
import { ReceiveCallback } from './application/receive-callback.js';
import { TagCustomer } from './application/tag-customer.js';
import { TagWrites } from './application/tag-writes.js';
import { WriteTags } from './application/write-tags.js';
import { onTagTakenOff } from './events/tag-taken-off.js';
import { fakeWecom, library, marked, marking, world } from './testing/fake-wecom.js';

let bench: TestBench;
let corp: CorpTags;
let access: CustomerAccess;
let members: Members;
let tags: Tags;
let customers: TagCustomer;
let writes: TagWrites;
let first: WriteTags;
let second: WriteTags;
let receive: ReceiveCallback;
let events: HandleEvents;
const ids = new Map<string, string>();
const woken: string[] = [];

beforeAll(async () => {
  bench = await openTestBench();
  const { brandId, database, unitOfWork, clock } = bench;
  const corpId = `ww${brandId}`;
  const texts = { code: brandId, name: '雪岭', appid: `wx${brandId}`, corpId, logoUrl: '/l.png' };
  await unitOfWork.run('seed', async (tx) => {
    await createBrand(tx, { id: brandId, ...texts, theme: {}, settings: { banners: [], freeFreightFromFen: null } });
    const guides = ['851', '852'].map((id) => ({
      brandId,
      id: id as GuideId,
      storeId: '85' as StoreId,
      code: `code${id}`,
      wecomUserid: `w${id}`,
      name: `导购${id}`,
      avatarUrl: '/g.png',
    }));
    await createGuides(tx, guides);
  });
  const doors = { of: () => fakeWecom(corpId), all: () => [fakeWecom(corpId)] };
  const organization = new Organization(database, clock);
  const bindings = new Bindings(organization, bench.ids);
  members = new Members(database, bench.ids, testLevels(bench));
  tags = new Tags(bench.ids, clock);
  corp = new CorpTags(doors, organization, database, unitOfWork, clock);
  const sync = new ContactSync(doors, organization, members, bindings, corp, clock);
  receive = new ReceiveCallback(doors, organization, unitOfWork, bench.ids, { sweep: () => undefined });
  events = new HandleEvents(doors, organization, sync, database, unitOfWork, clock);
  access = new CustomerAccess(organization, database, testLevels(bench));
  writes = new TagWrites({ sweep: (name) => void woken.push(name) });
  customers = new TagCustomer(access, organization, tags, writes, unitOfWork);
  const worker = () => new WriteTags(doors, organization, corp, database, unitOfWork, clock);
  [first, second] = [worker(), worker()];
  await unitOfWork.run('library', async (tx) => {
    const drafts = ['怕冷', '怕臃肿', '看重面料'].map((name) => ({
      groupName: '在意什么',
      name,
      kind: 'MANUAL' as const,
    }));
    for (const [key, id] of await tags.ensure(tx, brandId, drafts)) ids.set(key.split('/')[1] ?? '', id);
  });
});
afterAll(() => bench.close());
beforeEach(async () => {
  bench.clock.advance(60_000);
  marked.length = 0;
  woken.length = 0;
  marking.before = async () => undefined;
  marking.after = async () => undefined;
  library.clear();
  library.set('g1', {
    name: '在意什么',
    tags: new Map([
      ['t-cold', '怕冷'],
      ['t-bulky', '怕臃肿'],
    ]),
  });
  await corp.pullLibrary(bench.brandId);
});

const reader = (id = '851') => ({
  kind: 'guide' as const,
  brandId: bench.brandId,
  guideId: id as GuideId,
  storeId: '85' as StoreId,
  isManager: false,
});
const push = async (event: object) => {
  await receive.run({}, JSON.stringify({ createdAtMs: bench.clock.now(), userId: 'w851', ...event }));
  await events.run();
};
let people = 0;
const befriend = async (userIds = ['w851']) => {
  people += 1;
  const externalUserId = `wm_write_${String(people).padStart(4, '0')}`;
  const follows = new Map(userIds.map((id) => [id, { createdAtMs: bench.clock.now(), state: null, tagIds: [] }]));
  world.set(externalUserId, { unionid: `un-${externalUserId}`, name: '小满', follows });
  for (const userId of userIds)
    await push({ kind: 'contact-added', externalUserId, userId, state: null, welcomeCode: null });
  return externalUserId;
};
const add = (externalUserId: string, name: string) => customers.add(reader(), externalUserId, ids.get(name) as never);
const remove = (externalUserId: string, name: string) =>
  customers.remove(reader(), externalUserId, ids.get(name) as never);
const inWecom = (externalUserId: string, userId = 'w851') =>
  world.get(externalUserId)?.follows.get(userId)?.tagIds ?? [];
const shown = async (externalUserId: string) => {
  const { row } = await access.find(reader(), externalUserId);
  const own = await tags.ofMember(bench.database, bench.brandId, row.memberId as MemberId);
  return {
    ours: tagViews(own, row.corpMarks).map((one) => `${one.name}:${one.wecom?.state ?? '-'}`),
    wecoms: corpTagViews(row.corpMarks, own).map((one) => `${one.name}:${one.note ?? '-'}`),
  };
};
const refusal = (errcode: number, kind?: 'NETWORK' | 'RATE', retryAtMs?: number) =>
  new WecomError('externalcontact/mark_tag', errcode, 'refused', kind, retryAtMs ?? null);
const stateOf = async (externalUserId: string) =>
  (
    await bench.database.query<{ state: string; attempts: number }>(
      'SELECT state, attempts FROM tag_write WHERE brand_id = ? AND external_userid = ? ORDER BY tag_id',
      [bench.brandId, externalUserId],
    )
  ).map((row) => `${row.state}/${row.attempts}`);

describe('a tag that a guide gives', () => {
  it('is marked in WeCom after the change is kept, and shown as marked only when WeCom has said so', async () => {
    const who = await befriend();
    const given = await add(who, '怕冷');
    expect(given).toMatchObject([{ name: '怕冷', wecom: { state: 'WAITING' } }]);
    expect([marked, woken]).toEqual([[], ['contacts.write-tags']]);
    expect(await first.run()).toBe(1);
    expect(marked).toMatchObject([{ userId: 'w851', externalUserId: who, add: ['t-cold'], remove: [] }]);
    expect(await shown(who)).toEqual({ ours: ['怕冷:MARKED'], wecoms: [] });
    expect(await first.run()).toBe(0);
  });

  it('stays here when WeCom has no tag of its group and name', async () => {
    const who = await befriend();
    expect(await add(who, '看重面料')).toMatchObject([{ name: '看重面料' }]);
    await first.run();
    expect([marked, await shown(who)]).toEqual([[], { ours: ['看重面料:-'], wecoms: [] }]);
  });

  it('goes in one call with what was given and taken back beside it, the latest wish of each', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    await add(who, '怕臃肿');
    await remove(who, '怕冷');
    await first.run();
    expect(marked).toMatchObject([{ add: ['t-bulky'], remove: ['t-cold'] }]);
    expect(inWecom(who)).toEqual(['t-bulky']);
  });

  it('is taken off wherever we have marked it, and a colleague’s own mark stays', async () => {
    const who = await befriend(['w851', 'w852']);
    await add(who, '怕冷');
    await first.run();
    const colleague = world.get(who)?.follows.get('w852');
    if (colleague) colleague.tagIds = ['t-cold'];
    await remove(who, '怕冷');
    expect((await shown(who)).wecoms).toEqual(['怕冷:正在从企业微信去掉']);
    await first.run();
    expect([inWecom(who), inWecom(who, 'w852')]).toEqual([[], ['t-cold']]);
    expect(await shown(who)).toEqual({ ours: [], wecoms: [] });
  });

  it('is taken off in WeCom when the member takes it off, and only where we have marked it', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    await first.run();
    const { row } = await access.find(reader(), who);
    const handler = onTagTakenOff(writes);
    const payload = { memberId: row.memberId, groupName: '在意什么', name: '怕冷' };
    for (let again = 0; again < 2; again += 1)
      await bench.unitOfWork.run('taken off', (tx) =>
        handler.handle(tx, { id: '1' as never, brandId: bench.brandId, type: 'tag.taken-off', payload }),
      );
    await first.run();
    expect([inWecom(who), marked.length]).toEqual([[], 2]);
  });
});

describe('WeCom’s answer', () => {
  it('that is lost is asked for again, and marks once', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    marking.after = async () => {
      marking.after = async () => undefined;
      throw refusal(0, 'NETWORK');
    };
    await first.run();
    expect([await stateOf(who), (await shown(who)).ours]).toEqual([['WAITING/1'], ['怕冷:WAITING']]);
    bench.clock.advance(2000);
    await first.run();
    expect([marked.length, inWecom(who), (await shown(who)).ours]).toEqual([2, ['t-cold'], ['怕冷:MARKED']]);
  });

  it('that refuses one tag of several keeps the others, and the library is looked at again', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    await add(who, '怕臃肿');
    library.get('g1')?.tags.delete('t-cold');
    await first.run();
    expect(inWecom(who)).toEqual(['t-bulky']);
    expect((await shown(who)).ours).toEqual(['怕冷:-', '怕臃肿:MARKED']);
    expect(await stateOf(who)).toEqual(['DONE/1']);
  });

  it('that refuses for good is shown with its reason, and the tag can be given again', async () => {
    const who = await befriend();
    marking.before = async () => {
      throw refusal(40144);
    };
    await add(who, '怕冷');
    await first.run();
    expect((await shown(who)).ours).toEqual(['怕冷:FAILED']);
    marking.before = async () => undefined;
    await remove(who, '怕冷');
    await add(who, '怕冷');
    await first.run();
    expect((await shown(who)).ours).toEqual(['怕冷:MARKED']);
  });

  it('that the calls are used up lets all of the brand rest until the window’s end', async () => {
    const [one, other] = [await befriend(), await befriend()];
    await add(one, '怕冷');
    bench.clock.advance(1);
    await add(other, '怕冷');
    const until = bench.clock.now() + 40_000;
    marking.before = async () => {
      throw refusal(45009, 'RATE', until);
    };
    await first.run();
    const calls = marked.length;
    marking.before = async () => undefined;
    bench.clock.advance(39_000);
    expect([await first.run(), marked.length]).toEqual([0, calls]);
    bench.clock.advance(1001);
    await first.run();
    expect([inWecom(one), inWecom(other)]).toEqual([['t-cold'], ['t-cold']]);
  });

  it('that fails for a reason nobody expected is asked for again after a pause and not after the lease', async () => {
    const [broken, whole] = [await befriend(), await befriend()];
    marking.before = async ({ externalUserId }) => {
      if (externalUserId === broken) throw new TypeError('no such field');
    };
    await add(broken, '怕冷');
    await add(whole, '怕冷');
    await first.run();
    expect(inWecom(whole)).toEqual(['t-cold']);
    expect(await stateOf(broken)).toEqual(['WAITING/1']);
    marking.before = async () => undefined;
    bench.clock.advance(1_000);
    await first.run();
    expect([inWecom(broken), await stateOf(broken)]).toEqual([['t-cold'], ['DONE/2']]);
  });

  it('that nobody took, because the worker died, is asked for by another when the lease is over', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    // A worker that is killed asks and never hears the answer.
    await new Promise<void>((asked) => {
      marking.after = () => {
        asked();
        return new Promise(() => undefined);
      };
      void first.run();
    });
    marking.after = async () => undefined;
    expect([await second.run(), await stateOf(who)]).toEqual([0, ['SENDING/1']]);
    bench.clock.advance(120_000);
    expect([await second.run(), await stateOf(who)]).toEqual([1, ['DONE/2']]);
  });
});

describe('at the same time', () => {
  it('wecom-15 two workers never write one pair together, and a wish that changes under way is written after', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    let busy = 0;
    marking.before = async () => {
      busy += 1;
      expect(busy).toBe(1);
      await remove(who, '怕冷');
      await second.run();
      busy -= 1;
      marking.before = async () => undefined;
    };
    await first.run();
    await second.run();
    expect(marked.map(({ add: added = [], remove: removed = [] }) => [added, removed])).toEqual([
      [['t-cold'], []],
      [[], ['t-cold']],
    ]);
    expect([inWecom(who), await shown(who)]).toEqual([[], { ours: [], wecoms: [] }]);
  });

  it('a look at WeCom from before the answer does not take the mark off our copy', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    const guide = await new Organization(bench.database, bench.clock).guide(bench.brandId, '851' as GuideId);
    const before = bench.clock.date();
    bench.clock.advance(1000);
    await first.run();
    const look = (tagIds: string[], at: Date) =>
      bench.unitOfWork.run('look', (tx) => corp.mark(tx, guide as never, who, tagIds, at));
    await look([], before);
    expect((await shown(who)).ours).toEqual(['怕冷:MARKED']);
    bench.clock.advance(1000);
    await look([], bench.clock.date());
    expect((await shown(who)).ours).toEqual(['怕冷:GONE']);
  });
});

describe('a change that comes from WeCom', () => {
  it('is mirrored and never written back, however often its event comes', async () => {
    const who = await befriend();
    const follow = world.get(who)?.follows.get('w851');
    if (follow) follow.tagIds = ['t-cold', 't-bulky'];
    for (let i = 0; i < 3; i += 1) await push({ kind: 'contact-edited', externalUserId: who });
    expect((await shown(who)).wecoms).toEqual(['怕臃肿:-', '怕冷:-']);
    expect([await first.run(), marked, await stateOf(who)]).toEqual([0, [], []]);
  });

  it('wins over what we have written before: it is shown and not put back', async () => {
    const who = await befriend();
    await add(who, '怕冷');
    await first.run();
    bench.clock.advance(1000);
    const follow = world.get(who)?.follows.get('w851');
    if (follow) follow.tagIds = [];
    await push({ kind: 'contact-edited', externalUserId: who });
    expect((await shown(who)).ours).toEqual(['怕冷:GONE']);
    expect([await first.run(), inWecom(who)]).toEqual([0, []]);
  });
});
