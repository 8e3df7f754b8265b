import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asId, type GuideId, type MemberId, type StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { MiniappError } from '../../gateways/wechat-miniapp/index.js';
import { SessionEnds } from '../../platform/access/session-ends.js';
import { guideInvariants } from '../guides/guides.invariants.js';
import { Bindings } from '../guides/index.js';
import { createBrand, createGuides, Organization } from '../organization/index.js';
import { LogInByMiniapp } from './application/log-in-by-miniapp.js';
import { MeetAtTill } from './application/meet-at-till.js';
import { MemberPolicies } from './application/member-policies.js';
import { registerMemberRows } from './application/member-rows.js';
import { Members } from './application/members.js';
import { Memberships } from './application/memberships.js';
import { Merges } from './application/merges.js';
import { MyHomePage } from './application/my-home.js';
import { PeopleByPhone } from './application/people-by-phone.js';
import { PhoneHolders } from './application/phone-holders.js';
import { VerifyPhone } from './application/verify-phone.js';
import { openidIdentifier } from './domain/identifiers.js';
import { memberInvariants } from './members.invariants.js';

const phones: Record<string, string> = {};
const sessions: Record<string, { openid: string; unionid: string | null; sessionKey: string }> = {};
const miniapp = {
  of: () => ({
    codeToSession: async (code: string) => {
      const session = sessions[code];
      if (!session) throw new MiniappError('jscode2session', 40163, 'code been used');
      return session;
    },
    phoneNumber: async (code: string) => ({ phone: phones[code] ?? '', countryCode: '86' }),
  }),
};

let bench: TestBench;
let organization: Organization;
let bindings: Bindings;
let members: Members;
let logIn: LogInByMiniapp;
let appid: string;
const [storeId, ann, bob] = ['900', '901', '902'] as [string, string, string];

beforeAll(async () => {
  bench = await openTestBench();
  registerMemberRows();
  const { brandId } = bench;
  appid = `wx${brandId}`;
  await bench.unitOfWork.run('seed', async (tx) => {
    const texts = { code: brandId, name: '雪岭', appid, corpId: `ww${brandId}`, logoUrl: '/l.png' };
    await createBrand(tx, { id: brandId, ...texts, theme: {}, settings: { banners: [], freeFreightFromFen: null } });
    await createGuides(
      tx,
      [ann, bob].map((id) => ({
        brandId,
        id: asId<'guide'>(id) as GuideId,
        storeId: asId<'store'>(storeId) as StoreId,
        code: `code${id}`,
        wecomUserid: `u${id}`,
        name: `导购${id}`,
        avatarUrl: '/g.png',
        receiverOpenid: id === bob ? 'o-bob' : null,
      })),
    );
  });
  organization = new Organization(bench.database, bench.clock);
  bindings = new Bindings(organization, bench.ids);
  members = new Members(bench.database, bench.ids, testLevels(bench));
  logIn = new LogInByMiniapp(members, bindings, organization, bench.unitOfWork, miniapp);
});
afterAll(() => bench.close());

const login = (code: string, over: { guideCode?: string } = {}) => logIn.run({ brandId: bench.brandId, code, ...over });
const session = (openid: string, unionid: string | null) => {
  sessions[`c-${openid}-${unionid}`] = { openid, unionid, sessionKey: 'k' };
  return `c-${openid}-${unionid}`;
};
const holders = () => {
  const policies = new MemberPolicies(bench.database, bench.unitOfWork, bench.clock);
  const ends = new SessionEnds(bench.database, bench.ids, bench.clock);
  const merges = new Merges(bench.database, bench.unitOfWork, bench.ids, members, policies, ends);
  const memberships = new Memberships(policies);
  return new PhoneHolders(bench.unitOfWork, bench.ids, members, memberships, merges, policies);
};
const verifyPhone = () => new VerifyPhone(members, organization, miniapp, holders());
const countOf = async (memberId: MemberId) =>
  (await bench.database.query('SELECT id FROM member WHERE brand_id = ? AND id = ?', [bench.brandId, memberId])).length;
const holds = async () => {
  for (const one of [...memberInvariants, ...guideInvariants])
    expect([one.id, await one.check(bench.database, bench.brandId)]).toEqual([one.id, []]);
};

