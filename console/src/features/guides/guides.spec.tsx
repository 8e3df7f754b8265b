import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';
import { partText, scoreText } from './model';

const scores: Override = ({ path }) =>
  path === '/api/c/guide-scores'
    ? {
        status: 200,
        body: {
          meanHundredths: 450,
          items: [{ guideId: '701', sample: 12, isEnough: true, scoreHundredths: 468 }],
        },
      }
    : undefined;

describe('a guide at the desk', () => {
  it('opens from the list and shows the day, what came of the sends, and the money', async () => {
    renderApp({ at: '/guides', override: scores });
    fireEvent.click((await findAllIds('guide-row'))[0] as HTMLElement);
    const page = await findId('guide-page');
    const today = await findId('guide-today');
    expect(today.textContent).toContain('极寒鹅绒到店试穿邀约总部派的任务95311');
    expect(today.textContent).toContain('系统的提醒3————');
    expect(page.textContent).toContain('12 位里做了 6 位');
    expect(page.textContent).toContain('两天内刚联系过');
    expect((await findId('guide-sends')).textContent).toContain('93发出的 50%');
    expect(page.textContent).toContain('¥21,864.00');
    expect(page.textContent).toContain('可以收款');
    await waitFor(() => expect(screen.getByTestId('guide-figures').textContent).toContain('4.6812 条评价'));
  });

  it('says why there is no code and no work yet', async () => {
    const override: Override = ({ path }) =>
      path.endsWith('/work')
        ? {
            status: 200,
            body: {
              day: '2026-11-22',
              pack: null,
              today: [],
              sends: { days: 30, sent: 0, opened: 0, ordered: 0, orderFen: 0 },
            },
          }
        : undefined;
    renderApp({ at: '/guides/701', role: 'FRANCHISEE', override });
    await screen.findByText('今天的任务还没有派发', {}, { timeout: 15_000 });
    expect(screen.getByText('还没有给顾客发过')).toBeTruthy();
    expect(screen.getByText('企业微信还没有返回名片码')).toBeTruthy();
    expect(screen.queryByTestId('guide-end-sessions')).toBeNull();
  });

  it('logs the guide out after asking', async () => {
    const { calls } = renderApp({
      at: '/guides/701',
      override: ({ path }) => (path.endsWith('/end-sessions') ? { status: 200, body: { ok: true } } : undefined),
    });
    fireEvent.click(await findId('guide-end-sessions'));
    fireEvent.click(await findId('guide-end-sessions-confirm'));
    await screen.findByText('已下线');
    expect(calls.some((call) => call.path === '/api/c/guides/701/end-sessions')).toBe(true);
  });

  it('counts parts and scores in digits', () => {
    expect([partText(93, 186, '发出的'), partText(3, 0, '打开的'), partText(5, 3, '打开的')]).toEqual([
      '发出的 50%',
      '',
      '打开的 100%',
    ]);
    expect([scoreText(468), scoreText(405)]).toEqual(['4.68', '4.05']);
  });
});
