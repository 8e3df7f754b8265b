import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Api } from '@shuke/shared/api';
import { type E2e, openE2e } from '../harness/e2e.js';

let e2e: E2e;
let hq: Api;
beforeAll(async () => {
  e2e = await openE2e({ consumers: 4 });
  hq = await e2e.desk(`hq-${e2e.brandId}`, 'a-long-password');
}, 120_000);
afterAll(() => e2e.close());

const keyed = () => ({ idempotencyKey: `k-${e2e.bench.ids.next()}` });

describe('headquarters', () => {
  it('pain-18 sees what a merge would do, merges, and takes it back without a loss', async () => {
    const [a, b] = [await e2e.consumer('chen'), await e2e.consumer('lin')];
    await a.api.mall.addAddress({
      body: {
        name: '陈静',
        phone: '13900000001',
        province: '浙江省',
        city: '杭州市',
        district: '西湖区',
        detail: '文三路 1 号',
        isDefault: true,
      },
    });
    const pair = { fromId: a.memberId, intoId: b.memberId };
    const preview = await hq.console.previewMerge({ body: pair });
    expect(preview.effects.map((one) => one.subject)).toEqual(
      expect.arrayContaining(['address', 'identifier', 'face']),
    );
    const merged = await hq.console.merge({ body: { ...pair, reason: '同一个人的两个微信' }, ...keyed() });
    expect(merged.rows.find((one) => one.subject === 'address')?.count).toBe(1);
    await expect(a.api.mall.me()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await b.api.mall.addresses()).toHaveLength(1);
    expect((await hq.console.member({ params: { id: a.memberId } })).mergedInto?.id).toBe(b.memberId);
    const again = await e2e.consumer('chen');
    expect(again.memberId).toBe(b.memberId);
    await hq.console.undoMerge({ params: { id: merged.id }, body: { reason: '其实是姐妹' }, ...keyed() });
    expect((await e2e.consumer('chen')).memberId).toBe(a.memberId);
    const fresh = await e2e.consumer('chen');
    expect(await fresh.api.mall.addresses()).toHaveLength(1);
    const timeline = await hq.console.memberTimeline({ params: { id: b.memberId }, query: {} });
    expect(timeline.items.map((one) => one.kind)).toEqual(expect.arrayContaining(['MERGED', 'UNMERGED']));
    expect(await e2e.broken()).toEqual([]);
  });

  it('takes a birthday as it is told, once a year', async () => {
    const { api } = await e2e.consumer('buyer1');
    const birthday = async () => (await api.mall.myData()).birthday;
    expect(await birthday()).toBeNull();
    await api.mall.setRealName({ body: { birthday: '1992-02-29' } });
    await api.mall.setRealName({ body: { birthday: '1992-02-29' } });
    expect(await birthday()).toBe('1992-02-29');
    for (const other of ['1992-11-22', null])
      await expect(api.mall.setRealName({ body: { birthday: other } })).rejects.toMatchObject({ code: 'BIRTHDAY' });
    expect(await birthday()).toBe('1992-02-29');
  });

  it('lets a real name be told without using up the birthday, and the other way round', async () => {
    const { api, memberId } = await e2e.consumer('buyer2');
    // Known from an old file, and wrong there.
    await e2e.bench.database.execute("UPDATE member SET birthday = '1990-01-01' WHERE brand_id = ? AND id = ?", [
      e2e.brandId,
      memberId,
    ]);
    await api.mall.setRealName({ body: { realName: '周小满' } });
    expect(await api.mall.setRealName({ body: { birthday: '1991-05-20' } })).toMatchObject({ birthday: '1991-05-20' });
    await api.mall.setRealName({ body: { realName: '周晓满', birthday: '1991-05-20' } });
    await expect(api.mall.setRealName({ body: { birthday: '1991-05-21' } })).rejects.toMatchObject({
      code: 'BIRTHDAY',
    });
  });

  it('finds a pair that weak hints connect in the queue, and refuses it for good', async () => {
    const [a, b] = [await e2e.consumer('chen'), await e2e.consumer('lin')];
    for (const one of [a, b]) await one.api.mall.setRealName({ body: { realName: '陈小雪', birthday: '1990-05-01' } });
    const queue = await hq.console.mergeCandidates({ query: {} });
    const found = queue.items.find((one) => [one.a.id, one.b.id].includes(a.memberId));
    // These two were merged and taken apart before: a person has decided, and the pair does not come back.
    expect(found).toBeUndefined();
    const third = await e2e.consumer('buyer0');
    await third.api.mall.setRealName({ body: { realName: '陈小雪', birthday: '1990-05-01' } });
    const [pair] = (await hq.console.mergeCandidates({ query: {} })).items;
    if (!pair) throw new Error('the queue is empty');
    expect(pair.score).toBeGreaterThan(0);
    const { preview } = await hq.console.mergeCandidate({ params: { id: pair.id } });
    expect(preview.canMerge).toBe(true);
    const refused = await hq.console.refuseMergeCandidate({ params: { id: pair.id }, body: { reason: '同名' } });
    expect(refused.state).toBe('REFUSED');
  });

  it('finds a member by number, name and openid, and changes who counts as one', async () => {
    const { memberId, openid } = await e2e.consumer('lin');
    const { person } = await hq.console.member({ params: { id: memberId } });
    for (const q of [person.profile.memberNo, person.profile.nickname, openid]) {
      const { items } = await hq.console.members({ query: { q } });
      expect([q, items.some((one) => one.profile.id === memberId)]).toEqual([q, true]);
    }
    const policy = await hq.console.memberPolicy();
    const next = await hq.console.setMemberPolicy({ body: { ...policy, maxIdentifiers: 9 } });
    expect(next.maxIdentifiers).toBe(9);
  });
});

