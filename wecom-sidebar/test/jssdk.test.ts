import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Signer } from '../src/platform/wecom';

type Said = Record<string, unknown>;
type Params = Record<string, unknown>;
const UA = 'Mozilla/5.0 (Windows NT 10.0) wxwork/4.1.36 MicroMessenger/7.0.1';

/** The SDK reads the user agent and the bridge when its module is evaluated: fake first, import after. */
async function load(answers: Record<string, (params: Params) => Said | null>, ua = UA) {
  const calls: { name: string; params: Params }[] = [];
  Object.defineProperty(navigator, 'userAgent', { value: ua, configurable: true });
  (window as unknown as Record<string, unknown>).WeixinJSBridge = {
    on() {},
    invoke(name: string, params: Params, done: (said: Said) => void) {
      calls.push({ name, params });
      const said = answers[name] ? answers[name](params) : { err_msg: `${name}:ok` };
      if (said) queueMicrotask(() => done(said));
    },
  };
  vi.resetModules();
  const { wecomClient } = await import('../src/platform/wecom');
  const { WecomProblem } = await import('../src/platform/wecom-problem');
  const sign = vi.fn<Signer>(async () => ({
    timestamp: '1700000000',
    nonceStr: 'n',
    signature: 's',
    corpId: 'ww7a1c3f5e9b2d4068',
    agentId: '1000002',
  }));
  return { calls, sign, wecom: wecomClient, WecomProblem, names: () => calls.map((call) => call.name) };
}
const person = () => ({ err_msg: 'getCurExternalContact:ok', userId: 'wmChenYu0000001' });
const card = {
  appid: 'wx5d2c7e9a1b3f4860',
  title: '羽绒服',
  imgUrl: 'https://x.test/a.png',
  page: 'pages/p/index.html?id=1',
};

afterEach(() => {
  Reflect.deleteProperty(window, 'WeixinJSBridge');
  Reflect.deleteProperty(navigator, 'userAgent');
});