describe('login by mini-program', () => {
  it('makes one member of eight first logins at the same instant', async () => {
    const code = session('o-many', 'u-many');
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => login(code)));
    expect(new Set(outcomes.map((one) => one.memberId)).size).toBe(1);
    expect(outcomes.filter((one) => one.isNew)).toHaveLength(1);
    expect(await countOf(outcomes[0]?.memberId as MemberId)).toBe(1);
    await holds();
  });

  it('keeps openids apart that differ only in case', async () => {
    const [a, b] = [await login(session('oCase', null)), await login(session('ocase', null))];
    expect(a.memberId).not.toBe(b.memberId);
  });

  it('finds the member again by the unionid when the openid is new', async () => {
    const first = await login(session('o-1', 'u-1'));
    const again = await login(session('o-2', 'u-1'));
    expect(again).toMatchObject({ memberId: first.memberId, isNew: false });
  });

  it('keeps both members whom strong identifiers name, goes on with the one of the unionid and notes the pair', async () => {
    const byOpenid = await login(session('o-old', null));
    const byUnionid = await login(session('o-other', 'u-two'));
    const both = await login(session('o-old', 'u-two'));
    expect(both.memberId).toBe(byUnionid.memberId);
    expect(await countOf(byOpenid.memberId)).toBe(1);
    const notes = await bench.database.query<{ payload: unknown }>(
      "SELECT payload FROM outbox WHERE brand_id = ? AND type = 'member.merge-candidate'",
      [bench.brandId],
    );
    expect(JSON.stringify(notes)).toContain(byOpenid.memberId);
  });

  it('refuses a used code in words for the person', async () => {
    await expect(login('used')).rejects.toMatchObject({ code: 'LOGIN_CODE', status: 401 });
  });

  it('binds the guide of the link when there is none, and no second link takes the member over', async () => {
    const code = session('o-link', 'u-link');
    const { memberId } = await login(code, { guideCode: `code${ann}` });
    await login(code, { guideCode: `code${bob}` });
    expect((await bindings.bindingOf(bench.database, bench.brandId, memberId))?.guideId).toBe(ann);
    const results = (await bindings.timeline(bench.database, bench.brandId, memberId)).map((one) => one.result);
    expect(results).toEqual(['KEPT', 'BOUND']);
    await holds();
  });

  it('does not make a guide their own customer', async () => {
    const { memberId } = await login(session('o-bob', 'u-bob'), { guideCode: `code${bob}` });
    expect(await bindings.bindingOf(bench.database, bench.brandId, memberId)).toBeNull();
  });
});

describe('bindings', () => {
  it('let the first of two guides at the same instant win and keep the second as an event', async () => {
    const { memberId } = await login(session('o-race', 'u-race'));
    const scan = (guideId: string) =>
      bench.unitOfWork.run('scan', (tx) =>
        bindings.bind(tx, {
          brandId: bench.brandId,
          memberId,
          guideId: guideId as GuideId,
          way: 'GUIDE_CARD',
          evidence: `scan:${guideId}`,
        }),
      );
    const outcomes = await Promise.all([scan(ann), scan(bob)]);
    expect(outcomes.map((one) => one.result).sort()).toEqual(['BOUND', 'KEPT']);
    const held = await bindings.bindingOf(bench.database, bench.brandId, memberId);
    expect(outcomes.map((one) => one.guideId)).toEqual([held?.guideId, held?.guideId]);
    expect(await scan(ann)).toMatchObject({ guideId: held?.guideId });
    expect(await bindings.timeline(bench.database, bench.brandId, memberId)).toHaveLength(2);
    await holds();
  });
});

