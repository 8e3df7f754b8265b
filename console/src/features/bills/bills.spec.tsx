import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';
import { sideFen, signed } from './model';

const side = { kind: 'PAY', amountFen: 100_000, feeFen: 600, isDone: true };
const difference = {
  id: '71',
  day: '2026-11-21',
  bill: 'TRADE',
  class: 'AMOUNT',
  classText: '金额不一致',
  nextStep: '对照双方金额。',
  ref: 'P900010',
  transactionId: '42000',
  orderId: '900010',
  orderNo: '20261121900010',
  storeId: '1001',
  storeName: '湖滨店',
  ours: side,
  theirs: { ...side, amountFen: 100_100 },
  gapFen: 100,
  status: 'OPEN',
  owner: '总部财务',
  isMine: false,
  foundAt: '2026-11-22T03:00:00.000Z',
  resolvedAt: null,
  resolution: null,
};
const history = [{ at: difference.foundAt, by: '系统', text: '核对 2026-11-21 的账单时发现' }];

function billServer(): Override {
  let status = 'OPEN';
  return ({ path }) => {
    if (path === '/api/c/bill-differences')
      return { status: 200, body: { items: status === 'OPEN' ? [difference] : [], nextCursor: null } };
    if (path === '/api/c/bill-differences/71/close') status = 'RESOLVED';
    if (path.startsWith('/api/c/bill-differences/71'))
      return { status: 200, body: { ...difference, receiver: null, status, resolution: '微信已更正', history } };
    if (path === '/api/c/desk-users')
      return { status: 200, body: [{ id: '1', name: '刘敏', role: 'HQ', loginMasked: 'hq', lastLoginAt: null }] };
    return undefined;
  };
}

describe('differences between bills and books', () => {
  it('show both sides and the gap with its sign, and are closed with a note of some length', async () => {
    const { calls } = renderApp({ at: '/bills', override: billServer() });
    const [row] = await findAllIds('difference-row');
    expect(row?.textContent).toContain('¥1,001.00¥1,000.00+¥1.00');
    expect(calls.find((call) => call.path === '/api/c/bill-differences')?.query).toContain('status=OPEN');
    fireEvent.click(row as HTMLElement);
    expect((await findId('difference-sides')).textContent).toContain('¥1,001.00');
    fireEvent.click(screen.getByTestId('difference-close'));
    const confirm = await findId('difference-close-confirm');
    fireEvent.change(screen.getByTestId('difference-close-reason'), { target: { value: '好了' } });
    expect(confirm.hasAttribute('disabled')).toBe(true);
    fireEvent.change(screen.getByTestId('difference-close-reason'), { target: { value: '微信已更正' } });
    fireEvent.click(confirm);
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/close'))?.body).toEqual({ note: '微信已更正' }),
    );
    expect((await findId('empty')).textContent).toContain('没有未了结的差异');
  });

  it('are read by a franchisee, and worked on by headquarters', async () => {
    renderApp({ at: '/bills?difference=71', role: 'FRANCHISEE', override: billServer() });
    await findId('difference-sides');
    expect([screen.queryByTestId('difference-close'), screen.queryByTestId('bills-tab')]).toEqual([null, null]);
  });

  it('compare fees where fees differ, and nothing that is not done', () => {
    const pay = { kind: 'PAY' as const, amountFen: 100, feeFen: 6, isDone: true };
    expect([
      sideFen({ class: 'FEE' }, pay),
      sideFen({ class: 'AMOUNT' }, pay),
      sideFen({ class: 'STATE' }, { ...pay, isDone: false }),
    ]).toEqual([6, 100, null]);
    expect([signed('¥1.00', 100), signed('−¥1.00', -100)]).toEqual(['+¥1.00', '−¥1.00']);
  });
});
