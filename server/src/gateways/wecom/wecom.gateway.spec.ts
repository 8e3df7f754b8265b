import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../platform/clock/clock.js';
import { insideTransaction } from '../../platform/database/transaction-context.js';
import { LocalVendor } from '../testing/local-vendor.js';
import { InProcessTokenStore } from '../tokens/index.js';
import { SILENT_LOGGER } from '../transport/index.js';
import { InProcessRateGate } from './rate-gate.js';
import { Tags } from './tags.js';
import { WecomGateway } from './wecom.gateway.js';
import { WecomClient } from './wecom-client.js';
import { WecomError } from './wecom-error.js';
import { Welcome } from './welcome.js';

const NOW = Date.parse('2026-11-22T08:30:00+08:00');
const vendor = new LocalVendor();
const clock = new ManualClock(NOW);
let gateway: WecomGateway;
let client: WecomClient;
let issued = 0;
let api: (cgi: string, token: string, body: string) => object;

beforeEach(async () => {
  clock.set(NOW);
  vendor.seen.length = 0;
  issued = 0;
  api = () => ({ errcode: 0, errmsg: 'ok' });
  vendor.respond = ({ path, body }) => {
    const url = new URL(path, 'http://x');
    const cgi = url.pathname.replace('/cgi-bin/', '');
    if (cgi !== 'gettoken') return { body: JSON.stringify(api(cgi, url.searchParams.get('access_token') ?? '', body)) };
    issued += 1;
    return { body: JSON.stringify({ errcode: 0, errmsg: 'ok', access_token: `token-${issued}`, expires_in: 7200 }) };
  };
  const config = {
    corpId: 'ww7a1c3f5e9b2d4068',
    agentId: '1000002',
    secret: 's',
    baseUrl: await vendor.start(),
    openBaseUrl: 'https://open.weixin.qq.com',
    callbackToken: 't',
    callbackAesKey: 'a'.repeat(43),
    timeoutMs: 2000,
  };
  gateway = new WecomGateway(config, clock);
  const tools = {
    clock,
    tokens: new InProcessTokenStore(clock),
    gate: new InProcessRateGate(clock),
    logger: SILENT_LOGGER,
  };
  client = new WecomClient(config, tools);
});
afterEach(() => vendor.stop());

describe('the access token', () => {
  it('wecom-01 is fetched once by fifty parallel calls, and once more by fifty at its end', async () => {
    const many = () => Promise.all(Array.from({ length: 50 }, () => gateway.contacts.followUsers()));
    await many();
    expect(vendor.count('gettoken')).toBe(1);
    clock.advance(6_899_000);
    await many();
    expect(vendor.count('gettoken')).toBe(1);
    clock.advance(1_000);
    await many();
    expect(vendor.count('gettoken')).toBe(2);
  });

  it('wecom-02 is replaced once when it was revoked, however many calls notice, and each call is repeated once', async () => {
    await gateway.contacts.followUsers();
    api = (_, token) => (token === 'token-1' ? { errcode: 40014, errmsg: 'invalid' } : { errcode: 0, errmsg: 'ok' });
    await Promise.all(Array.from({ length: 20 }, () => gateway.contacts.followUsers()));
    expect(vendor.count('gettoken')).toBe(2);
    api = () => ({ errcode: 42001, errmsg: 'expired' });
    const before = vendor.count('get_follow_user_list');
    await expect(gateway.contacts.followUsers()).rejects.toMatchObject({ errcode: 42001, kind: 'TOKEN' });
    expect(vendor.count('get_follow_user_list') - before).toBe(2);
  });

  it('wecom-03 is not asked for during an hour after a bad secret', async () => {
    vendor.respond = () => ({ body: '{"errcode":40001,"errmsg":"invalid credential"}' });
    const ask = () => gateway.contacts.followUsers();
    for (let i = 0; i < 5; i += 1) await expect(ask()).rejects.toMatchObject({ errcode: 40001, kind: 'CONFIG' });
    expect(vendor.count('gettoken')).toBe(1);
    clock.advance(3_599_999);
    await expect(ask()).rejects.toMatchObject({ retryAtMs: NOW + 3_600_000 });
    expect(vendor.count('gettoken')).toBe(1);
    clock.advance(1);
    await expect(ask()).rejects.toThrow(WecomError);
    expect(vendor.count('gettoken')).toBe(2);
  });

  it('is not asked for inside a transaction', async () => {
    await expect(insideTransaction('t', () => gateway.contacts.followUsers())).rejects.toThrow(
      'inside the transaction',
    );
    expect(vendor.seen).toHaveLength(0);
  });
});

