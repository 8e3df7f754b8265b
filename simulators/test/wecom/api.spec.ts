import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, CORP, corpApi, get, startTrial, type Trial } from './small-world.js';

let trial: Trial;
let call: (path: string, body?: unknown) => Promise<Answer>;
const external = (key: string): string => trial.sims.wecom.book.externalOf(key);

beforeAll(async () => {
  trial = await startTrial();
  call = corpApi(trial);
  for (const consumer of ['lin', 'fang', 'zhao']) {
    await trial.sims.wecom.human.addContact({ userid: 'G0001', consumer });
  }
});
afterAll(() => trial.stop());

describe('access tokens', () => {
  it('returns the same token inside its validity and refuses it after expiry and after revocation', async () => {
    const url = `${trial.sims.urls.wecom}/cgi-bin/gettoken?corpid=${CORP}&corpsecret=corp-secret`;
    const first = await get(url);
    expect((await get(url)).access_token).toBe(first.access_token);
    const use = (): Promise<Answer> =>
      get(`${trial.sims.urls.wecom}/cgi-bin/user/get?userid=g0001&access_token=${String(first.access_token)}`);
    expect(await use()).toMatchObject({ errcode: 0, userid: 'G0001' });
    await trial.sims.clock.advance(7200_000);
    expect((await use()).errcode).toBe(42001);
    trial.sims.wecom.tokens.revokeAll();
    expect((await use()).errcode).toBe(40014);
  });

  it('answers 40001 to a bad secret and bans the address after many', async () => {
    const url = `${trial.sims.urls.wecom}/cgi-bin/gettoken?corpid=${CORP}&corpsecret=wrong`;
    const codes: unknown[] = [];
    for (let n = 0; n < 21; n += 1) codes.push((await get(url)).errcode);
    expect(codes.slice(0, 20).every((code) => code === 40001)).toBe(true);
    expect(codes[20]).toBe(45009);
    await trial.sims.clock.advance(3_600_001);
    expect((await get(url.replace('wrong', 'corp-secret'))).errcode).toBe(0);
  });
});

describe('OAuth', () => {
  it('gives a code for the guide of the client that works once', async () => {
    const asked = await fetch(
      `${trial.sims.urls.wecom}/connect/oauth2/authorize?appid=${CORP}&redirect_uri=${encodeURIComponent('http://127.0.0.1:9/cb')}&state=abc`,
      { redirect: 'manual', headers: { cookie: 'sim_wecom_user=G0002' } },
    );
    const code = new URL(asked.headers.get('location') ?? '').searchParams.get('code');
    expect(await call(`auth/getuserinfo?code=${code}`)).toMatchObject({ errcode: 0, userid: 'G0002' });
    expect((await call(`auth/getuserinfo?code=${code}`)).errcode).toBe(42022);
    expect((await call('auth/getuserinfo?code=none')).errcode).toBe(40029);
  });
});

describe('reading contacts', () => {
  it('lists the contacts of a guide and answers 84061 for a guide without any', async () => {
    expect((await call('externalcontact/list?userid=G0001')).external_userid).toHaveLength(3);
    expect((await call('externalcontact/list?userid=G0002')).errcode).toBe(84061);
    expect((await call('externalcontact/list?userid=nobody')).errcode).toBe(60111);
  });

  it('pages the batch with a cursor bound to its query', async () => {
    const ask = (cursor: string, userids = ['G0001']): Promise<Answer> =>
      call('externalcontact/batch/get_by_user', { userid_list: userids, limit: 2, cursor });
    const first = await ask('');
    expect(first.external_contact_list).toHaveLength(2);
    expect((await ask(String(first.next_cursor))).external_contact_list).toHaveLength(1);
    expect((await ask(String(first.next_cursor), ['G0003'])).errcode).toBe(50100);
    expect((await ask('nonsense')).errcode).toBe(50100);
  });

  it('refuses reads above the cap of calls in flight with 45033', async () => {
    trial.sims.wecom.knobs.latencyMs = 40;
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('externalcontact/list?userid=G0001')));
    trial.sims.wecom.knobs.latencyMs = 0;
    expect(answers.filter(({ errcode }) => errcode === 45033)).toHaveLength(2);
  });

  it('blocks an API for a minute once its window is full', async () => {
    trial.sims.wecom.knobs.perMinute = 3;
    trial.sims.wecom.limits.reset();
    const codes: unknown[] = [];
    for (let n = 0; n < 5; n += 1) codes.push((await call('user/get?userid=G0001')).errcode);
    expect(codes).toEqual([0, 0, 0, 45009, 45009]);
    await trial.sims.clock.advance(61_000);
    expect((await call('user/get?userid=G0001')).errcode).toBe(0);
    trial.sims.wecom.knobs.perMinute = 10_000;
  });

  it('wecom-34 answers 60020 to an address outside the allowed list', async () => {
    trial.sims.wecom.knobs.ipAllowList = ['10.0.0.1'];
    expect((await call('user/get?userid=G0001')).errcode).toBe(60020);
    trial.sims.wecom.knobs.ipAllowList = null;
  });
});

