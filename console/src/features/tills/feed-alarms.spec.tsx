import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';

const feed = (at: number, alarms: string[]) => ({
  source: '门店收银系统',
  storeId: `10${at}`,
  storeName: `第 ${at} 家店`,
  state: alarms.length > 0 ? 'GAP' : 'IN_STEP',
  sequence: 1,
  missingFrom: alarms.length > 0 ? 2 : null,
  lastSnapshotAt: at === 1 ? null : '2026-11-21T12:00:00.000Z',
  lastMessageAt: '2026-11-21T12:00:00.000Z',
  driftRows: 0,
  driftPieces: 0,
  alarms,
});
const server =
  (feeds: object[] | null): Override =>
  ({ path }) => {
    if (path === '/api/c/stock-feeds')
      return feeds
        ? { status: 200, body: feeds }
        : { status: 500, body: { code: 'INTERNAL', message: '出错了', traceId: 't-1' } };
    return path === '/api/c/pos-devices' ? { status: 200, body: [] } : undefined;
  };

describe('stores whose stock went apart', () => {
  it('stand above the tills with every reason on a line of its own, a few at first and all on a tap', async () => {
    const feeds = [feed(0, []), ...[1, 2, 3, 4, 5, 6, 7].map((at) => feed(at, ['缺第 2 条库存消息', '相差 34 件']))];
    renderApp({ at: '/tills', override: server(feeds) });
    const rows = await findAllIds('feed-alarm');
    expect(rows).toHaveLength(5);
    expect(screen.getByTestId('feed-alarms').textContent).toContain('7 家门店的库存要核对');
    expect(rows[0]?.textContent).toContain('第 1 家店门店收银系统缺第 2 条库存消息相差 34 件还没有盘过');
    expect(rows[0]?.querySelector('a')?.getAttribute('href')).toBe('#/stores/101?tab=feeds');
    fireEvent.click(screen.getByTestId('feed-alarms-more'));
    expect(screen.getAllByTestId('feed-alarm')).toHaveLength(7);
    expect(screen.queryByTestId('feed-alarms-more')).toBeNull();
  });

  it('are no card at all while every feed is in step', async () => {
    renderApp({ at: '/tills', override: server([feed(0, [])]) });
    await findId('empty');
    expect(screen.queryByTestId('feed-alarms')).toBeNull();
  });

  it('are not passed over in silence when they cannot be loaded', async () => {
    renderApp({ at: '/tills', override: server(null) });
    expect((await findId('load-failed')).textContent).toContain('没能加载出来');
  });
});