describe('a consumer', () => {
  it('reads what is known, turns personalisation off, and sees who looked', async () => {
    const { api, memberId } = await e2e.consumer('lin');
    await hq.console.member({ params: { id: memberId } });
    await e2e.work(3);
    expect((await api.mall.setPersonalised({ body: { isOn: false } })).isPersonalised).toBe(false);
    const mine = await api.mall.myData();
    expect(mine.isPersonalised).toBe(false);
    expect(mine.consents.find((one) => one.purpose === 'PERSONALISATION')?.isGiven).toBe(false);
    expect(mine.identities.length).toBeGreaterThan(0);
    expect(mine.memberships[0]).toMatchObject({ subBrand: 'MAIN', isMember: true });
    const { items } = await api.mall.dataAccesses({ query: {} });
    expect(items[0]?.who).toContain('总部');
    await expect(
      api.mall.setConsent({ params: { purpose: 'TERMS' }, body: { isGiven: false, version: '2026.11' } }),
    ).rejects.toMatchObject({ code: 'CONSENT_NEEDED' });
  });

  it('is told, and headquarters too, what held at any past instant, through changes of mind, a merge and its undoing', async () => {
    const [mine, other] = [await e2e.consumer('chen'), await e2e.consumer('buyer1')];
    const answer = (who: typeof mine, isGiven: boolean) =>
      who.api.mall.setConsent({ params: { purpose: 'MARKETING' }, body: { isGiven, version: '2026.11' } });
    const instants: string[] = [];
    const mark = async () => {
      instants.push(new Date(e2e.sims.clock.now()).toISOString());
      await e2e.pass(60_000);
    };
    await mark();
    await answer(mine, true);
    await mark();
    await answer(mine, false);
    await mark();
    await answer(mine, true);
    await answer(other, false);
    await mark();
    const merge = await hq.console.merge({
      body: { fromId: other.memberId, intoId: mine.memberId, reason: '同一个人' },
      ...keyed(),
    });
    await mark();
    await hq.console.undoMerge({ params: { id: merge.id }, body: { reason: '其实是姐妹' }, ...keyed() });
    await mark();
    const marketing = (answers: { purpose: string; isGiven: boolean | null }[]) =>
      answers.find((one) => one.purpose === 'MARKETING')?.isGiven;
    const held = [null, true, false, true, false, true];
    const again = await e2e.consumer('chen');
    for (const [place, at] of instants.entries()) {
      const [own, desk] = [
        await again.api.mall.consentHistory({ query: { at } }),
        await hq.console.memberConsents({ params: { id: mine.memberId }, query: { at } }),
      ];
      expect([place, own.at, marketing(own.answers), marketing(desk.answers)]).toEqual([
        place,
        at,
        held[place],
        held[place],
      ]);
    }
    const now = await again.api.mall.consentHistory({ query: {} });
    expect(now.changes.map((one) => one.isGiven)).toEqual([true, false, true, false, true]);
    expect(marketing(now.answers)).toBe(true);
    await expect(hq.console.memberConsents({ params: { id: '1' }, query: {} })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('asks for another guide; the store’s manager decides', async () => {
    const { api } = await e2e.consumer('zhou', { guideCode: 'LAKE' });
    const before = await api.mall.myData();
    expect(before.guide.card?.code).toBe('LAKE');
    const wish = { toGuideId: e2e.shop.guides.north, reason: '搬家了' };
    const key = keyed();
    const asked = await api.mall.changeGuide({ body: wish, ...key });
    expect(asked.state).toBe('OPEN');
    expect((await api.mall.changeGuide({ body: wish, ...key })).id).toBe(asked.id);
    await expect(api.mall.changeGuide({ body: wish, ...keyed() })).rejects.toMatchObject({ code: 'CHANGE_OPEN' });
    const other = await e2e.guide('shanghai');
    await expect(
      other.guide.decideGuideChange({ params: { id: asked.id }, body: { isGranted: true, note: '' } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const decided = await hq.console.decideGuideChange({
      params: { id: asked.id },
      body: { isGranted: true, note: '好的' },
    });
    expect(decided.state).toBe('APPROVED');
    expect((await api.mall.myData()).guide.card?.code).toBe('NORTH');
  });

  it('takes a copy behind a link that ends, and leaves; the next login is somebody new', async () => {
    const { api, memberId } = await e2e.consumer('buyer0');
    const made = await api.mall.exportMyData();
    const answer = await fetch(`${e2e.origin}${made.url}`);
    const lines = (await answer.text()).trim().split('\n');
    expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ list: '会员资料' });
    const preview = await api.mall.deletionPreview();
    expect(preview.canDelete).toBe(true);
    await expect(api.mall.deleteAccount({ body: { token: 'another-token', confirmed: [] } })).rejects.toMatchObject({
      code: 'LEAVE_CHANGED',
    });
    const confirmed = preview.settlements.map((one) => one.subject);
    await api.mall.deleteAccount({ body: { token: preview.token, confirmed } });
    await expect(api.mall.me()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await fetch(`${e2e.origin}${made.url}`)).status).toBe(404);
    expect((await e2e.consumer('buyer0')).memberId).not.toBe(memberId);
    expect(await e2e.broken()).toEqual([]);
  });

  it('cannot leave while an order is open', async () => {
    const { api } = await e2e.consumer('lin');
    const sku = e2e.shop.products[0]?.skus[0] ?? '';
    const storeId = e2e.shop.lake;
    const lines = [{ skuId: sku, qty: 1 }];
    const priced = await api.mall.preview({ body: { storeId, lines, fulfil: 'PICKUP' } });
    await api.mall.submitOrder({
      body: { storeId, lines, fulfil: 'PICKUP', expectedTotalFen: priced.totalFen },
      ...keyed(),
    });
    const preview = await api.mall.deletionPreview();
    expect([preview.canDelete, preview.blockers[0]?.subject]).toEqual([false, 'order']);
    await expect(api.mall.deleteAccount({ body: { token: preview.token, confirmed: [] } })).rejects.toMatchObject({
      code: 'LEAVE_BLOCKED',
    });
  });

  it('is out on the server after logging out', async () => {
    const { api } = await e2e.consumer('zhou');
    await api.mall.logout();
    await expect(api.mall.me()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
