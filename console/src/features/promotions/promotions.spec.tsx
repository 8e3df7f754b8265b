import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { draft, fullReduction, run } from '../../../test/fixtures/campaigns.mjs';
import { findId, type Override, renderApp } from '../../testing/render-app';

/** A server that remembers whether the draft has been run. */
function promotionServer(): Override {
  let ran = false;
  const now = () => (ran ? { ...draft, lastRun: run, publishProblems: ['有 1 个价格低于底价'] } : draft);
  return ({ method, path }) => {
    if (path === '/api/c/promotion-plays') return { status: 200, body: [fullReduction] };
    if (path === '/api/c/promotions/701/what-if') {
      ran = true;
      return { status: 200, body: run };
    }
    if (path === '/api/c/promotions/701/publish')
      return {
        status: 200,
        body: { ...now(), state: 'LIVE', stateText: '进行中', canEdit: false, publishProblems: [] },
      };
    if (path === '/api/c/promotions/701') return { status: 200, body: now() };
    if (path === '/api/c/promotions' && method === 'POST') return { status: 200, body: draft };
    return undefined;
  };
}

describe('a draft of a promotion', () => {
  it('cannot be published before it was tried, and says why', async () => {
    renderApp({ at: '/promotions/701', override: promotionServer() });
    expect((await findId('publish')).hasAttribute('disabled')).toBe(true);
    expect(screen.getByTestId('publish-problems').textContent).toContain('还没有用过去的订单试算');
  });

  it('shows the run in sentences and asks for a reason before prices fall below the floor', async () => {
    const { calls } = renderApp({ at: '/promotions/701', override: promotionServer() });
    fireEvent.click(await findId('run'));
    expect((await findId('run-result')).textContent).toContain('有 14 单会用上，一共优惠 ¥2,850.00');
    fireEvent.click(screen.getByTestId('publish'));
    const confirm = await findId('publish-confirm');
    expect(confirm.hasAttribute('disabled')).toBe(true);
    fireEvent.change(screen.getByTestId('publish-reason'), { target: { value: '冬季主推' } });
    fireEvent.click(confirm);
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/publish'))?.body).toEqual({
        acceptsBelowFloor: true,
        reason: '冬季主推',
      }),
    );
  });
});

describe('the form of a play', () => {
  it('asks what the play asks and sends amounts in fen', async () => {
    const { calls } = renderApp({ at: '/promotions/new?kind=FULL_REDUCTION', override: promotionServer() });
    fireEvent.change(await findId('promotion-name'), { target: { value: '双十二满减' } });
    fireEvent.change(screen.getByTestId('term-tiers-atFen'), { target: { value: '3000' } });
    fireEvent.change(screen.getByTestId('term-tiers-cutFen'), { target: { value: '150.5' } });
    fireEvent.click(screen.getByTestId('promotion-save'));
    await waitFor(() =>
      expect(calls.find((call) => call.method === 'POST' && call.path === '/api/c/promotions')?.body).toMatchObject({
        kind: 'FULL_REDUCTION',
        name: '双十二满减',
        terms: { measure: 'MONEY', tiers: [{ atFen: 300_000, cutFen: 15_050 }] },
        bearers: [{ party: 'HQ', bp: 10_000 }],
      }),
    );
  });

  it('is not sent while the shares of cost are not whole', async () => {
    renderApp({ at: '/promotions/new?kind=FULL_REDUCTION', override: promotionServer() });
    fireEvent.change(await findId('promotion-name'), { target: { value: '双十二满减' } });
    fireEvent.change(screen.getByTestId('bearer-HQ'), { target: { value: '60' } });
    expect(screen.getByTestId('bearers-sum').textContent).toBe('还差 40% 没有人承担');
    expect(screen.getByTestId('promotion-save').hasAttribute('disabled')).toBe(true);
  });
});
