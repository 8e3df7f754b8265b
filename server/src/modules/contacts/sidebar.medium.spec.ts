import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { guideRoutes } from '@shuke/shared/contracts';
import { DAY_MS, type GuideId, type MemberId, type StoreId } from '@shuke/shared/kernel';
import { openTestBench, type TestBench } from '../../../test/harness/database.js';
import { testLevels } from '../../../test/harness/levels.js';
import { WecomError } from '../../gateways/wecom/index.js';
import { Sessions } from '../../platform/access/sessions.js';
import type { Queryable } from '../../platform/database/database.js';
import { responseProblem } from '../../platform/http/validation.js';
import { Analytics } from '../analytics/index.js';
import { Bindings } from '../guides/index.js';
import { Members } from '../members/index.js';
import { OrderQueries } from '../orders/index.js';
import { createBrand, createGuides, createRegion, createStores, Organization } from '../organization/index.js';
import { Tags } from '../tags/index.js';
import { CustomerAccess } from './application/customer-access.js';
import { GuidePages } from './application/guide-pages.js';
import { GuideSignIn } from './application/guide-sign-in.js';
import { TagCustomer } from './application/tag-customer.js';
import { TagWrites } from './application/tag-writes.js';
import { WhoIsThis } from './application/who-is-this.js';

let bench: TestBench;
let organization: Organization;
let who: WhoIsThis;
let pages: GuidePages;
let tagCustomer: TagCustomer;
let analytics: Analytics;
let tags: Tags;
let memberId: MemberId;
let statements = 0;
const STORE = '71' as StoreId;
const guide = (id: string, isManager = false) => ({
  kind: 'guide' as const,
  brandId: bench.brandId,
  guideId: id as GuideId,
  storeId: STORE,
  isManager,
});

/** Counts what runs through the pool. */
function counting(): TestBench['database'] {
  const { database } = bench;
  return Object.assign(Object.create(database) as TestBench['database'], {
    query: (...given: Parameters<Queryable['query']>) => {
      statements += 1;
      return database.query(...given);
    },
  });
}

async function seed() {
  const { brandId, ids, unitOfWork, database } = bench;
  const texts = { code: brandId, name: '雪岭', appid: `wx${brandId}`, corpId: `ww${brandId}`, logoUrl: '/l.png' };
  await unitOfWork.run('seed', async (tx) => {
    await createBrand(tx, { id: brandId, ...texts, theme: {}, settings: { banners: [], freeFreightFromFen: null } });
    await createRegion(tx, { brandId, id: '5' as never, name: '华东' });
    await createStores(tx, [storeDraft()]);
    await createGuides(
      tx,
      ['711', '712', '713'].map((id) => ({
        brandId,
        id: id as GuideId,
        storeId: STORE,
        code: `code${id}`,
        wecomUserid: `u${id}`,
        name: `导购${id}`,
        avatarUrl: '/g.png',
        role: id === '713' ? ('MANAGER' as const) : ('GUIDE' as const),
      })),
    );
  });
  await unitOfWork.run('seed people', async (tx) => {
    memberId = ids.next<'member'>();
    await new Members(database, ids, testLevels(bench)).createMembers(tx, brandId, [
      {
        id: memberId,
        nickname: '林小满',
        origin: 'WECOM',
        identifiers: [{ kind: 'external_userid', value: 'wm_view_001' }],
      },
    ]);
    await new Bindings(organization, ids).bind(tx, {
      brandId,
      memberId,
      guideId: '711' as GuideId,
      way: 'WECOM_FRIEND',
      evidence: 'e',
    });
    for (const [external, member] of [
      ['wm_view_001', memberId],
      ['wm_view_002', null],
    ])
      await tx.execute(
        "INSERT INTO contact (brand_id, external_userid, name, avatar_url, gender, member_id, updated_at) VALUES (?,?,'小满','/a.png',2,?,?)",
        [brandId, external as string, member as string | null, tx.now],
      );
    for (const [guideId, external] of [
      ['711', 'wm_view_001'],
      ['712', 'wm_view_001'],
      ['712', 'wm_view_002'],
    ])
      await tx.execute(
        `INSERT INTO contact_relation (brand_id, guide_id, external_userid, state, remark, add_way, welcome_state, added_at, checked_at)
         VALUES (?,?,?,'FRIEND','老客',1,'NONE',?,?)`,
        [brandId, guideId as string, external as string, new Date(tx.now.getTime() - 40 * DAY_MS), tx.now],
      );
    for (let i = 1; i <= 7; i += 1) {
      const at = new Date(tx.now.getTime() - i * 5 * DAY_MS);
      await tx.execute(
        `INSERT INTO sales_order (brand_id, id, order_no, channel, kind, member_id, store_id, guide_id, state, fulfil, goods_fen,
           freight_fen, total_fen, refunded_fen, remark, created_at, paid_at)
         VALUES (?,?,?,'POS','SALE',?,?,'711','FINISHED','PICKUP',99900,0,99900,0,'',?,?)`,
        [brandId, `80${i}`, `N80${i}`, memberId, STORE, at, at],
      );
      for (const line of ['1', '2'])
        await tx.execute(
          `INSERT INTO order_line (brand_id, order_id, id, product_id, code, name, spec, qty, unit_price_fen, amount_fen, payable_fen, refunded_qty, refunded_fen)
           VALUES (?,?,?,'77','C','冰川长款','雪松绿 L',1,49950,49950,49950,0,0)`,
          [brandId, `80${i}`, line],
        );
    }
    await tx.execute(
      `INSERT INTO task_item (brand_id, guide_id, day, position, id, kind, member_id, external_userid, title, reason, words, seconds, score, may_earn_fen, state)
       VALUES (?,'711','2026-11-22',1,'901','REPURCHASE',?,'wm_view_001','聊聊新款','喜欢长款','你好',60,1,3800,'WAITING')`,
      [brandId, memberId],
    );
  });
}

