import { fireEvent, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router';
import { describe, expect, it } from 'vitest';
import { CasePage, CasesPage } from '../src/features/after-sales';
import { fakeServer } from './fake-server';
import { fakeWecom, show } from './fake-wecom';
import { Refusal } from './fixtures/answers';
import { afterSale } from './fixtures/desk';
import { me } from './fixtures/people';

const page = () =>
  show(
    <Routes>
      <Route path="/after-sales/:id" element={<CasePage />} />
    </Routes>,
    fakeWecom(),
    '/after-sales/71',
  );
const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });

describe('the list of cases', () => {
  it('asks first for what waits for the store, and says until when in the words of the store', async () => {
    const server = fakeServer({
      'GET /api/g/after-sales': ({ query }) => ({
        items: query.get('waitingOnly') === 'true' ? [{ ...afterSale('71'), isRefundFailed: false }] : [],
        nextCursor: null,
      }),
    });
    show(<CasesPage />);
    const row = await screen.findByTestId('case-row');
    expect(row.textContent).toContain('等店里答复');
    expect(row.textContent).toContain('11 月 24 日 04:12 前答复，到点自动同意');
    fireEvent.click(screen.getByTestId('cases-all'));
    expect(await screen.findByText('本店还没有售后')).toBeTruthy();
    expect(server.named('/after-sales').length).toBe(2);
  });
});

describe('a case', () => {
  it('is agreed by the manager once, with what follows said before', async () => {
    const server = fakeServer();
    page();
    fireEvent.click(await screen.findByTestId('case-approve'));
    expect((await screen.findByTestId('case-agree-sheet')).textContent).toContain('收到并检查过，再退款');
    const confirm = screen.getByTestId('case-agree-confirm');
    fireEvent.click(confirm);
    fireEvent.click(confirm);
    await waitFor(() => expect(screen.getByTestId('case-state').dataset.state).toBe('APPROVED'));
    expect(server.named('/approve')).toHaveLength(1);
    expect(screen.queryByTestId('case-approve')).toBeNull();
  });

  it('is refused only with a reason of some length, which the customer then reads', async () => {
    const server = fakeServer();
    page();
    fireEvent.click(await screen.findByTestId('case-refuse'));
    await screen.findByTestId('case-refusal-sheet');
    type('case-refusal-words', '不行');
    expect(screen.getByTestId<HTMLButtonElement>('case-refusal-confirm').disabled).toBe(true);
    type('case-refusal-words', '吊牌已剪，可以到店免费清洗');
    fireEvent.click(screen.getByTestId('case-refusal-confirm'));
    await waitFor(() => expect(server.named('/refuse')[0]?.body).toEqual({ text: '吊牌已剪，可以到店免费清洗' }));
    await waitFor(() => expect(screen.getByTestId('case-state').textContent).toContain('吊牌已剪'));
    expect(screen.queryByTestId('case-acts')).toBeNull();
  });

  it('lets a guide ask for another picture, which stops the clock, but not decide', async () => {
    const server = fakeServer({ 'GET /api/g/me': () => ({ ...me, role: 'GUIDE' }) });
    page();
    fireEvent.click(await screen.findByTestId('case-ask'));
    expect(screen.queryByTestId('case-approve')).toBeNull();
    expect(screen.queryByTestId('case-refuse')).toBeNull();
    fireEvent.click(await screen.findByText('请拍一下吊牌和水洗标，谢谢'));
    fireEvent.click(screen.getByTestId('case-message-confirm'));
    const asked = { text: '请拍一下吊牌和水洗标，谢谢', asksEvidence: true };
    await waitFor(() => expect(server.named('/messages')[0]?.body).toEqual(asked));
    await waitFor(() => expect(screen.getByTestId('case-talk').textContent).toContain('请拍一下吊牌和水洗标'));
    expect(screen.getByText('等客人补充')).toBeTruthy();
  });

  it('keeps the words when the server refuses, and says why', async () => {
    fakeServer({
      'POST /api/g/after-sales/:x/messages': () => new Refusal(409, 'AFTER_SALE_STATE', '这次售后已经结束'),
    });
    page();
    fireEvent.click(await screen.findByTestId('case-ask'));
    await screen.findByTestId('case-message-sheet');
    type('case-message-words', '请再拍一张');
    fireEvent.click(screen.getByTestId('case-message-confirm'));
    expect((await screen.findByTestId('case-message-problem')).textContent).toContain('已经结束');
    expect(screen.getByTestId<HTMLTextAreaElement>('case-message-words').value).toBe('请再拍一张');
  });

  it('receives a parcel that came back, and sends a replacement', async () => {
    const server = fakeServer({
      'GET /api/g/after-sales/:x': () =>
        afterSale('71', { state: 'SENT_BACK', kind: 'EXCHANGE', canApprove: false, canReceive: true }),
      'POST /api/g/after-sales/:x/receive': () =>
        afterSale('71', { state: 'RECEIVED', kind: 'EXCHANGE', canApprove: false, canResend: true }),
      'POST /api/g/after-sales/:x/resend': () =>
        afterSale('71', { state: 'RESENT', kind: 'EXCHANGE', canApprove: false }),
    });
    page();
    fireEvent.click(await screen.findByTestId('case-receive'));
    fireEvent.click(await screen.findByTestId('case-resend'));
    await screen.findByTestId('ship-tracking');
    type('ship-tracking', 'SF1234567890');
    fireEvent.click(screen.getByTestId('ship-confirm'));
    await waitFor(() => expect(server.named('/resend')[0]?.body?.trackingNo).toBe('SF1234567890'));
    await waitFor(() => expect(screen.getByTestId('case-state').dataset.state).toBe('RESENT'));
  });
});