describe('welcome', () => {
  const welcome = () => new Welcome(client, async (ms) => clock.advance(ms));
  const input = {
    welcomeCode: 'c',
    eventAtMs: NOW,
    text: '你好',
    attachments: [{ kind: 'image' as const, mediaId: 'm' }],
  };

  it('wecom-08 is tried again while another app is sending, and stops when it has sent', async () => {
    let left = 2;
    api = () => (left-- > 0 ? { errcode: 41096, errmsg: '' } : { errcode: 0, errmsg: '' });
    expect(await welcome().send(input)).toBe('SENT');
    api = () => ({ errcode: 41051, errmsg: '' });
    expect(await welcome().send(input)).toBe('ALREADY');
    api = () => ({ errcode: 41050, errmsg: '' });
    expect(await welcome().send(input)).toBe('MISSED');
  });

  it('wecom-08 ends at twenty seconds after the event', async () => {
    api = () => ({ errcode: 41096, errmsg: '' });
    expect(await welcome().send(input)).toBe('MISSED');
    expect(clock.now() - NOW).toBeLessThan(20_400);
    const calls = vendor.count('send_welcome_msg');
    expect(await welcome().send(input)).toBe('MISSED');
    expect(vendor.count('send_welcome_msg')).toBe(calls);
  });

  it('wecom-33 greets in words alone when the picture has run out', async () => {
    api = (_cgi, _token, body) => ({ errcode: body.includes('attachments') ? 40007 : 0, errmsg: '' });
    expect(await welcome().send(input)).toBe('SENT');
  });
});

describe('tags', () => {
  it('wecom-15 are written one after the other for a pair, and a conflict from elsewhere is tried three times', async () => {
    const order: string[] = [];
    let conflicts = 2;
    api = (_cgi, _token, body) => {
      order.push((JSON.parse(body) as { add_tag: string[] }).add_tag.join());
      return { errcode: conflicts-- > 0 ? 45035 : 0, errmsg: '' };
    };
    const tags = new Tags(client, async () => {});
    const pair = { userId: 'Zhang', externalUserId: 'wm1' };
    await Promise.all([tags.mark({ ...pair, add: ['a'] }), tags.mark({ ...pair, userId: 'zhang', add: ['b'] })]);
    expect(order).toEqual(['a', 'a', 'a', 'b']);
    api = () => ({ errcode: 45035, errmsg: '' });
    await expect(tags.mark({ ...pair, add: ['c'] })).rejects.toMatchObject({ kind: 'RETRY' });
    const calls = vendor.count('mark_tag');
    await tags.mark(pair);
    expect(vendor.count('mark_tag')).toBe(calls);
  });

  it('name what WeCom refused, until when to rest, and repeat nothing whose answer was lost', async () => {
    const pair = { userId: 'Zhang', externalUserId: 'wm1', add: ['a'], remove: ['b'] };
    api = (_cgi, _token, body) => {
      expect(JSON.parse(body)).toEqual({ userid: 'Zhang', external_userid: 'wm1', add_tag: ['a'], remove_tag: ['b'] });
      return { errcode: 0, errmsg: 'ok' };
    };
    await gateway.tags.mark(pair);
    for (const [errcode, kind] of [
      [40068, 'DATA'],
      [84061, 'DATA'],
      [40144, 'QUOTA'],
    ] as const) {
      api = () => ({ errcode, errmsg: '' });
      await expect(gateway.tags.mark(pair)).rejects.toMatchObject({ errcode, kind });
    }
    const answer = vendor.respond;
    const before = vendor.count('mark_tag');
    vendor.respond = (request) =>
      request.path.includes('mark_tag') ? { status: 502, body: 'bad gateway' } : answer(request);
    await expect(gateway.tags.mark(pair)).rejects.toMatchObject({ kind: 'NETWORK', errcode: null });
    expect(vendor.count('mark_tag')).toBe(before + 1);
    vendor.respond = answer;
    api = () => ({ errcode: 45009, errmsg: '' });
    const nextMinute = (Math.floor(NOW / 60_000) + 1) * 60_000;
    await expect(gateway.tags.mark(pair)).rejects.toMatchObject({ kind: 'RATE', retryAtMs: nextMinute });
  });
});

