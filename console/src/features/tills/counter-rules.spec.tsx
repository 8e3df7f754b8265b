import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { findId, type Override, renderApp } from '../../testing/render-app';

const rules =
  (isUp: () => boolean): Override =>
  ({ path, method }) => {
    if (path !== '/api/c/counter-rules') return undefined;
    if (!isUp()) return { status: 500, body: { code: 'INTERNAL', message: '服务开小差了，请稍后再试', traceId: 't1' } };
    return { status: 200, body: { undoMinutes: method === 'PUT' ? 3 : 10 } };
  };

describe('the rules of the counter', () => {
  it('say that they could not be read, load again on request, and are saved on their own', async () => {
    let isUp = false;
    const { calls } = renderApp({ at: '/tills', override: rules(() => isUp) });
    fireEvent.click(await findId('counter-rules'));
    const drawer = within(await screen.findByRole('dialog'));
    expect((await drawer.findByTestId('load-failed', {}, { timeout: 15_000 })).textContent).toContain('没能加载出来');
    isUp = true;
    fireEvent.click(drawer.getByTestId('retry'));
    const minutes = (await findId('undo-minutes')) as HTMLInputElement;
    expect(minutes.value).toBe('10');
    fireEvent.change(minutes, { target: { value: '3' } });
    fireEvent.click(screen.getByTestId('form-submit'));
    await waitFor(() => expect(calls.find((call) => call.method === 'PUT')?.body).toEqual({ undoMinutes: 3 }));
  });
});
