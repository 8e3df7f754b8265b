import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openidOf, unionidOf } from '../../src/core/index.js';
import { checkTemplateData } from '../../src/wechat-miniapp/index.js';
import { type Answer, APPID, get, post, startTrial, type Trial } from '../wecom/small-world.js';

let trial: Trial;
const base = (): string => trial.sims.urls.miniapp;
const stable = (force = false): Promise<Answer> =>
  post(`${base()}/cgi-bin/stable_token`, {
    grant_type: 'client_credential',
    appid: APPID,
    secret: 'app-secret',
    force_refresh: force,
  });
const call = async (path: string, body: unknown = {}): Promise<Answer> =>
  post(`${base()}${path}?access_token=${String((await stable()).access_token)}`, body);
const login = (code: string): Promise<Answer> =>
  get(`${base()}/sns/jscode2session?appid=${APPID}&secret=app-secret&js_code=${code}&grant_type=authorization_code`);

beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.stop());

describe('tokens', () => {
  const works = async (token: unknown): Promise<unknown> =>
    (await post(`${base()}/wxa/sec/order/is_trade_managed?access_token=${String(token)}`, {})).errcode;

  it('keeps the old stable token alive for five minutes beside the new one', async () => {
    const first = await stable();
    expect((await stable()).access_token).toBe(first.access_token);
    await trial.sims.clock.advance(6901_000);
    const second = await stable();
    expect(second.access_token).not.toBe(first.access_token);
    expect([await works(first.access_token), await works(second.access_token)]).toEqual([0, 0]);
    await trial.sims.clock.advance(300_000);
    expect([await works(first.access_token), await works(second.access_token)]).toEqual([42001, 0]);
  });

  it('kills the old token on a forced refresh, at most every 30 seconds', async () => {
    const first = await stable();
    const forced = await stable(true);
    expect([await works(first.access_token), await works(forced.access_token)]).toEqual([40001, 0]);
    expect((await stable(true)).errcode).toBe(44990);
  });
});

describe('login', () => {
  it('answers openid and unionid for a code once and within five minutes', async () => {
    const code = trial.sims.miniapp.codes.issue('login', 'lin');
    const session = await login(code);
    expect(session).toMatchObject({ openid: openidOf(APPID, 'lin'), unionid: unionidOf('lin') });
    expect(session.errcode).toBeUndefined();
    expect((await login(code)).errcode).toBe(40163);
    const late = trial.sims.miniapp.codes.issue('login', 'lin');
    await trial.sims.clock.advance(300_001);
    expect((await login(late)).errcode).toBe(40029);
  });

  it('gives the phone number for a phone code, and not for a login code', async () => {
    const code = trial.sims.miniapp.codes.issue('phone', 'lin');
    const answer = await call('/wxa/business/getuserphonenumber', { code });
    expect(answer.phone_info).toMatchObject({ purePhoneNumber: '13812345678', countryCode: '86' });
    const wrong = trial.sims.miniapp.codes.issue('login', 'lin');
    expect((await call('/wxa/business/getuserphonenumber', { code: wrong })).errcode).toBe(40029);
  });
});

describe('codes and links', () => {
  it('draws a PNG, or answers JSON for a bad scene', async () => {
    const token = String((await stable()).access_token);
    const url = `${base()}/wxa/getwxacodeunlimit?access_token=${token}`;
    const picture = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ scene: 'g=K7', page: 'pages/home/index' }),
    });
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(
      Buffer.from(await picture.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    expect((await call('/wxa/getwxacodeunlimit', { scene: '中文' })).errcode).toBe(40129);
    expect((await call('/wxa/getwxacodeunlimit', { scene: 'a', page: '/pages/home/index' })).errcode).toBe(41030);
  });

  it('makes no link that lives longer than 30 days', async () => {
    const body = { path: 'pages/home/index', query: 'a=1', expire_type: 1, expire_interval: 31 };
    expect((await call('/wxa/generate_urllink', body)).errcode).toBe(85401);
    const made = await call('/wxa/generate_urllink', { ...body, expire_interval: 30 });
    const opened = await fetch(String(made.url_link), { redirect: 'manual' });
    expect(opened.headers.get('location')).toContain(encodeURIComponent('pages/home/index?a=1'));
  });
});