const storeDraft = () => ({
  brandId: bench.brandId,
  id: STORE,
  code: 'S71',
  name: '湖滨店',
  kind: 'SELF' as const,
  status: 'OPEN' as const,
  regionId: '5' as never,
  franchiseeId: null,
  province: '浙江',
  city: '杭州',
  district: '上城',
  address: '湖滨路 1 号',
  phone: '0571-1234567',
  latitude: 30.2,
  longitude: 120.1,
  serviceRadiusM: 3000,
  openAt: '10:00',
  closeAt: '22:00',
  collectMode: 'BRAND' as const,
  subMchid: null,
  deliveryFeeFen: 0 as never,
  canShip: true,
  canPickup: true,
});

beforeAll(async () => {
  bench = await openTestBench();
  const { clock, ids, unitOfWork } = bench;
  const database = counting();
  organization = new Organization(bench.database, clock);
  const bindings = new Bindings(organization, ids);
  tags = new Tags(ids, clock);
  analytics = new Analytics(organization, unitOfWork, ids, clock);
  await seed();
  const access = new CustomerAccess(organization, database, testLevels(bench));
  who = new WhoIsThis(access, organization, bindings, tags, analytics, database, clock);
  pages = new GuidePages(
    access,
    organization,
    new OrderQueries(bench.database, organization, bench.clock),
    analytics,
    database,
    clock,
  );
  tagCustomer = new TagCustomer(access, organization, tags, new TagWrites({ sweep: () => undefined }), unitOfWork);
});
afterAll(() => bench.close());

/** Two guides have marked the same; a tag that is gone from the library does not count, nor does another guide's mark. */
async function markInWecom(): Promise<void> {
  const { database, brandId, clock } = bench;
  const at = clock.date();
  await database.execute(
    `INSERT INTO corp_tag (brand_id, id, group_id, group_name, name, state, seen_at) VALUES
     (?,'t1','g1','渠道','商场','ACTIVE',?), (?,'t2','g1','渠道','旧标签','GONE',?), (?,'t3','g1','渠道','别人的','ACTIVE',?)`,
    [brandId, at, brandId, at, brandId, at],
  );
  await database.execute(
    `INSERT INTO contact_tag (brand_id, guide_id, external_userid, tag_id, seen_at) VALUES
     (?,'711','wm_view_001','t1',?), (?,'711','wm_view_001','t2',?), (?,'712','wm_view_001','t3',?)`,
    [brandId, at, brandId, at, brandId, at],
  );
}