describe('tags', () => {
  it('lets the app edit and delete only its own tags', async () => {
    const made = await call('externalcontact/add_corp_tag', {
      group_name: '尺码',
      tag: [{ name: 'M' }, { name: 'L' }],
    });
    const own = (made.tag_group as { tag: { id: string }[] }).tag[0]?.id ?? '';
    expect((await call('externalcontact/edit_corp_tag', { id: own, name: '中码' })).errcode).toBe(0);
    const admin = await trial.sims.wecom.humanTags.createTag('总部', ['重要']);
    const foreign = admin.tags[0]?.id ?? '';
    expect((await call('externalcontact/edit_corp_tag', { id: foreign, name: 'x' })).errcode).toBe(48002);
    expect((await call('externalcontact/del_corp_tag', { tag_id: [foreign] })).errcode).toBe(48002);
    const mark = { userid: 'G0001', external_userid: external('lin'), add_tag: [own, foreign] };
    expect((await call('externalcontact/mark_tag', mark)).errcode).toBe(0);
    expect((await call('externalcontact/mark_tag', { ...mark, add_tag: ['gone'] })).errcode).toBe(40068);
    const read = await call(`externalcontact/get?external_userid=${external('lin')}`);
    expect((read.follow_user as { tags: unknown[] }[])[0]?.tags).toHaveLength(2);
  });

  it('answers 45035 to two writes on one pair at a time', async () => {
    const tag = trial.sims.wecom.book.state.tagGroups[0]?.tags[0]?.id;
    trial.sims.wecom.knobs.latencyMs = 30;
    const body = { userid: 'G0001', external_userid: external('fang'), add_tag: [tag] };
    const codes = await Promise.all([1, 2].map(async () => (await call('externalcontact/mark_tag', body)).errcode));
    trial.sims.wecom.knobs.latencyMs = 0;
    expect(codes.sort()).toEqual([0, 45035]);
  });
});

describe('contact ways', () => {
  it('serves a QR picture whose code brings guide and state along', async () => {
    const made = await call('externalcontact/add_contact_way', {
      type: 1,
      scene: 2,
      state: 'store-7',
      user: ['G0003'],
    });
    const picture = await fetch(String(made.qr_code));
    expect(picture.headers.get('content-type')).toBe('image/png');
    const { relation } = await trial.sims.wecom.human.addContact({
      userid: 'G0003',
      consumer: 'zhao',
      configId: String(made.config_id),
    });
    expect(relation.state).toBe('store-7');
    const long = { type: 1, scene: 2, state: 'x'.repeat(31), user: ['G0003'] };
    expect((await call('externalcontact/add_contact_way', long)).errcode).toBe(40058);
  });
});

describe('media and app messages', () => {
  it('keeps an upload for three days', async () => {
    const form = new FormData();
    form.set('media', new Blob([Buffer.alloc(64, 7)], { type: 'image/png' }), 'a.png');
    const { access_token: token } = trial.sims.wecom.tokens.issue(CORP, 'corp-secret');
    const url = `${trial.sims.urls.wecom}/cgi-bin/media/upload?type=image&access_token=${token}`;
    const made = (await (await fetch(url, { method: 'POST', body: form })).json()) as Answer;
    expect(String(made.media_id)).toHaveLength(64);
    const file = await fetch(`${trial.sims.urls.wecom}/sim/media/${String(made.media_id)}`);
    expect((await file.arrayBuffer()).byteLength).toBe(64);
  });

  it('wecom-32 names wrong receivers in lower case and delivers a repeated message once when asked', async () => {
    const body = {
      touser: 'G0002|NoBody',
      msgtype: 'text',
      agentid: 1000002,
      text: { content: '早间任务包已备好' },
      enable_duplicate_check: 1,
    };
    expect((await call('message/send', body)).invaliduser).toBe('nobody');
    await call('message/send', body);
    const messages = await get(`${trial.sims.urls.desk}/control/chat/messages?userid=G0002&channel=app`);
    expect(messages.messages).toHaveLength(1);
    expect((await call('message/send', { ...body, touser: 'NoBody' })).errcode).toBe(81013);
  });
});