describe('subscribe messages', () => {
  const send = (value: string): Promise<Answer> =>
    call('/cgi-bin/message/subscribe/send', {
      touser: openidOf(APPID, 'fang'),
      template_id: 'TPL',
      data: { thing1: { value } },
    });

  it('spends one accept for one message and names the field that does not fit', async () => {
    expect((await send('已发货')).errcode).toBe(43101);
    trial.sims.miniapp.ledger.accept(openidOf(APPID, 'fang'), 'TPL');
    const bad = await send('字'.repeat(21));
    expect(bad.errcode).toBe(47003);
    expect(String(bad.errmsg)).toContain('thing1');
    expect([(await send('已发货')).errcode, (await send('已发货')).errcode]).toEqual([0, 43101]);
    const chat = await get(`${trial.sims.urls.desk}/control/chat/messages?consumer=fang&channel=subscribe`);
    expect(chat.messages).toHaveLength(1);
  });

  it('keeps an answer for good where the person says so, and still counts each accept', async () => {
    const { ledger } = trial.sims.miniapp;
    const openid = openidOf(APPID, 'zhao');
    const at = `${trial.sims.urls.desk}/desk/phone/zhao/subscribe`;
    const say = (body: object): Promise<unknown> =>
      fetch(at, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    await say({ accepted: ['A'], refused: ['B'], isKept: true });
    await say({ accepted: ['A'], refused: ['B'] });
    expect([ledger.keptOf(openid), ledger.balance[`${openid}|A`], ledger.balance[`${openid}|B`]]).toEqual([
      { A: 'accept', B: 'reject' },
      2,
      undefined,
    ]);
    const sheet = await get(`${at}?ids=A,B,C`);
    expect((sheet.templates as { kept: string | null }[]).map(({ kept }) => kept)).toEqual(['accept', 'reject', null]);
    expect(await get(`${at}-settings`)).toEqual({ mainSwitch: true, itemSettings: { A: 'accept', B: 'reject' } });
  });

  it('knows the templates of a world that names them: their list, their keywords, and no others', async () => {
    const { core, ledger } = trial.sims.miniapp;
    const keywords = [
      { key: 'thing1', label: '商品', example: '羽绒服' },
      { key: 'amount2', label: '金额', example: '¥599.00' },
    ];
    core.world.miniapp.templates = [{ id: 'PAID', title: '下单成功通知', keywords }];
    const token = String((await stable()).access_token);
    expect(await get(`${base()}/wxaapi/newtmpl/gettemplate?access_token=${token}`)).toMatchObject({
      errcode: 0,
      data: [
        { priTmplId: 'PAID', title: '下单成功通知', content: '商品:{{thing1.DATA}}\n金额:{{amount2.DATA}}\n', type: 2 },
      ],
    });
    const touser = openidOf(APPID, 'fang');
    const sent = async (template_id: string, data: object): Promise<unknown> =>
      (await call('/cgi-bin/message/subscribe/send', { touser, template_id, data })).errcode;
    const full = { thing1: { value: '羽绒服' }, amount2: { value: '¥599.00' } };
    ledger.accept(touser, 'PAID');
    expect([await sent('OTHER', full), await sent('PAID', { thing1: full.thing1 }), await sent('PAID', full)]).toEqual([
      40037, 47003, 0,
    ]);
    const { messages } = await get(`${trial.sims.urls.desk}/control/chat/messages?consumer=fang&channel=subscribe`);
    expect((messages as object[]).at(-1)).toMatchObject({
      title: '下单成功通知',
      items: [
        { key: '商品', value: '羽绒服' },
        { key: '金额', value: '¥599.00' },
      ],
    });
    core.world.miniapp.templates = undefined;
  });

  it.each([
    ['time2', '2026年11月22日 08:30', true],
    ['time2', '明天早上', false],
    ['amount3', '¥599.00', true],
    ['amount3', '五百', false],
    ['phrase4', '待取货', true],
    ['phrase4', '六个汉字太长', false],
    ['character_string5', 'SK2026112200001', true],
    ['character_string5', '订单一', false],
    ['phone_number6', '138 1234 5678', true],
  ])('checks %s with %s', (field, value, fits) => {
    const check = (): unknown => checkTemplateData({ [field]: { value } });
    if (fits) expect(check()).toEqual({ [field]: value });
    else expect(check).toThrow(field);
  });
});

describe('content checks', () => {
  it('judges text of a recent visitor only', async () => {
    const openid = openidOf(APPID, 'zhao');
    const body = { version: 2, scene: 2, openid, content: '衣服很暖和' };
    expect((await call('/wxa/msg_sec_check', body)).errcode).toBe(61010);
    await login(trial.sims.miniapp.codes.issue('login', 'zhao'));
    expect((await call('/wxa/msg_sec_check', body)).result).toEqual({ suggest: 'pass', label: 100 });
    expect((await call('/wxa/msg_sec_check', { ...body, content: '刷单请加微信' })).result).toMatchObject({
      suggest: 'risky',
    });
  });

  it('pushes the result of a picture later', async () => {
    const body = { version: 2, media_type: 2, scene: 2, openid: 'o', media_url: 'http://127.0.0.1/risky.png' };
    const { trace_id: trace } = await call('/wxa/media_check_async', body);
    trial.receiver.received.length = 0;
    await trial.sims.clock.advance(3001);
    for (let n = 0; n < 50 && trial.receiver.received.length === 0; n += 1) await new Promise((r) => setTimeout(r, 10));
    const event = JSON.parse(trial.receiver.received[0]?.message ?? '{}') as Answer;
    expect(event).toMatchObject({ Event: 'wxa_media_check', trace_id: trace, result: { suggest: 'risky' } });
    expect(trial.receiver.received[0]?.receiveId).toBe(APPID);
  });
});
