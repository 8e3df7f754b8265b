import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ChatPage } from '../src/features/contact';
import { WecomProblem } from '../src/platform/wecom-problem';
import { fakeServer } from './fake-server';
import { fakeWecom, show } from './fake-wecom';
import { Refusal } from './fixtures/answers';

async function openBank(over = {}) {
  const shown = show(<ChatPage firstContact={null} />, fakeWecom(over));
  fireEvent.click(await screen.findByTestId('tab-coupons'));
  await screen.findByTestId('coupon-bank');
  return shown;
}
const words = () => screen.getByTestId<HTMLTextAreaElement>('send-words');
const pickFirst = () => fireEvent.click(screen.getAllByTestId('coupon-pick')[0]!);
const send = () => fireEvent.click(screen.getByTestId('send-button'));
const fail = (kind: 'UNSUPPORTED' | 'PERMISSION') =>
  vi.fn(async () => {
    throw new WecomProblem(kind, 'sendChatMessage', 'sendChatMessage:fail');
  });

describe('the coupon bank in the chat', () => {
  it('shows what may be given, what was given and how far it got; what is used up cannot be picked', async () => {
    fakeServer();
    await openBank();
    expect((await screen.findAllByTestId('coupon-send')).map((row) => row.dataset.state)).toEqual([
      '已发，等 TA 领',
      '已领取',
      '已使用',
    ]);
    const picks = screen.getAllByTestId<HTMLButtonElement>('coupon-pick');
    expect(picks.map((pick) => pick.disabled)).toEqual([false, false, true]);
    expect(screen.getByTestId('coupon-quota').textContent).toContain('¥2,000');
  });

  it('costs no quota until it is sent: words, then card, then one report', async () => {
    const server = fakeServer();
    const { wecom } = await openBank();
    pickFirst();
    expect(words().value).toBe('陈屿 徒步，给你留了一张老友回店券，满 800 元可用，点开就能用。');
    expect(screen.getByTestId('send-card').textContent).toBe('优惠券 · 老友回店券');
    expect(server.named('POST /api/g/contacts')).toEqual([]);
    fireEvent.change(words(), { target: { value: '留了张券给你' } });
    send();
    send();
    await waitFor(() => expect(server.named('/coupon-sends/8100/report')[0]?.body).toEqual({ result: 'SENT' }));
    expect(server.named('POST /api/g/contacts').map((call) => call.body)).toEqual([
      { templateId: '301', words: '留了张券给你' },
    ]);
    expect(wecom.sendText).toHaveBeenCalledWith('留了张券给你');
    expect(wecom.sendCard).toHaveBeenCalledTimes(1);
    expect(words().value).toBe('');
  });

  it('gives the quota back when the card stayed behind and is given up', async () => {
    const server = fakeServer();
    await openBank({ sendCard: vi.fn(async () => 'CANCELLED' as const) });
    pickFirst();
    send();
    expect((await screen.findByTestId('leftover')).textContent).toContain('券卡还没有');
    expect(server.named('/report')).toEqual([]);
    fireEvent.click(screen.getByText('不用了'));
    await waitFor(() => expect(server.named('/coupon-sends/8100/report')[0]?.body).toEqual({ result: 'CANCELLED' }));
  });

  it('counts once the card that stayed behind has left', async () => {
    const server = fakeServer();
    const sendCard = vi.fn(async () => 'SENT' as const);
    sendCard.mockRejectedValueOnce(new WecomProblem('PERMISSION', 'sendChatMessage', 'sendChatMessage:fail'));
    await openBank({ sendCard });
    pickFirst();
    send();
    fireEvent.click(await screen.findByTestId('leftover-settle'));
    await waitFor(() => expect(server.named('/coupon-sends/8100/report')[0]?.body).toEqual({ result: 'SENT' }));
  });

  it('never copies words without their card: a client that cannot send reports a failure', async () => {
    const server = fakeServer();
    await openBank({ sendText: fail('UNSUPPORTED') });
    pickFirst();
    send();
    await waitFor(() => expect(server.named('/coupon-sends/8100/report')[0]?.body).toEqual({ result: 'FAILED' }));
    expect(screen.queryByTestId('leftover')).toBeNull();
  });

  it('says that the quota is used up and keeps the words', async () => {
    fakeServer({
      'POST /api/g/contacts/:x/coupon-sends': () => new Refusal(409, 'GUIDE_QUOTA', '这张券你今天的额度已用完'),
    });
    const { wecom } = await openBank();
    pickFirst();
    send();
    await waitFor(() => expect(screen.getByTestId('snackbar').textContent).toContain('额度已用完'));
    expect(words().value).not.toBe('');
    expect(wecom.sendText).not.toHaveBeenCalled();
  });
});

describe('tags of WeCom', () => {
  it('are shown beside ours and cannot be changed here', async () => {
    fakeServer();
    show(<ChatPage firstContact={null} />);
    const list = await screen.findByTestId('corp-tags');
    expect(list.textContent).toBe('渠道商场地推偏好户外');
    expect(list.querySelector('button')).toBeNull();
  });
});
