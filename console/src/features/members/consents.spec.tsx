import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findId, type Override, renderApp } from '../../testing/render-app';

const answer = (isGiven: boolean | null) => ({
  subBrand: 'MAIN',
  purpose: 'MARKETING',
  title: '活动与优惠消息',
  text: '上新、优惠券到期、会员日等消息',
  version: '2026.11',
  agreedVersion: isGiven ? '2026.11' : null,
  isGiven,
  canRefuse: true,
  at: isGiven === null ? null : '2026-11-20T01:00:00.000Z',
});
const detail = {
  person: {
    profile: {
      id: '7',
      memberNo: 'S7',
      nickname: '陈静',
      avatarUrl: '',
      phoneMasked: null,
      level: 1,
      levelName: '雪友',
      growth: 0,
      nextLevelGrowth: null,
      joinedAt: '2026-11-13T01:00:00.000Z',
    },
    status: 'ACTIVE',
    originText: '小程序',
    identities: [],
    orderCount: 0,
    totalFen: 0,
    lastOrderAt: null,
    guideName: null,
  },
  mergedInto: null,
  realNameMasked: null,
  birthday: null,
  isPersonalised: true,
  memberships: [],
  consents: [answer(true)],
  merges: [],
  assets: [],
};
const serve: Override = (call) => {
  if (call.path === '/api/c/members/7') return { status: 200, body: detail };
  if (!call.path.startsWith('/api/c/members/7/consents')) return undefined;
  const change = { subBrand: 'MAIN', purpose: 'MARKETING', title: '活动与优惠消息', version: '2026.11' };
  return {
    status: 200,
    body: {
      at: '2026-11-21T00:00:00.000Z',
      answers: [answer(false)],
      changes: [
        { ...change, at: '2026-11-21T02:00:00.000Z', isGiven: null, sourceText: '会员记录拆分，恢复合并前的回答' },
        { ...change, at: '2026-11-20T01:00:00.000Z', isGiven: false, sourceText: '本人在小程序里选择' },
      ],
    },
  };
};

describe('what a member agrees to', () => {
  it('is shown as it is now, and as it was at an instant with every change and how it came about', async () => {
    const { calls } = renderApp({ at: '/members/7', override: serve });
    expect((await findId('consents')).textContent).toContain('同意');
    expect(calls.some((call) => call.path.endsWith('/consents'))).toBe(false);
    fireEvent.click(screen.getByTestId('consents-past'));
    const changes = await findId('consent-changes');
    expect(changes.textContent).toContain('不再有回答：活动与优惠消息');
    expect(changes.textContent).toContain('本人在小程序里选择');
    expect(screen.getByTestId('consents').textContent).toContain('不同意');
    fireEvent.click(screen.getByTestId('consents-past'));
    await waitFor(() => expect(screen.queryByTestId('consent-changes')).toBeNull());
  });
});
