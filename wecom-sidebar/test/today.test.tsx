import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../src/data/api';
import { TodayPage } from '../src/features/today';
import { WecomProblem } from '../src/platform/wecom-problem';
import { flushReports } from '../src/sending/report';
import { fakeServer } from './fake-server';
import { fakeWecom, show } from './fake-wecom';
import { item, pack } from './fixtures/work';

const copy = vi.fn(async (_: string) => undefined);
beforeEach(() => {
  copy.mockClear();
  Object.defineProperty(navigator, 'clipboard', { value: { writeText: copy }, configurable: true });
});

describe('morning pack', () => {
  it('sums up the morning and puts the next customer first', async () => {
    fakeServer();
    show(<TodayPage />);
    expect((await screen.findByTestId('pack-summary')).textContent).toBe('7 位 · 25 分钟 · 预计 ¥386');
    expect(screen.getByTestId('pack-ring').getAttribute('aria-label')).toBe('已完成 4 位，共 7 位');
    expect(screen.getByTestId('next-name').textContent).toBe('陈屿');
    expect(screen.getAllByTestId('pack-item').map((row) => row.dataset.state)).toEqual([
      'WAITING',
      'WAITING',
      'ORDERED',
      'OPENED',
      'SENT',
      'SKIPPED',
    ]);
  });

  it('copies the words, opens the chat, reports once on a double tap and moves to the next customer', async () => {
    const server = fakeServer();
    const { wecom } = show(<TodayPage />);
    const send = await screen.findByTestId('next-send');
    server.table['GET /api/g/morning-pack'] = () => ({
      ...pack,
      done: 5,
      items: pack.items.map((one) => (one.id === '601' ? item('601', { state: 'SENT', stateText: '已发' }) : one)),
    });
    fireEvent.click(send);
    fireEvent.click(send);
    await waitFor(() => expect(screen.getByTestId('next-name').textContent).toBe('赵一帆'));
    await waitFor(() => expect(server.named('/report')).toHaveLength(1));
    expect(server.named('/sends/7001/report')[0]?.body?.result).toBe('SENT');
    expect(wecom.openContactChat).toHaveBeenCalledTimes(1);
    expect(wecom.openContactChat).toHaveBeenCalledWith('wmChenYu0000001');
    expect(copy).toHaveBeenCalledTimes(1);
    expect(copy.mock.calls[0]![0]).toBe(pack.items[0]!.words);
    expect(server.named('/contacts/wmChenYu0000001/sends')[0]!.body).toMatchObject({ taskItemId: '601' });
  });

  it('skips with a reason', async () => {
    const server = fakeServer();
    show(<TodayPage />);
    fireEvent.click(await screen.findByTestId('next-skip'));
    fireEvent.click(await screen.findByTestId('skip-TALKED_TODAY'));
    await waitFor(() => expect(server.named('/task-items/601/skip')[0]?.body).toEqual({ reason: 'TALKED_TODAY' }));
  });

  it('marks an item as seen when the guide looks first', async () => {
    const server = fakeServer();
    show(<TodayPage />);
    fireEvent.click(await screen.findByTestId('next-look'));
    await waitFor(() => expect(server.named('/task-items/601/seen')).toHaveLength(1));
  });

  it('keeps a failed send where it is and reports it as failed', async () => {
    const server = fakeServer();
    show(
      <TodayPage />,
      fakeWecom({
        openContactChat: vi.fn(async () => {
          throw new WecomProblem('PERMISSION', 'openEnterpriseChat', 'openEnterpriseChat:fail no permission');
        }),
      }),
    );
    fireEvent.click(await screen.findByTestId('next-send'));
    await waitFor(() => expect(server.named('/report')[0]?.body?.result).toBe('FAILED'));
    expect(screen.getByTestId('next-name').textContent).toBe('陈屿');
    expect(screen.getByTestId('snackbar').textContent).toContain('没有给这个功能开权限');
  });

  it('keeps a report that the network lost and sends it later', async () => {
    const server = fakeServer({
      'POST /api/g/sends/:x/report': () => {
        throw new TypeError('no network');
      },
    });
    show(<TodayPage />);
    fireEvent.click(await screen.findByTestId('next-send'));
    await waitFor(() => expect(localStorage.getItem('shuke.unsent-reports')).toContain('7001'));
    server.table['POST /api/g/sends/:x/report'] = () => ({ ok: true });
    await flushReports(api);
    expect(localStorage.getItem('shuke.unsent-reports')).toBeNull();
  });

  it('says so when everything is done', async () => {
    fakeServer({ 'GET /api/g/morning-pack': () => ({ ...pack, done: 7, items: pack.items.slice(3) }) });
    show(<TodayPage />);
    expect(await screen.findByTestId('pack-done')).toBeTruthy();
  });
});