describe('a member', () => {
  it('is made once by payments of one openid and found by its later login', async () => {
    const pay = () => bench.unitOfWork.run('pay', (tx) => members.memberByPayment(tx, bench.brandId, appid, 'o-payer'));
    const [a, b] = await Promise.all([pay(), pay()]);
    expect(a).toBe(b);
    expect((await login(session('o-payer', 'u-payer'))).memberId).toBe(a);
    expect(
      await bench.unitOfWork.run('pay', (tx) => members.memberByPayment(tx, bench.brandId, appid, null)),
    ).toBeNull();
    expect(await members.openidOf(bench.database, bench.brandId, a as MemberId, appid)).toBe('o-payer');
  });

  it('shows a verified phone masked and is found by it', async () => {
    const { memberId } = await login(session('o-phone', 'u-phone'));
    phones['p'] = '13857110001';
    const actor = { kind: 'consumer' as const, brandId: bench.brandId, memberId, openid: 'o-phone' };
    const profile = await verifyPhone().run(actor, 'p');
    expect(profile.phoneMasked).toBe('138****0001');
    expect(await members.byIdentifier(bench.database, bench.brandId, 'phone', '13857110001')).toBe(memberId);
  });

  it('that a till knew by the same phone is the same person as soon as the phone is verified', async () => {
    const id = bench.ids.next<'member'>();
    await bench.unitOfWork.run('old', (tx) =>
      members.createMembers(tx, bench.brandId, [
        { id, nickname: '老顾客', origin: 'POS', identifiers: [{ kind: 'phone', value: '13857110002' }] },
      ]),
    );
    const { memberId } = await login(session('o-till', 'u-till'));
    phones['till'] = '13857110002';
    const actor = { kind: 'consumer' as const, brandId: bench.brandId, memberId, openid: 'o-till' };
    expect(await verifyPhone().run(actor, 'till')).toMatchObject({ id: memberId, nickname: '老顾客' });
    expect(await members.byIdentifier(bench.database, bench.brandId, 'phone', '13857110002')).toBe(memberId);
    await holds();
  });

  it('keeps a phone against another WeChat, until so long a silence that the operator may have given it out again', async () => {
    const [owner, other] = [await login(session('o-own', 'u-own')), await login(session('o-new', 'u-new'))];
    phones['mine'] = '13857110003';
    const as = (memberId: MemberId) => ({ kind: 'consumer' as const, brandId: bench.brandId, memberId, openid: 'o' });
    await verifyPhone().run(as(owner.memberId), 'mine');
    await expect(verifyPhone().run(as(other.memberId), 'mine')).rejects.toMatchObject({ code: 'PHONE_IN_USE' });
    bench.clock.advance(181 * 86_400_000);
    await verifyPhone().run(as(other.memberId), 'mine');
    expect(await members.byIdentifier(bench.database, bench.brandId, 'phone', '13857110003')).toBe(other.memberId);
    expect((await members.profile(bench.brandId, owner.memberId))?.phoneMasked).toBeNull();
  });

  it('of an old file wakes up when its phone is met at the till, and of a shared phone does not', async () => {
    const policies = new MemberPolicies(bench.database, bench.unitOfWork, bench.clock);
    const [phone, shared] = ['13857110004', '13857110005'];
    const id = bench.ids.next<'member'>();
    const value = await policies.phoneHash(bench.brandId, phone);
    await bench.unitOfWork.run('old', async (tx) => {
      await members.createMembers(tx, bench.brandId, [
        { id, nickname: '二十年前的会员', origin: 'IMPORT', identifiers: [{ kind: 'phone_hash', value }] },
      ]);
      await tx.execute("UPDATE member SET status = 'DORMANT' WHERE brand_id = ? AND id = ?", [bench.brandId, id]);
      await tx.execute(
        "INSERT INTO shared_phone (brand_id, phone, id, kind, note, added_by, at) VALUES (?,?,1,'STORE','','hq',?)",
        [bench.brandId, shared, tx.now],
      );
    });
    const found = await new PeopleByPhone(policies).find(bench.database, bench.brandId, [phone, shared, '13857119999']);
    expect([...found]).toEqual([[phone, id]]);
    const meeting = new MeetAtTill(members, new Memberships(policies));
    for (const _ of [1, 2]) await bench.unitOfWork.run('met', (tx) => meeting.run(tx, bench.brandId, id, null));
    const [row] = await bench.database.query<{ status: string; woken: string }>(
      "SELECT status, (SELECT COUNT(*) FROM member_event e WHERE e.brand_id = m.brand_id AND e.member_id = m.id AND e.kind = 'WOKEN') AS woken FROM member m WHERE m.brand_id = ? AND m.id = ?",
      [bench.brandId, id],
    );
    expect(row).toEqual({ status: 'ACTIVE', woken: '1' });
  });

  it('of an old file wakes up when its owner comes by a WeChat that a file knew, or turns out to be somebody live', async () => {
    const policies = new MemberPolicies(bench.database, bench.unitOfWork, bench.clock);
    const ends = new SessionEnds(bench.database, bench.ids, bench.clock);
    const merges = new Merges(bench.database, bench.unitOfWork, bench.ids, members, policies, ends);
    const statusOf = async (id: MemberId) =>
      (
        await bench.database.query<{ status: string }>('SELECT status FROM member WHERE brand_id = ? AND id = ?', [
          bench.brandId,
          id,
        ])
      )[0]?.status;
    const asleep = async (identifiers: { kind: 'unionid' | 'card'; value: string }[]) => {
      const id = bench.ids.next<'member'>();
      await bench.unitOfWork.run('old', async (tx) => {
        await members.createMembers(tx, bench.brandId, [{ id, nickname: '老会员', origin: 'IMPORT', identifiers }]);
        await tx.execute("UPDATE member SET status = 'DORMANT' WHERE brand_id = ? AND id = ?", [bench.brandId, id]);
      });
      return id;
    };
    const known = await asleep([{ kind: 'unionid', value: 'u-asleep' }]);
    for (const _ of [1, 2]) expect((await login(session('o-awake', 'u-asleep'))).memberId).toBe(known);
    expect(await statusOf(known)).toBe('ACTIVE');
    const old = await asleep([{ kind: 'card', value: 'C-asleep' }]);
    const live = (await login(session('o-live', 'u-live'))).memberId;
    const merge = {
      brandId: bench.brandId,
      from: live,
      into: old,
      cause: 'MANUAL' as const,
      reason: '同一个人',
      by: 'hq',
    };
    const id = await merges.merge(merge);
    expect(await statusOf(old)).toBe('ACTIVE');
    await merges.unmerge(bench.brandId, id, 'hq', '认错了');
    expect([await statusOf(old), await statusOf(live)]).toEqual(['DORMANT', 'ACTIVE']);
    await holds();
  });

  it('grows by what was paid and not refunded, however often the event comes', async () => {
    const { memberId } = await login(session('o-grow', 'u-grow'));
    const orderId = bench.ids.next();
    await bench.database.execute(
      `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, state, fulfil, goods_fen, freight_fen,
        total_fen, refunded_fen, remark, created_at, paid_at) VALUES (?,?,?,'MINIAPP','SALE',?,?,'TO_SHIP','SHIP',250050,0,250050,0,'',?,?)`,
      [bench.brandId, orderId, orderId, memberId, storeId, bench.clock.date(), bench.clock.date()],
    );
    const grow = () => bench.unitOfWork.run('grow', (tx) => members.refreshGrowth(tx, bench.brandId, [memberId]));
    await grow();
    await grow();
    expect(await members.profile(bench.brandId, memberId)).toMatchObject({ growth: 2500, levelName: '银峰' });
    await bench.database.execute('UPDATE sales_order SET refunded_fen = 100000 WHERE id = ?', [orderId]);
    await grow();
    // A refund lowers growth at once; the level is judged at the end of its period.
    expect(await members.profile(bench.brandId, memberId)).toMatchObject({ growth: 1500, levelName: '银峰' });
    const page = new MyHomePage(members, bindings, organization, bench.database, bench.unitOfWork);
    const actor = { kind: 'consumer' as const, brandId: bench.brandId, memberId, openid: 'o-grow' };
    expect((await page.read(actor)).orderCounts).toMatchObject({ toShip: 1, all: 1 });
    await expect(page.update(actor, { nickname: 'a\u202eb' })).rejects.toMatchObject({ code: 'NICKNAME' });
    expect((await page.update(actor, { nickname: ' 小满 ' })).nickname).toBe('小满');
    await holds();
  });

  it('written in bulk is found by each of its identifiers', async () => {
    const id = bench.ids.next<'member'>();
    await bench.unitOfWork.run('bulk', (tx) =>
      members.createMembers(tx, bench.brandId, [
        {
          id,
          nickname: '老会员',
          origin: 'POS',
          growth: 9000,
          identifiers: [{ kind: 'card', value: 'C1' }, openidIdentifier(appid, 'o-bulk')],
        },
      ]),
    );
    expect(await members.byIdentifier(bench.database, bench.brandId, 'card', 'C1')).toBe(id);
    expect((await members.profile(bench.brandId, id))?.levelName).toBe('金峰');
    await holds();
  });
});
