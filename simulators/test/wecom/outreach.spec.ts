import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, corpApi, get, startTrial, type Trial } from './small-world.js';

const DAY = 86_400_000;
let trial: Trial;
let call: (path: string, body?: unknown) => Promise<Answer>;
const external = (key: string): string => trial.sims.wecom.book.externalOf(key);

beforeAll(async () => {
  trial = await startTrial();
  call = corpApi(trial);
});
afterAll(() => trial.stop());

const welcome = (code: string | undefined): Promise<Answer> =>
  call('externalcontact/send_welcome_msg', { welcome_code: code, text: { content: '你好，我是你的专属导购' } });

describe('welcome messages', () => {
  it('can be sent once within 20 seconds, after the busy answers of another app', async () => {
    trial.sims.wecom.knobs.welcomeBusyTimes = 2;
    const { welcomeCode } = await trial.sims.wecom.human.addContact({ userid: 'G0001', consumer: 'lin' });
    trial.sims.wecom.knobs.welcomeBusyTimes = 0;
    const codes: unknown[] = [];
    for (let n = 0; n < 4; n += 1) codes.push((await welcome(welcomeCode)).errcode);
    expect(codes).toEqual([41096, 41096, 0, 41051]);
    const chat = await get(`${trial.sims.urls.desk}/control/chat/messages?consumer=lin&channel=welcome`);
    expect(chat.messages).toMatchObject([{ from: 'guide', text: '你好，我是你的专属导购' }]);
  });

  it('dies after 20 seconds', async () => {
    const { welcomeCode } = await trial.sims.wecom.human.addContact({ userid: 'G0001', consumer: 'fang' });
    await trial.sims.clock.advance(20_500);
    expect((await welcome(welcomeCode)).errcode).toBe(41050);
  });

  it('has no code when the administrator set a welcome, and none when they are friends already', async () => {
    trial.sims.wecom.knobs.adminWelcomeUserids = ['G0003'];
    const { welcomeCode } = await trial.sims.wecom.human.addContact({ userid: 'G0003', consumer: 'lin' });
    expect(welcomeCode).toBeUndefined();
    expect(await trial.sims.wecom.human.addContact({ userid: 'G0001', consumer: 'lin' })).toMatchObject({
      added: false,
    });
  });
});

describe('half-made contacts', () => {
  it('stay out of reach of the APIs until the guide confirms', async () => {
    await trial.sims.wecom.human.addContact({ userid: 'G0002', consumer: 'fang', half: true });
    const remark = { userid: 'G0002', external_userid: external('fang'), remark: 'x' };
    expect((await call('externalcontact/remark', remark)).errcode).toBe(84061);
    await trial.sims.wecom.human.confirmContact('G0002', 'fang');
    expect((await call('externalcontact/remark', remark)).errcode).toBe(0);
  });
});

describe('mass messages', () => {
  const create = (): Promise<Answer> =>
    call('externalcontact/add_msg_template', { sender: 'G0001', text: { content: '新品到店' } });
  const results = async (msgid: unknown): Promise<unknown[]> =>
    (
      (await call('externalcontact/get_groupmsg_send_result', { msgid, userid: 'G0001' })).send_list as {
        status: number;
      }[]
    )
      .map(({ status }) => status)
      .sort();

  it('wecom-29 wecom-30 answer 41063 at first, wait for the guide, and report who is no friend or over quota', async () => {
    trial.sims.wecom.knobs.massSendPolicy = 'daily1';
    const first = await create();
    expect((await call('externalcontact/get_groupmsg_task', { msgid: first.msgid })).errcode).toBe(41063);
    await trial.sims.clock.advance(5000);
    expect(await results(first.msgid)).toEqual([0, 0]);
    await trial.sims.wecom.human.deleteByCustomer('G0001', 'fang');
    trial.sims.wecom.human.confirmMassSend('G0001');
    expect(await results(first.msgid)).toEqual([1, 2]);
    const second = await create();
    await trial.sims.clock.advance(5000);
    trial.sims.wecom.human.confirmMassSend('G0001');
    expect(await results(second.msgid)).toEqual([3]);
  });

  it('can be called to mind three times a day and cancelled once', async () => {
    const { msgid } = await create();
    await trial.sims.clock.advance(5000);
    const codes: unknown[] = [];
    for (let n = 0; n < 4; n += 1) codes.push((await call('externalcontact/remind_groupmsg_send', { msgid })).errcode);
    expect(codes).toEqual([0, 0, 0, 41094]);
    expect((await call('externalcontact/cancel_groupmsg_send', { msgid })).errcode).toBe(0);
    expect((await call('externalcontact/cancel_groupmsg_send', { msgid })).errcode).toBe(41093);
  });
});

describe('hand-over', () => {
  const move = (from: string, to: string, key: string): Promise<Answer> =>
    call('externalcontact/transfer_customer', {
      handover_userid: from,
      takeover_userid: to,
      external_userid: [external(key)],
    });
  const rowCode = async (answer: Promise<Answer>): Promise<unknown> =>
    ((await answer).customer as { errcode: number }[])[0]?.errcode;

  it('wecom-19 is carried out after 24 hours, names its source, and is limited to two in 90 days', async () => {
    await trial.sims.wecom.human.addContact({ userid: 'G0001', consumer: 'zhao' });
    await trial.sims.wecom.sender.idle();
    trial.receiver.received.length = 0;
    expect(await rowCode(move('G0001', 'G0002', 'zhao'))).toBe(0);
    expect(await rowCode(move('G0001', 'G0002', 'zhao'))).toBe(40100);
    const status = async (): Promise<unknown> =>
      (
        (await call('externalcontact/transfer_result', { handover_userid: 'G0001', takeover_userid: 'G0002' }))
          .customer as { status: number }[]
      )[0]?.status;
    expect(await status()).toBe(2);
    await trial.sims.clock.advance(DAY + 1000);
    await trial.sims.wecom.sender.idle();
    expect(await status()).toBe(1);
    expect(trial.receiver.field('Source')).toContain('DELETE_BY_TRANSFER');
    expect(trial.receiver.field('ChangeType').sort()).toEqual(['add_external_contact', 'del_external_contact']);
    expect(await rowCode(move('G0002', 'G0003', 'zhao'))).toBe(0);
    await trial.sims.wecom.human.transferDecision('zhao', 'refuse');
    await trial.sims.wecom.sender.idle();
    expect(trial.receiver.field('FailReason')).toContain('customer_refused');
    expect(await rowCode(move('G0002', 'G0003', 'zhao'))).toBe(40128);
  });

  it('wecom-18 of a leaver starts from the unassigned list', async () => {
    expect((await call('externalcontact/get_unassigned_list', {})).info).toHaveLength(0);
    await trial.sims.wecom.human.resign('G0003');
    const list = await call('externalcontact/get_unassigned_list', {});
    expect(list.info).toMatchObject([{ handover_userid: 'G0003', external_userid: external('lin') }]);
    const body = { handover_userid: 'G0003', takeover_userid: 'G0002', external_userid: [external('lin')] };
    expect(await rowCode(call('externalcontact/resigned/transfer_customer', body))).toBe(0);
    expect(
      (await call('externalcontact/resigned/transfer_customer', { ...body, handover_userid: 'G0001' })).errcode,
    ).toBe(40097);
  });
});
