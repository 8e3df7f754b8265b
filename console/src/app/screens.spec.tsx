import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { proof } from '../../test/fixtures/money.mjs';
import { session } from '../lib/api';
import * as download from '../platform/download';
import { findAllIds, findId, renderApp } from '../testing/render-app';

const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });

describe('login', () => {
  it('goes where the person wanted to go, and carries the token from then on', async () => {
    const { calls } = renderApp({ at: '/invariants', role: 'NOBODY' });
    await findId('login-submit');
    fireEvent.change(screen.getByLabelText('账号'), { target: { value: 'liumin' } });
    fireEvent.change(screen.getByLabelText('密码'), { target: { value: 'secret' } });
    fireEvent.click(screen.getByRole('button', { name: '登录' }));
    expect(await findAllIds('invariant')).toHaveLength(6);
    expect(calls.find((call) => call.path === '/api/c/login')?.body).toEqual({ login: 'liumin', password: 'secret' });
    expect(calls.at(-1)?.headers['authorization']).toBe('Bearer token-of-the-fixture');
  });

  it('says in place that the password is wrong and lets the person try again', async () => {
    renderApp({
      role: 'NOBODY',
      override: (call) =>
        call.path === '/api/c/login'
          ? { status: 401, body: { code: 'LOGIN_WRONG', message: '账号或密码不对', traceId: 't1' } }
          : undefined,
    });
    await findId('login-submit');
    type('login-name', 'liumin');
    type('login-password', 'nope');
    fireEvent.click(screen.getByTestId('login-submit'));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toBe('账号或密码不对'));
    expect(session.token()).toBeNull();
  });

  it('returns to the login when the session has ended', async () => {
    renderApp({
      at: '/orders',
      override: (call) => (call.path === '/api/c/orders' ? { status: 401, body: {} } : undefined),
    });
    await findId('login-submit');
    expect(location.hash).toContain('back=%2Forders');
  });
});

describe('lists', () => {
  it('keep their filters in the address and send them', async () => {
    const { calls } = renderApp({ at: '/orders?state=TO_SHIP&store=1002&from=2026-11-20' });
    await findAllIds('order-row');
    const { query } = calls.find((call) => call.path === '/api/c/orders') ?? { query: '' };
    expect(query).toContain('storeId=1002');
    expect(query).toContain('state=TO_SHIP');
    expect(query).toContain('from=2026-11-20');
    expect(within(screen.getByTestId('totals')).getByText('合计')).toBeTruthy();
  });

  it('say what failed, give the trace id and load again on request', async () => {
    let isUp = false;
    renderApp({
      at: '/statements',
      override: (call) =>
        call.path === '/api/c/statements' && !isUp
          ? { status: 500, body: { code: 'INTERNAL', message: '服务开小差了', traceId: 'abc123' } }
          : undefined,
    });
    const failed = await findId('load-failed');
    expect(failed.textContent).toContain('abc123');
    isUp = true;
    fireEvent.click(screen.getByRole('button', { name: '重新加载' }));
    expect(await findAllIds('statement-row')).toHaveLength(3);
  });
});

describe('the split of an order', () => {
  it('shows every step with its formula, the parts with their sum, and what to do about a failed receiver', async () => {
    renderApp({ at: '/splits/900010' });
    await findId('order-split');
    expect(screen.getAllByTestId('entry')).toHaveLength(2);
    expect(screen.getByText('266310 × 0.6% 四舍五入')).toBeTruthy();
    expect(within(screen.getByTestId('legs')).getAllByText('¥2,263.70')).toHaveLength(2);
    expect(screen.getByTestId('sum-ok')).toBeTruthy();
    expect(screen.getByTestId('receivers').textContent).toContain('下一步：请导购在微信里完成实名认证');
    expect(screen.getByRole('img', { name: /加盟商.*¥1,729\.47/ })).toBeTruthy();
  });

  it('explains an order that has no split', async () => {
    renderApp({
      at: '/splits/77',
      override: (call) =>
        call.path.endsWith('/split')
          ? { status: 404, body: { code: 'NOT_FOUND', message: '没有', traceId: 't' } }
          : undefined,
    });
    expect((await findId('empty')).textContent).toContain('这单没有分账');
  });
});

