// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { callFrame, inFrame, onFrameShow } from './bridge.h5';
import { WxError } from './wx-types';

interface Posted {
  shuke: string;
  id: string;
  api: string;
  args: unknown;
}

/** A parent window that records what is posted and can answer. */
function frame() {
  const posted: Posted[] = [];
  const parent = { postMessage: (message: Posted) => posted.push(message) };
  Object.defineProperty(window, 'parent', { value: parent, configurable: true });
  const say = (data: unknown, source: unknown = parent) => {
    const event = new MessageEvent('message', { data });
    Object.defineProperty(event, 'source', { value: source });
    window.dispatchEvent(event);
  };
  return { posted, say };
}

afterEach(() => {
  Object.defineProperty(window, 'parent', { value: window, configurable: true });
  vi.useRealTimers();
});

describe('the bridge to the phone frame', () => {
  it('answers politely outside a frame', async () => {
    expect(inFrame()).toBe(false);
    const error = await callFrame('login').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WxError);
    expect(error).toMatchObject({ errMsg: 'login:fail no phone frame', isMissing: true });
  });

  it('matches answers to calls by id, in any order', async () => {
    const { posted, say } = frame();
    const first = callFrame<{ code: string }>('login');
    const second = callFrame('scanCode', { onlyFromCamera: true });
    expect(posted.map(({ shuke, api, args }) => [shuke, api, args])).toEqual([
      ['wx', 'login', {}],
      ['wx', 'scanCode', { onlyFromCamera: true }],
    ]);
    say({ shuke: 'wx-reply', id: posted[1]?.id, ok: true, result: { result: 'x' } });
    say({ shuke: 'wx-reply', id: posted[0]?.id, ok: true, result: { code: 'c1' } });
    expect(await second).toEqual({ result: 'x' });
    expect(await first).toEqual({ code: 'c1' });
  });

  it('tells a refusal from a fault and ignores other windows', async () => {
    const { posted, say } = frame();
    const paying = callFrame('requestPayment', {}).catch((reason: unknown) => reason);
    say({ shuke: 'wx-reply', id: posted[0]?.id, ok: true, result: {} }, window);
    say({ shuke: 'wx-reply', id: posted[0]?.id, ok: false, errMsg: 'requestPayment:fail cancel' });
    expect(await paying).toMatchObject({ errMsg: 'requestPayment:fail cancel', isRefused: true, isMissing: false });
  });

  it('gives up on a frame that never answers a quick call', async () => {
    vi.useFakeTimers();
    frame();
    const asking = callFrame('login', {}, 4_000).catch((reason: unknown) => reason);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await asking).toMatchObject({ isMissing: true });
  });

  it('hands a tapped card on with its path and query', () => {
    const { say } = frame();
    const heard: unknown[] = [];
    onFrameShow((query, path) => heard.push([path, query]));
    say({ shuke: 'wx-event', type: 'show', path: 'pages/product/index', query: { id: '7', g: 'g7Kd2m' } });
    expect(heard).toEqual([['pages/product/index', { id: '7', g: 'g7Kd2m' }]]);
  });
});
