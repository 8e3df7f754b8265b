import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { statement } from '../../../test/fixtures/money.mjs';
import type { StatementDetail } from '../../lib/types';
import { findAllIds, findId, type Override, renderApp } from '../../testing/render-app';
import { threadsOf } from './model';

const PATH = '/api/c/statements/501/2026-11-21';
const said = (act: 'DISPUTE' | 'ANSWER', note: string, seq: number | null): StatementDetail['history'][number] => ({
  act,
  by: act === 'ANSWER' ? '财务 刘敏' : '杭州拾羽',
  note,
  at: `2026-11-22T0${act === 'ANSWER' ? 3 : 2}:00:00.000Z`,
  line: seq === null ? null : { storeId: '1001', seq },
});
const disputed = (state: 'OPEN' | 'ANSWERED', history: StatementDetail['history']): StatementDetail => ({
  ...statement,
  state: 'DISPUTED',
  locksAt: null,
  disputes: [{ storeId: '1001', seq: 127, state }],
  history,
});
const answering =
  (detail: StatementDetail): Override =>
  ({ path }) =>
    path.startsWith(PATH) && !path.endsWith('/proof') ? { status: 200, body: detail } : undefined;

describe('a dispute', () => {
  it('names its lines and says why, or is not sent', async () => {
    const { calls } = renderApp({ at: '/statements/501/2026-11-21', role: 'FRANCHISEE' });
    fireEvent.click(await findId('statement-dispute'));
    const lines = await findAllIds('dispute-line');
    expect(lines).toHaveLength(statement.lines.length);
    fireEvent.click(screen.getByTestId('form-submit'));
    await waitFor(() => expect(screen.getByTestId('dispute-form').textContent).toContain('勾出有异议的行'));
    fireEvent.click(lines[1] as HTMLElement);
    fireEvent.change(screen.getByTestId('dispute-note'), { target: { value: '手续费多扣了' } });
    fireEvent.click(screen.getByTestId('form-submit'));
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/dispute'))?.body).toEqual({
        note: '手续费多扣了',
        lines: [{ storeId: '1001', seq: 127 }],
      }),
    );
  });

  it('is answered by headquarters at its line, and asked again by the franchisee there', async () => {
    const open = disputed('OPEN', [said('DISPUTE', '手续费多扣了', 127)]);
    const { calls } = renderApp({ at: '/statements/501/2026-11-21', override: answering(open) });
    const row = await findId('dispute');
    expect(row.textContent).toContain('SK202611210011023');
    expect(row.textContent).toContain('手续费多扣了');
    expect(screen.queryByTestId('statement-confirm')).toBeNull();
    fireEvent.click(within(row).getByTestId('line-answer'));
    fireEvent.change(await findId('line-answer-reason'), { target: { value: '按 0.6% 算' } });
    fireEvent.click(screen.getByTestId('line-answer-confirm'));
    await waitFor(() =>
      expect(calls.find((call) => call.path.endsWith('/answer'))?.body).toEqual({
        note: '按 0.6% 算',
        line: { storeId: '1001', seq: 127 },
      }),
    );
  });

  it('of the whole day is one thread, beside the lines that were named', () => {
    const whole = {
      ...disputed('OPEN', [said('DISPUTE', '整张都不对', null), said('ANSWER', '这笔没错', 127)]),
      disputes: statement.lines.map(({ storeId, seq }) => ({ storeId, seq, state: 'OPEN' as const })),
    };
    const { named, rest } = threadsOf(whole);
    expect([named.map(({ line }) => line.seq), rest.map(({ seq }) => seq)]).toEqual([[127], [126, 128, 129]]);
  });
});

const payable = {
  franchiseeId: '501',
  franchiseeName: '浙江云裳',
  dueFen: 40_000,
  frozenFen: 0,
  laterFen: 0,
  dayCount: 3,
};
const days = [
  { day: '2026-11-18', state: 'LOCKED', dueFen: 60_000, frozenFen: 0, laterFen: 0 },
  { day: '2026-11-19', state: 'LOCKED', dueFen: -20_000, frozenFen: 0, laterFen: 0 },
  { day: '2026-11-21', state: 'PUBLISHED', dueFen: 0, frozenFen: 0, laterFen: 9_000 },
];
const payouts: Override = ({ path, method }) => {
  if (path === '/api/c/payables') return { status: 200, body: { items: [payable], nextCursor: null } };
  if (path === '/api/c/payables/501') return { status: 200, body: days };
  if (path !== '/api/c/payouts') return undefined;
  return method === 'POST'
    ? {
        status: 409,
        body: { code: 'PAYOUT_AMOUNT', message: '这几天应付的金额刚刚变了，刷新后再核对一遍', traceId: 't1' },
      }
    : { status: 200, body: { items: [], nextCursor: null } };
};

describe('a payout', () => {
  it('pays what the chosen days still cost, takes no number of its own, and stays open when it is refused', async () => {
    const { calls } = renderApp({ at: '/statements?tab=payouts', override: payouts });
    fireEvent.click(await findId('payout-new'));
    const boxes = await findAllIds('payout-day');
    expect(boxes).toHaveLength(2);
    expect(screen.getByTestId('payout-amount').textContent).toContain('400.00');
    fireEvent.click(boxes[1] as HTMLElement);
    await waitFor(() => expect(screen.getByTestId('payout-amount').textContent).toContain('600.00'));
    fireEvent.change(screen.getByTestId('payout-reference'), { target: { value: 'ICBC-001' } });
    fireEvent.click(screen.getByTestId('form-submit'));
    await waitFor(() =>
      expect(calls.find((call) => call.method === 'POST' && call.path === '/api/c/payouts')?.body).toMatchObject({
        franchiseeId: '501',
        days: ['2026-11-18'],
        amountFen: 60_000,
        reference: 'ICBC-001',
      }),
    );
    expect((await findId('action-failed')).textContent).toContain('刚刚变了');
    expect(screen.getByTestId('payout-form')).toBeTruthy();
  });

  it('is recorded by headquarters alone; a franchisee reads what it is owed', async () => {
    renderApp({ at: '/statements?tab=payouts', role: 'FRANCHISEE', override: payouts });
    expect((await findAllIds('payable-row')).map((row) => row.textContent)).toEqual([
      expect.stringContaining('600.00'),
      expect.stringContaining('−¥200.00'),
      expect.stringContaining('待确认'),
    ]);
    expect(screen.getByTestId('totals').textContent).toContain('400.00');
    expect(screen.queryByTestId('payout-new')).toBeNull();
  });
});
