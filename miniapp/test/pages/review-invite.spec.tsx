// @vitest-environment jsdom
import Taro from '@tarojs/taro';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '@/lib/use-query';
import ReviewInvite from '@/pages/review-invite/index';
import { session } from '@/session/session';
import { router } from '../taro-mock';
import { asked, forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const token = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5';
const purchase = {
  orderId: '501',
  orderNo: 'P501',
  storeName: '雪岭 杭州湖滨店',
  channel: 'POS',
  boughtAt: '2026-11-20T06:00:00.000Z',
  lines: [{ lineId: '1', productId: '101', name: '云脊羽绒服', spec: '松绿 M', imageUrl: null }],
  service: { guideName: '沈知夏', avatarUrl: null },
  rewardText: null,
};
const refusal = (status: number, code: string) => ({ $status: status, json: { code, message: '不能用了' } });

beforeEach(() => {
  forget();
  forgetQueries();
  session.set({ status: 'member', profile: null });
  router.params = { t: token };
  overrides[`GET /review-invites/${token}`] = purchase;
  overrides[`POST /review-invites/${token}`] = { items: [] };
});

describe('the page behind the code on a receipt', () => {
  it('sends goods and service together, once, with the code', async () => {
    render(<ReviewInvite />);
    expect((await screen.findByTestId('invite-store')).textContent).toBe('雪岭 杭州湖滨店');
    fireEvent.click(screen.getByTestId('stars-1-5'));
    for (const key of ['attitude', 'expertise', 'speed']) fireEvent.click(screen.getByTestId(`service-${key}-4`));
    fireEvent.click(screen.getByTestId('send-review'));
    fireEvent.click(screen.getByTestId('send-review'));
    await waitFor(() => expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/pages/my-reviews/index' }));
    const sent = asked.filter(({ method }) => method === 'POST');
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({
      path: `/review-invites/${token}`,
      body: { lines: [{ lineId: '1', stars: 5 }], service: { attitude: 4, expertise: 4, speed: 4 } },
    });
  });

  it('says that a code was used or is too old, and leads on', async () => {
    overrides[`GET /review-invites/${token}`] = refusal(409, 'INVITE_USED');
    const page = render(<ReviewInvite />);
    expect((await screen.findByTestId('invite-used')).textContent).toContain('已经评价过了');
    fireEvent.click(screen.getByTestId('to-my-reviews'));
    expect(Taro.redirectTo).toHaveBeenCalledWith({ url: '/pages/my-reviews/index' });
    page.unmount();
    forgetQueries();
    overrides[`GET /review-invites/${token}`] = refusal(409, 'INVITE_EXPIRED');
    render(<ReviewInvite />);
    expect((await screen.findByTestId('invite-expired')).textContent).toContain('30 天内');
  });

  it('shows that the code has ended when somebody else used it meanwhile', async () => {
    render(<ReviewInvite />);
    fireEvent.click(await screen.findByTestId('stars-1-3'));
    overrides[`POST /review-invites/${token}`] = refusal(409, 'INVITE_USED');
    overrides[`GET /review-invites/${token}`] = refusal(409, 'INVITE_USED');
    fireEvent.click(screen.getByTestId('send-review'));
    expect(await screen.findByTestId('invite-used')).toBeTruthy();
    expect(Taro.redirectTo).not.toHaveBeenCalled();
  });

  it('asks nothing with a code that cannot be one, and offers guests a login', async () => {
    router.params = { t: 'short' };
    const page = render(<ReviewInvite />);
    expect(screen.getByTestId('invite-code')).toBeTruthy();
    expect(asked).toHaveLength(0);
    page.unmount();
    router.params = { t: token };
    session.set({ status: 'guest', profile: null });
    render(<ReviewInvite />);
    expect(screen.getByTestId('login')).toBeTruthy();
  });
});
