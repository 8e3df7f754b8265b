import { describe, expect, it } from '@jest/globals';
import { encrypt, getSignature } from '@wecom/crypto';
import { ManualClock } from '../../platform/clock/clock.js';
import { WecomCallback } from './callback.js';
import { jsSdkSignature } from './js-sdk.js';
import { InProcessRateGate } from './rate-gate.js';
import type { WecomConfig } from './wecom.config.js';
import { WECOM_ERRORS, WecomError, wecomErrorKind } from './wecom-error.js';
import { toWecomPage } from './wecom-page.js';

const NOW = 1_763_800_000_000;

describe('JS-SDK signature', () => {
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';
  it('wecom-23 is the documented one, and does not depend on the fragment', () => {
    for (const url of ['http://mp.weixin.qq.com?params=value', 'http://mp.weixin.qq.com?params=value#/page'])
      expect(jsSdkSignature(ticket, url, 'Wm3WZYTPz0wzccnW', 1414587457).signature).toBe(
        '0f9de62fce790f9a083d5c99e95740ceb90c27ed',
      );
  });
});

describe('pages', () => {
  it.each([
    ['sendChatMessage', 'pages/goods/index.html?id=1'],
    ['attachment', '/pages/goods/index.html?id=1'],
    ['templateCard', '/pages/goods/index.html?id=1'],
    ['miniprogramNotice', 'pages/goods/index?id=1'],
  ] as const)('are written for %s as %s', (api, page) => {
    expect(toWecomPage(api, 'pages/goods/index', 'id=1')).toBe(page);
    expect(toWecomPage(api, '/pages/goods/index.html', 'id=1')).toBe(page);
    expect(toWecomPage(api, 'pages/goods/index')).toBe(page.replace('?id=1', ''));
    expect(() => toWecomPage(api, 'pages/a?b=1')).toThrow(RangeError);
  });
});

describe('error kinds', () => {
  it('name each code once', () => {
    const codes = Object.values(WECOM_ERRORS).flat();
    expect(new Set(codes).size).toBe(codes.length);
    for (const [kind, list] of Object.entries(WECOM_ERRORS))
      for (const code of list) expect(wecomErrorKind(code)).toBe(kind);
    expect(wecomErrorKind(99999)).toBe('OTHER');
    expect(new WecomError('x', null, 'y', 'NETWORK').message).toBe('x: no answer y');
  });
});

describe('the rate gate', () => {
  it('lets a welcome go before a sync that waited longer, and keeps the pace', async () => {
    const clock = new ManualClock(NOW);
    const slept: number[] = [];
    const sleep = async (ms: number) => {
      slept.push(ms);
      clock.advance(ms);
    };
    const gate = new InProcessRateGate(clock, { list: { perMinute: 2, perHour: 100 } }, sleep);
    const order: string[] = [];
    const pass = async (name: string, priority: 'sync' | 'welcome') => {
      await gate.pass('ww', 'list', priority);
      order.push(name);
    };
    await Promise.all([
      pass('1', 'sync'),
      pass('2', 'sync'),
      pass('3', 'sync'),
      pass('4', 'sync'),
      pass('5', 'welcome'),
    ]);
    expect(order).toEqual(['1', '2', '5', '3', '4']);
    expect(clock.now() - NOW).toBe(90_000);
    expect(slept.every((ms) => ms === 30_000)).toBe(true);
  });

  it('holds a blocked cgi back and no other', async () => {
    const clock = new ManualClock(NOW);
    const gate = new InProcessRateGate(clock, {}, async (ms) => clock.advance(ms));
    await gate.block('ww', 'list', NOW + 60_000);
    await gate.pass('ww', 'get', 'sync');
    expect(clock.now()).toBe(NOW);
    await gate.pass('ww', 'list', 'sync');
    expect(clock.now()).toBe(NOW + 60_000);
  });
});