describe('the real JS-SDK over a fake bridge', () => {
  it('configures once, then reads the contact and sends words before the card', async () => {
    const { wecom, sign, calls, names } = await load({ getCurExternalContact: person });
    wecom.start(sign);
    expect(await wecom.currentContact()).toBe('wmChenYu0000001');
    expect(await wecom.sendText('你好')).toBe('SENT');
    expect(await wecom.sendCard({ ...card, id: 'leak' } as typeof card)).toBe('SENT');
    expect(names()).toEqual(['agentConfig', 'getCurExternalContact', 'sendChatMessage', 'sendChatMessage']);
    expect(calls[0]!.params).toMatchObject({ corpid: 'ww7a1c3f5e9b2d4068', agentid: '1000002', signature: 's' });
    expect(calls[2]!.params).toMatchObject({ msgtype: 'text', text: { content: '你好' } });
    expect(calls[3]!.params['miniprogram']).toEqual(card);
    expect(sign).toHaveBeenCalledTimes(1);
  });

  it('wecom-23: signs the address without its fragment, and again only when path or query change', async () => {
    window.history.replaceState(null, '', '/sidebar/?from=a&key2=b#/chat');
    const { wecom, sign, names } = await load({ getCurExternalContact: person });
    wecom.start(sign);
    await wecom.currentContact();
    expect(sign.mock.calls).toEqual([['http://127.0.0.1:7321/sidebar/?from=a&key2=b', 'AGENT']]);
    window.location.hash = '#/today';
    await wecom.currentContact();
    expect(sign).toHaveBeenCalledTimes(1);
    window.history.replaceState(null, '', '/sidebar/?from=c#/today');
    await wecom.currentContact();
    expect(sign).toHaveBeenCalledTimes(2);
    expect(sign).toHaveBeenLastCalledWith('http://127.0.0.1:7321/sidebar/?from=c', 'AGENT');
    expect(names().filter((name) => name === 'agentConfig')).toHaveLength(2);
  });

  it('asks for the corp signature too on a client that needs config first', async () => {
    const { wecom, sign, names } = await load(
      { getCurExternalContact: person },
      'Mozilla/5.0 wxwork/3.0.20 MicroMessenger/7.0.1',
    );
    wecom.start(sign);
    await wecom.currentContact();
    expect(sign.mock.calls.map(([, kind]) => kind).sort()).toEqual(['AGENT', 'CORP']);
    expect(names()).toEqual(['preVerifyJSAPI', 'agentConfig', 'getCurExternalContact']);
  });

  it('tells a cancelled send from a failed one', async () => {
    let said: Said = { err_msg: 'sendChatMessage:cancel' };
    const { wecom, sign, WecomProblem } = await load({ sendChatMessage: () => ({ ...said }) });
    wecom.start(sign);
    expect(await wecom.sendText('你好')).toBe('CANCELLED');
    said = { err_msg: 'sendChatMessage:fail invalid imgUrl' };
    const problem = await wecom.sendText('你好').catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(WecomProblem);
    expect(problem).toMatchObject({ kind: 'REJECTED', errMsg: 'sendChatMessage:fail invalid imgurl' });
  });

  it('wecom-26: a refused permission comes with what to check and a code to read out', async () => {
    const { wecom, sign } = await load({
      getCurExternalContact: () => ({ err_msg: 'getCurExternalContact:fail no permission' }),
    });
    wecom.start(sign);
    const problem = await wecom.currentContact().catch((error) => error);
    expect(problem).toMatchObject({ kind: 'PERMISSION', opsCode: 'WW-PERMISSION-getCurExternalContact' });
    expect(problem.checks.join()).toContain('可调用接口的应用');
    expect(problem.checks.join()).toContain('客户联系');
    expect(problem.checks.join()).toContain('可见范围');
  });

  it('wecom-26: a refused signature is named as such, and a retry signs anew', async () => {
    let isGood = false;
    const { wecom, sign } = await load({
      agentConfig: () => ({ err_msg: isGood ? 'agentConfig:ok' : 'agentConfig:fail invalid signature' }),
      getCurExternalContact: person,
    });
    wecom.start(sign);
    await expect(wecom.currentContact()).rejects.toMatchObject({ kind: 'SIGNATURE' });
    isGood = true;
    expect(await wecom.currentContact()).toBe('wmChenYu0000001');
    expect(sign.mock.calls.length).toBeGreaterThanOrEqual(2);
  });

  it('names the wrong place when there is no customer in the chat', async () => {
    const { wecom, sign } = await load({
      getCurExternalContact: () => ({ err_msg: 'getCurExternalContact:fail without context of external contact' }),
    });
    wecom.start(sign);
    await expect(wecom.currentContact()).rejects.toMatchObject({ kind: 'NO_CONTEXT' });
  });

  it('wecom-27: an old client without the call is told apart from a failure', async () => {
    const { wecom, sign } = await load({
      sendChatMessage: () => ({ err_msg: 'sendChatMessage:fail function not exist' }),
    });
    wecom.start(sign);
    await expect(wecom.sendText('你好')).rejects.toMatchObject({ kind: 'UNSUPPORTED' });
  });

  it('gives up a call that the client never answers', async () => {
    const { wecom, sign } = await load({ getCurExternalContact: () => null });
    vi.useFakeTimers();
    wecom.start(sign);
    const outcome = expect(wecom.currentContact()).rejects.toMatchObject({ kind: 'TIMEOUT' });
    await vi.advanceTimersByTimeAsync(8_100);
    await outcome;
  });

  it('answers at once outside WeCom, where the SDK itself would wait for ever', async () => {
    const { wecom, sign, calls } = await load({}, 'Mozilla/5.0 Chrome/120');
    wecom.start(sign);
    expect(wecom.isInside).toBe(false);
    await expect(wecom.currentContact()).rejects.toMatchObject({ kind: 'OUTSIDE' });
    expect(calls).toEqual([]);
    expect(sign).not.toHaveBeenCalled();
  });

  it('tries again for a new signature after our server did not answer', async () => {
    const { wecom, sign } = await load({ getCurExternalContact: person });
    sign.mockRejectedValueOnce(Object.assign(new Error('x'), { code: 'NETWORK', traceId: null }));
    wecom.start(sign);
    await expect(wecom.currentContact()).rejects.toMatchObject({ kind: 'TIMEOUT' });
    expect(await wecom.currentContact()).toBe('wmChenYu0000001');
  });
});
