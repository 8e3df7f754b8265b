import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Api, createApi, fetchTransport } from '@shuke/shared/api';
import type { GuideId } from '@shuke/shared/kernel';
import { oneBrowser } from '../../seeds/steps/one-browser.js';
import { GuideCodes } from '../../src/modules/guides/index.js';
import { Organization } from '../../src/modules/organization/index.js';
import { type E2e, openE2e } from '../harness/e2e.js';

// Starting everything takes seconds on a busy machine, and a slow machine is no failure.
jest.setTimeout(60_000);

let e2e: E2e;
beforeAll(async () => {
  e2e = await openE2e();
});
afterAll(() => e2e.close());

const control = async <T>(path: string, body?: object): Promise<T> => {
  const answer = await fetch(`${e2e.sims.urls.desk}/control/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as T;
};
const human = (action: string, body: object) => control<unknown>(`wecom/human/${action}`, body);
const guideOf = async (id: GuideId) => {
  const organization = e2e.app.get(Organization);
  organization.forget(e2e.brandId);
  const guide = await organization.guide(e2e.brandId, id);
  if (!guide) throw new Error('no guide');
  return guide;
};
const relations = () =>
  e2e.bench.database.query<{ guide_id: string; external_userid: string; state: string; welcome_state: string }>(
    'SELECT guide_id, external_userid, state, welcome_state FROM contact_relation WHERE brand_id = ? ORDER BY added_at, guide_id',
    [e2e.brandId],
  );
const guest = (): Api => createApi({ baseUrl: e2e.origin, transport: fetchTransport(), headers: () => ({}) });

describe('a guide’s card against the WeCom simulator', () => {
  it('scanned once makes a friend, a member and an exclusive guide, and the mini-program knows the person', async () => {
    await e2e.work(3);
    const guide = await guideOf(e2e.shop.guides.north);
    expect(guide.configId).toBeTruthy();
    expect(guide.qrUrl).toContain('http');
    await human('add-contact', { userid: guide.wecomUserid, consumer: 'lin', configId: guide.configId });
    await e2e.work(3);
    const [relation] = await relations();
    expect(relation).toMatchObject({ guide_id: guide.id, state: 'FRIEND', welcome_state: 'SENT' });

    const sidebar = await e2e.guide('north');
    const before = await sidebar.guide.contact({ params: { externalUserId: relation?.external_userid ?? '' } });
    expect(before).toMatchObject({ isFriend: true, binding: { isMine: true, way: 'WECOM_FRIEND' } });
    const { api, memberId } = await e2e.consumer('lin');
    expect(memberId).toBe(before.memberId);
    expect((await api.mall.me()).guide?.id).toBe(guide.id);
    expect(await e2e.broken()).toEqual([]);
  });

  it('of a second guide makes a second friend and leaves the exclusive guide', async () => {
    const guide = await guideOf(e2e.shop.guides.lake);
    await human('add-contact', { userid: guide.wecomUserid, consumer: 'lin', configId: guide.configId });
    await e2e.work(3);
    expect((await relations()).map((one) => one.state)).toEqual(['FRIEND', 'FRIEND']);
    const { api } = await e2e.consumer('lin');
    expect((await api.mall.me()).guide?.id).toBe(e2e.shop.guides.north);
  });

  it('is over for WeCom when either side removes the other', async () => {
    await human('delete-by-customer', { userid: 'G-NORTH', consumer: 'lin' });
    await human('delete-by-guide', { userid: 'G-LAKE', consumer: 'lin' });
    await e2e.work(3);
    const states = new Map((await relations()).map((one) => [one.guide_id, one.state]));
    expect(states.get(e2e.shop.guides.north)).toBe('LOST');
    expect(states.get(e2e.shop.guides.lake)).toBe('REMOVED');
    expect(await e2e.broken()).toEqual([]);
  });

  it('added half is a friend after the guide has accepted', async () => {
    await human('add-contact', { userid: 'G-SHANG', consumer: 'chen', half: true });
    await e2e.work(3);
    expect((await relations()).at(-1)?.state).toBe('HALF');
    await human('confirm-contact', { userid: 'G-SHANG', consumer: 'chen' });
    await e2e.work(3);
    expect((await relations()).at(-1)?.state).toBe('FRIEND');
    expect(await e2e.broken()).toEqual([]);
  });

  it('has a mini-program code whose picture is served', async () => {
    const url = await e2e.app.get(GuideCodes).guideCodePicture(await guideOf(e2e.shop.guides.north));
    const answer = await fetch(`${e2e.origin}${url}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
  });
});

describe('a guide in the WeCom client', () => {
  it('comes in by OAuth and finds the own page; a code works once and needs our state', async () => {
    const browser = oneBrowser(e2e.origin);
    const { url, state } = await browser.guide.oauthUrl({ body: { redirectUri: `${e2e.origin}/sidebar/` } });
    const authorize = new URL(url);
    authorize.searchParams.set('sim_user', 'G-NORTH');
    const answer = await fetch(authorize, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    const code = back.searchParams.get('code') ?? '';
    expect(back.searchParams.get('state')).toBe(state);
    await expect(guest().guide.login({ body: { code, state } })).rejects.toMatchObject({ code: 'OAUTH_STATE' });
    await expect(browser.guide.login({ body: { code, state: 'forged' } })).rejects.toMatchObject({
      code: 'OAUTH_STATE',
    });
    const session = await browser.guide.login({ body: { code, state } });
    expect(session.guide.code).toBe('NORTH');
    const headers = () => ({ authorization: `Bearer ${session.token}` });
    const api = createApi({ baseUrl: e2e.origin, transport: fetchTransport(), headers });
    expect((await api.guide.me()).guide.id).toBe(e2e.shop.guides.north);
    await expect(browser.guide.login({ body: { code, state } })).rejects.toMatchObject({ code: 'OAUTH_CODE' });
  });

  it('signs pages of our own origin and of no other', async () => {
    const url = `${e2e.origin}/sidebar/`;
    const signed = await guest().guide.signature({ body: { url, kind: 'AGENT' } });
    expect(signed.signature).toMatch(/^[0-9a-f]{40}$/);
    await expect(
      guest().guide.signature({ body: { url: 'https://evil.example.com/', kind: 'AGENT' } }),
    ).rejects.toMatchObject({
      code: 'UNTRUSTED_PAGE',
    });
  });
});

describe('a consumer', () => {
  it('verifies the phone in the mini-program and sees it masked', async () => {
    const { api } = await e2e.consumer('zhou');
    const { code } = await control<{ code: string }>('miniapp/code', { kind: 'phone', consumer: 'zhou' });
    expect((await api.mall.phone({ body: { code } })).phoneMasked).toBe('138****0002');
  });
});