describe('callbacks', () => {
  const config = {
    corpId: 'ww7a1c3f5e9b2d4068',
    callbackToken: 'QDG6eK',
    callbackAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  } as WecomConfig;
  const callback = new WecomCallback(config, new ManualClock(NOW));
  const query = (sealed: string) => {
    const timestamp = String(NOW / 1000);
    return { msg_signature: getSignature(config.callbackToken, timestamp, 'n1', sealed), timestamp, nonce: 'n1' };
  };
  const push = (fields: string, receiveId = config.corpId, toUser = config.corpId) => {
    const xml = `<xml><ToUserName><![CDATA[${toUser}]]></ToUserName><FromUserName><![CDATA[sys]]></FromUserName><CreateTime>1763800000</CreateTime><MsgType><![CDATA[event]]></MsgType>${fields}</xml>`;
    const sealed = encrypt(config.callbackAesKey, xml, receiveId);
    const envelope = `<xml><ToUserName><![CDATA[${config.corpId}]]></ToUserName><AgentID>1000002</AgentID><Encrypt><![CDATA[${sealed}]]></Encrypt></xml>`;
    return callback.open(query(sealed), envelope);
  };
  const event = (name: string, change: string, rest: string) =>
    `<Event><![CDATA[${name}]]></Event><ChangeType><![CDATA[${change}]]></ChangeType>${rest}`;
  const pair = '<UserID><![CDATA[0012]]></UserID><ExternalUserID><![CDATA[wm1]]></ExternalUserID>';

  it('answer the address check with the plain text', () => {
    const echostr = encrypt(config.callbackAesKey, '1616140317555161061', config.corpId);
    expect(callback.verifyUrl({ ...query(echostr), echostr })).toEqual({ ok: true, reply: '1616140317555161061' });
    expect(callback.verifyUrl({ ...query(echostr), echostr, msg_signature: 'x' }).ok).toBe(false);
  });

  it('are refused for another receiver inside or around the seal, and when they are no XML', () => {
    expect(push(event('subscribe', '', ''), 'wwother')).toEqual({ ok: false, reason: 'WRONG_RECEIVER' });
    expect(push(event('subscribe', '', ''), config.corpId, 'wwother')).toEqual({ ok: false, reason: 'WRONG_RECEIVER' });
    expect(callback.open({}, 'not xml')).toEqual({ ok: false, reason: 'MALFORMED' });
  });

  it('are read as typed events with ids kept as text', () => {
    const added = push(
      event('change_external_contact', 'add_external_contact', `${pair}<State>S1</State><WelcomeCode>W1</WelcomeCode>`),
    );
    expect(added).toMatchObject({
      ok: true,
      event: {
        kind: 'contact-added',
        userId: '0012',
        externalUserId: 'wm1',
        state: 'S1',
        welcomeCode: 'W1',
        createdAtMs: NOW,
      },
    });
    const removed = event(
      'change_external_contact',
      'del_external_contact',
      `${pair}<Source>DELETE_BY_TRANSFER</Source>`,
    );
    expect(push(removed)).toMatchObject({ event: { kind: 'contact-removed-by-guide', byTransfer: true } });
    expect(push(event('change_external_contact', 'del_follow_user', pair))).toMatchObject({
      event: { kind: 'guide-removed-by-contact' },
    });
    expect(push(event('change_external_tag', 'shuffle', ''))).toMatchObject({
      event: { kind: 'tag-changed', id: null },
    });
    expect(push(event('brand_new', 'x', ''))).toMatchObject({ event: { kind: 'other', event: 'brand_new' } });
  });

  it('wecom-04 have one hash when repeated, and different ones for two tags created in the same second', () => {
    const tag = (id: string) => push(event('change_external_tag', 'create', `<Id>${id}</Id><TagType>tag</TagType>`));
    const [first, again, second] = [tag('et1'), tag('et1'), tag('et2')];
    if (!first.ok || !again.ok || !second.ok) throw new Error('expected three events');
    expect(again.hash).toBe(first.hash);
    expect(second.hash).not.toBe(first.hash);
    expect(second.event.createdAtMs).toBe(first.event.createdAtMs);
  });
});
