import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';

const profile = (id: string, nickname: string) => ({
  id,
  memberNo: `M${id}`,
  nickname,
  avatarUrl: '',
  phoneMasked: null,
  level: 1,
  levelName: '雪友',
  growth: 0,
  nextLevelGrowth: null,
  joinedAt: '2026-11-13T01:00:00.000Z',
});
const person = (id: string, nickname: string) => ({
  profile: profile(id, nickname),
  status: 'ACTIVE',
  originText: '小程序',
  identities: [],
  orderCount: 1,
  totalFen: 100,
  lastOrderAt: null,
  guideName: null,
});
const blocker = (isFinal: boolean) => ({ code: 'PHONES_DIFFER', text: '两边的手机号不同', isFinal });
const pair = (isFinal: boolean) => ({
  candidate: {
    id: '9',
    state: 'OPEN',
    score: 60,
    signals: [],
    blockers: [],
    a: profile('1', '甲'),
    b: profile('2', '乙'),
    createdAt: '2026-11-21T14:10:01.000Z',
    decidedAt: null,
    decidedBy: null,
    reason: null,
  },
  preview: {
    from: person('1', '甲'),
    into: person('2', '乙'),
    canMerge: !isFinal,
    blockers: [blocker(isFinal)],
    effects: [
      {
        subject: 'order',
        title: '订单',
        text: '都归到保留的档案',
        fromText: '1',
        intoText: '1',
        afterText: '2',
        isWarning: false,
      },
    ],
  },
});
const serve =
  (isFinal: boolean): Override =>
  (call) =>
    call.path === '/api/c/merge-candidates/9' ? { status: 200, body: pair(isFinal) } : undefined;

describe('a pair of the merge queue', () => {
  it('cannot be merged against a final blocker, which is named', async () => {
    renderApp({ at: '/members/pairs/9', override: serve(true) });
    expect((await findId('merge-verdict')).textContent).toBe('两边的手机号不同');
    expect(screen.getByTestId<HTMLButtonElement>('merge-do').disabled).toBe(true);
    expect(await findAllIds('merge-side')).toHaveLength(2);
  });
  it('is merged only with a reason, in the direction that is shown', async () => {
    const { calls } = renderApp({ at: '/members/pairs/9', override: serve(false) });
    fireEvent.click(await findId('merge-do'));
    const confirm = await findId('merge-do-confirm');
    expect((confirm as HTMLButtonElement).disabled).toBe(true);
    fireEvent.change(screen.getByTestId('merge-do-reason'), { target: { value: '电话核实过' } });
    fireEvent.click(confirm);
    await waitFor(() => expect(calls.some((call) => call.path === '/api/c/merges')).toBe(true));
    const sent = calls.find((call) => call.path === '/api/c/merges');
    expect(sent?.body).toEqual({ fromId: '1', intoId: '2', reason: '电话核实过' });
    expect(sent?.headers['idempotency-key']).toMatch(/^[0-9a-f]{32}$/);
    expect((await findId('action-failed')).textContent).toContain('没有成功');
  });
  it('is not for franchisees', async () => {
    const { calls } = renderApp({ at: '/members/pairs/9', role: 'FRANCHISEE', override: serve(false) });
    expect((await findId('empty')).textContent).toContain('这一页由总部管理');
    expect(calls.some((call) => call.path.includes('merge-candidates'))).toBe(false);
  });
});
