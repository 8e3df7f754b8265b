import Taro from '@tarojs/taro';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api, TOKEN_KEY } from '@/lib/api-client';
import { readText, writeText } from '@/platform/storage';
import { ensureMember, login, loginAgain, session, startSession } from './session';
import { visit } from './visit';

const server = vi.hoisted(() => ({ logins: [] as unknown[], isTokenGood: (_token: string): boolean => true }));
const phone = vi.hoisted(() => ({ isThere: true }));
vi.mock('@/platform/transport', () => ({
  transport: async (request: { url: string; body?: string; headers: Record<string, string> }) => {
    if (request.url.endsWith('/login')) {
      server.logins.push(JSON.parse(request.body ?? '{}'));
      const answer = { token: `t${server.logins.length}`, isNew: false, profile: { id: '9001' } };
      return { status: 200, headers: {}, text: JSON.stringify(answer) };
    }
    const isGood = server.isTokenGood((request.headers.authorization ?? '').replace('Bearer ', ''));
    return { status: isGood ? 200 : 401, headers: {}, text: '[]' };
  },
}));
vi.mock('@/platform/wx', () => ({
  wx: {
    get isAvailable() {
      return phone.isThere;
    },
    login: async () => {
      if (!phone.isThere) throw new Error('no phone frame');
      return 'wx-code';
    },
  },
}));

beforeEach(() => {
  (Taro as unknown as { clearStorage(): void }).clearStorage();
  server.logins.length = 0;
  server.isTokenGood = () => true;
  phone.isThere = true;
  visit.set({});
  session.set({ status: 'unknown', profile: null });
});

describe('logging in', () => {
  it('happens silently at start and shares one attempt', async () => {
    await Promise.all([startSession(), login(), ensureMember()]);
    expect(server.logins).toEqual([{ code: 'wx-code' }]);
    expect(session.get().status).toBe('member');
    expect(readText(TOKEN_KEY)).toBe('t1');
  });

  it('carries the guide of the visit, also when the guide is learnt after the first login', async () => {
    const first = login();
    visit.set({ guideCode: 'g7Kd2m' });
    await first;
    await loginAgain();
    expect(server.logins.at(-1)).toEqual({ code: 'wx-code', guideCode: 'g7Kd2m' });
  });

  it('leaves a guest a guest where there is no WeChat', async () => {
    phone.isThere = false;
    await startSession();
    expect(await ensureMember()).toBe(false);
    expect(session.get().status).toBe('guest');
  });

  it('repeats a request once after 401 with the new token', async () => {
    await startSession();
    writeText(TOKEN_KEY, 'old');
    server.isTokenGood = (token) => token === 't2';
    await expect(api.mall.addresses()).resolves.toEqual([]);
    expect(server.logins).toHaveLength(2);
  });

  it('gives up when the new token is refused too', async () => {
    await startSession();
    server.isTokenGood = () => false;
    await expect(api.mall.addresses()).rejects.toMatchObject({ status: 401 });
    expect(server.logins).toHaveLength(2);
  });
});