describe('the rule editor', () => {
  it('refuses to keep a rule above the cap and says why, then lets a mended one through', async () => {
    const { calls } = renderApp({
      at: '/rules',
      override: (call) =>
        call.path === '/api/c/split-rules' && call.method === 'POST'
          ? { status: 200, body: { version: 5 } }
          : undefined,
    });
    await findAllIds('rule');
    fireEvent.click(screen.getByTestId('rule-new'));
    const [first] = await findAllIds('leg-percent');
    fireEvent.change(first!, { target: { value: '27' } });
    await waitFor(() => expect(screen.getAllByText('最坏情况分出 34.5%，超过上限 30%，不能发布')).toBeTruthy(), {
      timeout: 5000,
    });
    expect(screen.getByTestId<HTMLButtonElement>('rule-save').disabled).toBe(true);
    fireEvent.change(first!, { target: { value: '20' } });
    await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('rule-save').disabled).toBe(false), {
      timeout: 5000,
    });
    fireEvent.click(screen.getByTestId('rule-save'));
    await waitFor(() =>
      expect(calls.some((call) => call.method === 'POST' && call.path === '/api/c/split-rules')).toBe(true),
    );
  });

  it('cannot publish a draft whose worst case breaks the cap', async () => {
    renderApp({ at: '/rules' });
    expect(((await findId('rule-publish')) as HTMLButtonElement).disabled).toBe(true);
  });

  it('is closed to franchisees', async () => {
    renderApp({ at: '/rules', role: 'FRANCHISEE' });
    expect((await findId('empty')).textContent).toContain('总部管理');
    expect(screen.queryByTestId('nav-rules')).toBeNull();
  });
});

describe('a statement', () => {
  it('is summed again and gives its proof as a file, beside the way to the verifier', async () => {
    const save = vi.spyOn(download, 'downloadText').mockImplementation(() => {});
    renderApp({ at: '/statements/501/2026-11-21', role: 'FRANCHISEE' });
    await findId('statement-ok');
    fireEvent.click(screen.getByRole('button', { name: /下载证明/ }));
    await waitFor(() => expect(save).toHaveBeenCalled());
    const [name, text, kind] = save.mock.calls[0] ?? [];
    expect([name, kind]).toEqual([proof.fileName, 'application/x-ndjson']);
    expect(text).toBe(proof.text);
    expect(screen.getByTestId('verifier-link').getAttribute('href')).toBe('/verifier/');
  });
});

describe('a refund', () => {
  it('previews the amounts, asks first, and sends the same key when pressed again after a lost answer', async () => {
    let isLost = true;
    const { calls } = renderApp({
      at: '/orders?order=900010',
      override: (call) => {
        if (!call.path.endsWith('/refund')) return undefined;
        if (isLost) throw new TypeError('connection lost');
        return {
          status: 200,
          body: {
            id: '1',
            amountFen: 39_940,
            reason: '尺码不合',
            state: 'PROCESSING',
            stateText: '退款中',
            createdAt: '2026-11-22T06:00:00.000Z',
            finishedAt: null,
          },
        };
      },
    });
    fireEvent.click(await screen.findByRole('tab', { name: '退款' }, { timeout: 15_000 }));
    fireEvent.click(screen.getByLabelText('按商品退'));
    fireEvent.change(screen.getByLabelText('格纹羊绒围巾 墨绿 / 均码 退几件'), { target: { value: '1' } });
    expect((await findId('refund-preview')).textContent).toContain('¥399.40');
    fireEvent.change(screen.getByLabelText('退款原因'), { target: { value: '尺码不合' } });
    const press = async () => {
      fireEvent.click(screen.getByTestId('refund-ask'));
      fireEvent.click(await screen.findByRole('button', { name: '确认退款' }));
    };
    await press();
    await findId('action-failed');
    isLost = false;
    await press();
    await screen.findByText(/已受理退款 ¥399\.40/, {}, { timeout: 5000 });
    const sent = calls.filter((call) => call.path.endsWith('/refund'));
    expect(sent.map((call) => call.body)).toEqual(
      [0, 1].map(() => ({ lines: [{ lineId: '812', qty: 1 }], reason: '尺码不合' })),
    );
    expect(new Set(sent.map((call) => call.headers['idempotency-key'])).size).toBe(1);
  });
});