describe('contacts, messages and mass-sends', () => {
  it('reads both spellings of tags and pages through followers', async () => {
    api = (cgi) => {
      const tags = [
        { tag_id: 'et1', type: 1 },
        { tag_name: 'mine', type: 2 },
      ];
      if (cgi === 'externalcontact/get') {
        const contact = { external_userid: 'wm1', name: '小王', type: 1, gender: 1, unionid: 'u1' };
        const second = vendor.seen.at(-1)!.path.includes('cursor=n');
        const follow = { userid: second ? 'b' : 'a', createtime: 1, tags, state: 's1' };
        return { errcode: 0, external_contact: contact, follow_user: [follow], next_cursor: second ? '' : 'n' };
      }
      const info = { userid: 'a', createtime: 1, tag_id: ['et1', 'st2'] };
      return {
        errcode: 0,
        external_contact_list: [{ external_contact: { external_userid: 'wm2', name: 'x' }, follow_info: info }],
      };
    };
    const one = await gateway.contacts.get('wm1');
    expect(one.follows.map((follow) => [follow.userId, follow.tagIds, follow.state])).toEqual([
      ['a', ['et1'], 's1'],
      ['b', ['et1'], 's1'],
    ]);
    const page = await gateway.contacts.batchGetByUser(['a']);
    expect(page.contacts[0]).toMatchObject({ contact: { unionid: null }, follow: { tagIds: ['et1', 'st2'] } });
    api = () => ({ errcode: 84061, errmsg: 'not external contact' });
    expect(await gateway.contacts.list('a')).toEqual([]);
  });

  it('wecom-31 maps the lower-case ids of people it did not reach back to ours', async () => {
    api = () => ({ errcode: 0, msgid: 'm1', invaliduser: 'zhangsan|wangwu' });
    const text = { kind: 'text' as const, content: '早' };
    expect(await gateway.messages.send(['ZhangSan', 'LiSi'], text)).toMatchObject({
      messageId: 'm1',
      invalidUserIds: ['ZhangSan'],
    });
    api = () => ({ errcode: 81013, errmsg: 'all invalid' });
    expect(await gateway.messages.send(['ZhangSan'], text)).toMatchObject({
      messageId: null,
      invalidUserIds: ['ZhangSan'],
    });
  });

  it('wecom-28 counts only what was really sent', async () => {
    api = () => ({ errcode: 0, send_list: [0, 1, 2, 3].map((status) => ({ external_userid: `wm${status}`, status })) });
    const { results } = await gateway.massSend.results('m', 'u');
    expect(results.map((row) => row.status)).toEqual(['UNSENT', 'SENT', 'NOT_FRIENDS', 'OVER_QUOTA']);
    await expect(gateway.massSend.create({ text: 'x' })).rejects.toThrow('sender or receivers');
  });

  it('wecom-17 pain-23 stops a cgi until the window ends after 45009, and says when', async () => {
    api = () => ({ errcode: 45009, errmsg: 'freq' });
    clock.set(NOW + 10_000);
    await expect(gateway.contacts.followUsers()).rejects.toMatchObject({ kind: 'RATE', retryAtMs: NOW + 60_000 });
  });

  it('wecom-34 says that somebody must allow our address, loudly and without trying again', async () => {
    api = () => ({ errcode: 60020, errmsg: 'not allow to access from your ip' });
    const told: string[] = [];
    const logger = { ...SILENT_LOGGER, error: (message: string) => void told.push(message) };
    const loud = new WecomGateway(gateway.config, clock, logger);
    await expect(loud.contacts.followUsers()).rejects.toMatchObject({ kind: 'CONFIG', errcode: 60020 });
    expect([told, vendor.count('get_follow_user_list')]).toEqual([['WeCom refuses because of a setting'], 1]);
  });

  it('wecom-30 says that a new mass-send is not to be asked about yet', async () => {
    api = () => ({ errcode: 41063, errmsg: 'creating' });
    await expect(gateway.massSend.tasks('m')).rejects.toMatchObject({ kind: 'RETRY' });
  });

  it('wecom-19 hands over by its own code for each contact and changes nothing of those that were refused', async () => {
    api = () => ({
      errcode: 0,
      customer: [
        { external_userid: 'wm1', errcode: 0 },
        { external_userid: 'wm2', errcode: 40128 },
      ],
    });
    const rows = await gateway.contacts.transfer({
      resigned: false,
      from: 'a',
      to: 'b',
      externalUserIds: ['wm1', 'wm2'],
    });
    expect(rows).toEqual([
      { externalUserId: 'wm1', errcode: 0 },
      { externalUserId: 'wm2', errcode: 40128 },
    ]);
  });

  it('tells a member from an outsider by the OAuth code', async () => {
    api = () => ({ errcode: 0, userid: 'ZhangSan', user_ticket: 'T' });
    expect(await gateway.oauth.getUserInfo('c')).toEqual({ kind: 'member', userId: 'ZhangSan', userTicket: 'T' });
    api = () => ({ errcode: 0, openid: 'o1', external_userid: 'wm1' });
    expect(await gateway.oauth.getUserInfo('c')).toEqual({ kind: 'outsider', openid: 'o1', externalUserId: 'wm1' });
    const url = gateway.oauth.authorizeUrl('https://m.example.com/sidebar/?a=1', 'abc');
    expect(url).toContain('redirect_uri=https%3A%2F%2Fm.example.com%2Fsidebar%2F%3Fa%3D1');
    expect(url.endsWith('#wechat_redirect')).toBe(true);
    expect(() => gateway.oauth.authorizeUrl('https://x', 'a-b')).toThrow(RangeError);
  });

  it('uploads media as a form and knows when it ends', async () => {
    api = () => ({ errcode: 0, media_id: 'M1', created_at: '1795300000' });
    const result = await gateway.media.upload('image', 'a.png', Buffer.from('0123456789'));
    expect(result).toEqual({ mediaId: 'M1', expiresAtMs: 1_795_300_000_000 + 3 * 86_400_000 });
    expect(vendor.seen.at(-1)!.body).toContain('name="media"; filename="a.png"');
  });
});
