import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import * as download from '../../platform/download';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';

const party = (id: string, name: string, getsFen: number, owesFen: number) => ({
  party: id,
  name,
  getsFen,
  owesFen,
  netFen: getsFen - owesFen,
});
const matrix = {
  from: '2026-11-01',
  to: '2026-11-22',
  totalFen: 22_800,
  sumFen: 0,
  isBalanced: true,
  parties: [
    party('HQ', '总部', 0, 10_000),
    party('STORE:1001', '湖滨店', 22_800, 0),
    party('STORE:77', '江汉路店', 0, 12_800),
  ],
  cells: [
    { fromParty: 'HQ', fromName: '总部', toParty: 'STORE:1001', toName: '湖滨店', fen: 10_000 },
    { fromParty: 'STORE:77', fromName: '江汉路店', toParty: 'STORE:1001', toName: '湖滨店', fen: 12_800 },
  ],
};
const entry = {
  id: '9',
  kind: 'WALLET_USE',
  kindText: '储值异店消费',
  subjectId: '1',
  note: '订单 20261122',
  day: '2026-11-22',
  at: '2026-11-22T04:00:00.000Z',
  legs: [
    { party: 'STORE:77', name: '江汉路店', fen: -12_800 },
    { party: 'STORE:1001', name: '湖滨店', fen: 12_800 },
  ],
};
const clearingServer =
  (more: Partial<typeof matrix> = {}, isCut = false): Override =>
  ({ path }) => {
    const bodies: Record<string, unknown> = {
      '/api/c/clearing/matrix': { ...matrix, ...more },
      '/api/c/clearing/days': [
        { day: '2026-11-22', isClosed: false, entryCount: 2, grossFen: 22_800, nettedFen: 0 },
        { day: '2026-11-21', isClosed: true, entryCount: 1, grossFen: 500, nettedFen: 500 },
      ],
      '/api/c/clearing/entries': { items: [entry], nextCursor: null },
      '/api/c/clearing/export': { fileName: '清分.csv', text: '﻿事由', isCut, rows: 5000, day: null },
    };
    return path in bodies ? { status: 200, body: bodies[path] } : undefined;
  };

describe('the clearing', () => {
  it('shows who owes whom with sums, and opens the entries behind an amount', async () => {
    const { calls } = renderApp({ at: '/clearing', override: clearingServer() });
    const cells = await findAllIds('heat-cell');
    expect(cells.map((cell) => cell.textContent)).toEqual(['¥128.00', '¥100.00']);
    expect(screen.getByTestId('nets').textContent).toContain('全部相加为零，账是平的');
    fireEvent.click(cells[0] as HTMLElement);
    const legs = within(await findId('clearing-entries')).getAllByTestId('clearing-leg');
    expect(legs.map((leg) => leg.textContent)).toEqual([
      expect.stringContaining('湖滨店应收¥128.00'),
      '江汉路店应付¥128.00',
    ]);
    expect(calls.find((call) => call.path === '/api/c/clearing/entries')?.query).toContain('party=STORE%3A77');
  });

  it('marks a sum that is not zero and says where to look', async () => {
    renderApp({ at: '/clearing', override: clearingServer({ isBalanced: false, sumFen: 1 }) });
    const nets = await findId('nets');
    expect(nets.textContent).toContain('不为零，请看账目自检');
    expect(within(nets).getByText('¥0.01').className).toContain('danger');
  });

  it('says in words that nobody owes anybody', async () => {
    renderApp({ at: '/clearing', override: clearingServer({ parties: [], cells: [], totalFen: 0 }) });
    expect((await findAllIds('empty'))[0]?.textContent).toContain('谁也不欠谁');
  });

  it('opens to a franchisee only what its own stores have a part in, without headquarters’ figure of a day', async () => {
    const stores = [{ id: '1001', name: '湖滨店', code: 'S1', regionName: '华东', franchiseeId: '501' }];
    renderApp({
      at: '/clearing',
      role: 'FRANCHISEE',
      override: (call) =>
        call.path === '/api/c/stores'
          ? { status: 200, body: { items: stores, nextCursor: null } }
          : clearingServer()(call),
    });
    const nets = await findId('nets');
    await waitFor(() => expect(within(nets).getByRole('button', { name: '湖滨店' })).toBeTruthy());
    expect(within(nets).queryByRole('button', { name: '江汉路店' })).toBeNull();
    expect((await findId('clearing-days')).textContent).not.toContain('轧差后要转');
  });

  it('says when an export was cut, so that nobody takes it for everything', async () => {
    const save = vi.spyOn(download, 'downloadText').mockImplementation(() => {});
    renderApp({ at: '/clearing', override: clearingServer({}, true) });
    await findId('nets');
    fireEvent.click(screen.getByTestId('clearing-export'));
    await screen.findByText(/只导出了前 5,000 笔/);
    expect(save).toHaveBeenCalledWith('清分.csv', '﻿事由', 'text/csv;charset=utf-8');
  });
});