describe('who is this', () => {
  it('answers with everything about an own customer in at most six statements', async () => {
    await analytics.track({
      brandId: bench.brandId,
      anonymousId: 'visitor-view',
      memberId,
      events: [1, 2, 3].map((n) => ({ key: `view-key-${n}`, type: 'VIEW', productId: '99' })),
    });
    await bench.database.execute(
      `INSERT INTO product (brand_id, id, code, category_id, name, subtitle, description, image_url, content, colours, status, list_price_fen,
         floor_fen, ceiling_fen, rank_score, on_sale_at, updated_at)
       VALUES (?,'99','P99','1','雾谷大衣','','','/p.png','{}','[]','ON',1,1,1,1,?,?)`,
      [bench.brandId, bench.clock.date(), bench.clock.date()],
    );
    await markInWecom();
    await organization.snapshot(bench.brandId);
    statements = 0;
    const view = await who.run(guide('711'), 'wm_view_001');
    expect(statements).toBeLessThanOrEqual(6);
    expect(responseProblem(guideRoutes.contact, view)).toBeNull();
    expect(view).toMatchObject({
      isFriend: true,
      binding: { isMine: true, way: 'WECOM_FRIEND' },
      purchase: { orderCount: 7, totalFen: 699_300, lastText: '5 天前在湖滨店买了「冰川长款」' },
      sizes: [{ label: '其他', value: 'L（14 件）' }],
    });
    expect(view.corpTags).toEqual([{ groupName: '渠道', name: '商场' }]);
    expect(view.recentOrders.map((order) => [order.orderNo, order.lineCount])).toEqual(
      [1, 2, 3, 4, 5].map((n) => [`N80${n}`, 2]),
    );
    expect(view.trail[0]).toMatchObject({ text: '看了「雾谷大衣」 3 次', viewCount: 3 });
    expect(view.nextActions.map((one) => one.kind)).toEqual(['TASK', 'VIEWED_NOT_BOUGHT', 'AFTER_CARE']);
  });

  it('proposes nothing from the trail of who has turned personalisation off', async () => {
    const { memberId } = await who.run(guide('711'), 'wm_view_001');
    const turn = (value: 0 | 1) =>
      bench.database.execute('UPDATE member SET is_personalised = ? WHERE brand_id = ? AND id = ?', [
        value,
        bench.brandId,
        memberId ?? '',
      ]);
    await turn(0);
    const view = await who.run(guide('711'), 'wm_view_001');
    expect(view.nextActions.map((one) => one.kind)).toEqual(['TASK', 'AFTER_CARE']);
    await turn(1);
  });

  it('names the guide of another’s customer and shows nothing else of them', async () => {
    const view = await who.run(guide('712'), 'wm_view_001');
    expect(responseProblem(guideRoutes.contact, view)).toBeNull();
    expect(view.binding).toMatchObject({ isMine: false, guide: { name: '导购711' } });
    expect(view.corpTags).toEqual([]);
    expect([view.profile, view.tags, view.recentOrders, view.trail, view.sizes, view.nextActions, view.facts]).toEqual([
      null,
      ...Array.from({ length: 6 }, () => []),
    ]);
    expect(view.purchase).toMatchObject({ orderCount: 0, totalFen: 0 });
    const refused = { code: 'OTHERS_CUSTOMER', status: 404 };
    await expect(pages.ordersOf(guide('712'), 'wm_view_001', {})).rejects.toMatchObject(refused);
    await expect(pages.trail(guide('712'), 'wm_view_001', {})).rejects.toMatchObject(refused);
  });

  it('shows not even the own guide what somebody keeps from the store, here or in the lists', async () => {
    const { brandId, database, clock } = bench;
    await database.execute(
      "INSERT INTO consent (brand_id, member_id, sub_brand, purpose, version, is_given, source, at) VALUES (?,?,'MAIN','SHARE_STORE','2026.11',0,'MALL',?)",
      [brandId, memberId, clock.date()],
    );
    const view = await who.run(guide('711'), 'wm_view_001');
    expect(responseProblem(guideRoutes.contact, view)).toBeNull();
    expect(view).toMatchObject({ isShared: false, profile: null, binding: { isMine: true } });
    expect([view.tags, view.recentOrders, view.trail, view.sizes, view.nextActions, view.facts].flat()).toEqual([]);
    expect(view.purchase).toMatchObject({ orderCount: 0, totalFen: 0, lastAt: null });
    const refused = { code: 'NOT_SHARED', status: 403 };
    await expect(pages.ordersOf(guide('711'), 'wm_view_001', {})).rejects.toMatchObject(refused);
    await expect(pages.trail(guide('713', true), 'wm_view_001', {})).rejects.toMatchObject(refused);
    const [row] = (await pages.contacts(guide('711'), {})).items;
    expect(row).toMatchObject({ isMine: true, levelName: null, lastOrderAt: null, totalFen: 0 });
    await database.execute("UPDATE consent SET is_given = 1 WHERE brand_id = ? AND purpose = 'SHARE_STORE'", [brandId]);
    expect((await who.run(guide('711'), 'wm_view_001')).isShared).toBe(true);
  });

  it('shows a manager the customers of the own store', async () => {
    const view = await who.run(guide('713', true), 'wm_view_001');
    expect(view.purchase.orderCount).toBe(7);
    expect(view.isFriend).toBe(false);
  });

  it('does not know a stranger, and invites a friend who is no member', async () => {
    await expect(who.run(guide('711'), 'wm_view_002')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const view = await who.run(guide('712'), 'wm_view_002');
    expect(view.nextActions.map((one) => one.kind)).toEqual(['INVITE']);
  });
});

describe('the guide’s lists', () => {
  it('page through friends, hide what others’ customers bought, and take a percent sign literally', async () => {
    const first = await pages.contacts(guide('712'), { limit: 1 });
    expect(responseProblem(guideRoutes.contacts, first)).toBeNull();
    const second = await pages.contacts(guide('712'), { limit: 1, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((one) => one.externalUserId)).toEqual(['wm_view_002', 'wm_view_001']);
    expect(second.items[0]).toMatchObject({ isMine: false, totalFen: 0, lastOrderAt: null });
    expect(second.nextCursor).toBeNull();
    expect((await pages.contacts(guide('711'), { q: '小满' })).items[0]).toMatchObject({
      isMine: true,
      totalFen: 699_300,
    });
    expect((await pages.contacts(guide('711'), { q: '%' })).items).toEqual([]);
  });

  it('show an own customer’s orders of all channels and the guide’s own figures', async () => {
    const orders = await pages.ordersOf(guide('711'), 'wm_view_001', { limit: 3 });
    expect(orders.items.map((one) => one.orderNo)).toEqual(['N801', 'N802', 'N803']);
    statements = 0;
    const me = await pages.me(guide('711'));
    expect([statements, responseProblem(guideRoutes.me, me)]).toEqual([1, null]);
    expect(me.today).toMatchObject({ taskTotal: 1, taskDone: 0, mayEarnFen: 3800, orderCount: 0 });
    expect(me.month).toMatchObject({ orderCount: 4, orderFen: 399_600 });
  });

  it('tag an own customer and refuse another’s', async () => {
    const tagId = await bench.unitOfWork.run('tag', async (tx) =>
      (await tags.ensure(tx, bench.brandId, [{ groupName: '偏好', name: '怕冷', kind: 'MANUAL' }])).get('偏好/怕冷'),
    );
    const given = await tagCustomer.add(guide('711'), 'wm_view_001', tagId as never, '冬天常问长款');
    expect(given).toMatchObject([{ name: '怕冷', reason: '导购711记录：冬天常问长款' }]);
    await expect(tagCustomer.add(guide('712'), 'wm_view_001', tagId as never)).rejects.toMatchObject({
      code: 'OTHERS_CUSTOMER',
    });
    await expect(tagCustomer.add(guide('712'), 'wm_view_002', tagId as never)).rejects.toMatchObject({
      code: 'NO_MEMBER',
    });
    expect(await tagCustomer.remove(guide('711'), 'wm_view_001', tagId as never)).toEqual([]);
  });
});

describe('a guide’s login', () => {
  const signIn = () => {
    const doors = {
      of: () => ({
        config: { corpId: 'ww', agentId: '1' },
        oauth: {
          authorizeUrl: (uri: string, state: string) => `https://open/${state}?${uri}`,
          getUserInfo: async (code: string) => {
            if (code === 'used') throw new WecomError('auth/getuserinfo', 40029, 'invalid code');
            return code === 'out'
              ? { kind: 'outsider' as const, openid: 'o', externalUserId: null }
              : { kind: 'member' as const, userId: code, userTicket: null };
          },
        },
        jsSdk: { sign: async (kind: string, url: string) => ({ timestamp: 5, nonceStr: kind, signature: url }) },
      }),
    };
    const settings = {
      TRUSTED_PAGE_ORIGINS: 'https://app.example.com, https://b.example.com',
      SESSION_SECRET: 's'.repeat(32),
    };
    const sessions = new Sessions(settings.SESSION_SECRET, bench.clock);
    return new GuideSignIn(doors as never, organization, sessions, bench.clock, settings);
  };

  it('takes the code of an employee who is a guide, with a state of ours that is fresh', async () => {
    const door = signIn();
    const { state, seal } = await door.oauthUrl(bench.brandId, 'https://app.example.com/sidebar/');
    const session = await door.logIn(bench.brandId, 'U713', state, seal);
    expect([session.role, session.guide.name]).toEqual(['MANAGER', '导购713']);
    await expect(door.logIn(bench.brandId, 'used', state, seal)).rejects.toMatchObject({ code: 'OAUTH_CODE' });
    await expect(door.logIn(bench.brandId, 'out', state, seal)).rejects.toMatchObject({ code: 'NOT_A_GUIDE' });
    await expect(door.logIn(bench.brandId, 'nobody', state, seal)).rejects.toMatchObject({ code: 'NOT_A_GUIDE' });
    const forged = `${state.slice(0, -1)}${state.endsWith('0') ? '1' : '0'}`;
    await expect(door.logIn(bench.brandId, 'u711', forged, seal)).rejects.toMatchObject({ code: 'OAUTH_STATE' });
    await expect(door.logIn(bench.brandId, 'U713', state, null)).rejects.toMatchObject({ code: 'OAUTH_STATE' });
    const other = await door.oauthUrl(bench.brandId, 'https://app.example.com/sidebar/');
    await expect(door.logIn(bench.brandId, 'U713', state, other.seal)).rejects.toMatchObject({ code: 'OAUTH_STATE' });
    bench.clock.advance(601_000);
    await expect(door.logIn(bench.brandId, 'u711', state, seal)).rejects.toMatchObject({ code: 'OAUTH_STATE' });
  });

  it('wecom-23 signs pages of trusted origins only, without what follows the hash', async () => {
    const door = signIn();
    const signed = await door.signature(bench.brandId, 'https://app.example.com/sidebar/?a=1&b=2#/me', 'AGENT');
    expect(signed).toEqual({
      timestamp: '5',
      nonceStr: 'agentConfig',
      signature: 'https://app.example.com/sidebar/?a=1&b=2',
      corpId: 'ww',
      agentId: '1',
    });
    for (const url of ['https://app.example.com.evil.com/', 'https://evil.com/?https://app.example.com', 'nonsense'])
      await expect(door.signature(bench.brandId, url, 'CORP')).rejects.toMatchObject({ code: 'UNTRUSTED_PAGE' });
    await expect(door.oauthUrl(bench.brandId, 'https://evil.com/')).rejects.toMatchObject({ code: 'UNTRUSTED_PAGE' });
  });
});
