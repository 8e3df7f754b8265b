// @vitest-environment jsdom
import type { MyNoticeKind, OrderDetail } from '@shuke/shared/contracts';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SoldOut } from '@/features/catalog/components/sold-out';
import { NoticeAsk } from '@/features/notices/components/notice-ask';
import { askAfterPaying } from '@/features/notices/model';
import { forgetQueries } from '@/lib/use-query';
import Notices from '@/pages/notices/index';
import { session } from '@/session/session';
import { asked, forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));
const wechat = vi.hoisted(() => ({ subscribe: vi.fn(), keptAnswers: vi.fn(), isAvailable: true }));
vi.mock('@/platform/wx', () => ({ wx: wechat }));

const SHIPPED = { templateId: 'TPL_SHIPPED', kind: 'ORDER_SHIPPED', title: '发货提醒' };
const PAID = { templateId: 'TPL_PAID_00', kind: 'ORDER_PAID', title: '下单成功' };
const answers = () => asked.filter((one) => one.method === 'POST' && one.path === '/notice-answers');

beforeEach(() => {
  forget();
  forgetQueries();
  session.set({ status: 'member', profile: null });
  overrides['GET /notice-asks'] = { items: [SHIPPED, PAID] };
  overrides['POST /notice-answers'] = { ok: true };
  wechat.keptAnswers.mockResolvedValue({});
});

describe('the offer after paying', () => {
  it('asks WeChat on the tap only, and tells the server what was answered', async () => {
    wechat.subscribe.mockResolvedValue({ TPL_SHIPPED: 'accept', TPL_PAID_00: 'reject' });
    wechat.keptAnswers.mockResolvedValue({ TPL_PAID_00: 'reject' });
    render(<NoticeAsk moment="PAID_SHIP" />);
    await screen.findByTestId('notice-ask');
    expect(wechat.subscribe).not.toHaveBeenCalled();
    fireEvent.click(screen.getByTestId('notice-ask-tap'));
    expect((await screen.findByTestId('notice-said')).textContent).toContain('服务通知');
    expect(wechat.subscribe).toHaveBeenCalledWith(['TPL_SHIPPED', 'TPL_PAID_00']);
    expect(answers()).toMatchObject([
      {
        body: {
          answers: [
            { templateId: 'TPL_SHIPPED', answer: 'ACCEPT', isAlways: false },
            { templateId: 'TPL_PAID_00', answer: 'REJECT', isAlways: true },
          ],
        },
        key: expect.stringMatching(/.{8}/),
      },
    ]);
  });

  it('takes no for an answer, and says what to do when WeChat does not even ask', async () => {
    wechat.subscribe.mockResolvedValueOnce({ TPL_SHIPPED: 'reject', TPL_PAID_00: 'reject' });
    const first = render(<NoticeAsk moment="PAID_SHIP" />);
    fireEvent.click(await screen.findByTestId('notice-ask-tap'));
    expect((await screen.findByTestId('notice-said')).textContent).toContain('不打扰你');
    first.unmount();
    wechat.subscribe.mockRejectedValueOnce(new Error('requestSubscribeMessage:fail The main switch is switched off'));
    render(<NoticeAsk moment="PAID_SHIP" />);
    fireEvent.click(await screen.findByTestId('notice-ask-tap'));
    expect((await screen.findByTestId('notice-said')).textContent).toContain('消息提醒关着');
    expect(answers()).toHaveLength(1);
  });

  it('leaves no trace where there is nothing to ask', async () => {
    overrides['GET /notice-asks'] = { items: [] };
    const { container } = render(<NoticeAsk moment="WALLET" />);
    await waitFor(() => expect(asked.some((one) => one.path.startsWith('/notice-asks'))).toBe(true));
    expect(container.innerHTML).toBe('');
  });

  it.each([
    [{ state: 'TO_SHIP' }, false, 'PAID_SHIP'],
    [{ state: 'TO_PICKUP', pickupCode: '12345678' }, false, 'PAID_PICKUP'],
    [{ state: 'TO_PICKUP', pickupCode: '12345678' }, true, 'PAID_GROUP'],
    [{ state: 'PENDING_PAY', presale: { due: 'TAIL' } }, false, 'PAID_DEPOSIT'],
    [{ state: 'REFUNDED' }, false, null],
  ])('after %o it is about %s', (order, isOfGroup, moment) => {
    const whole = { pickupCode: null, presale: null, ...order } as unknown as OrderDetail;
    expect(askAfterPaying(whole, isOfGroup)).toBe(moment);
  });
});

it('到货提醒我: asks WeChat first and keeps the wish whatever is answered', async () => {
  overrides['GET /notice-asks'] = { items: [{ ...SHIPPED, kind: 'BACK_IN_STOCK' }] };
  overrides['POST /arrival-notices'] = {};
  wechat.subscribe.mockRejectedValue(new Error('requestSubscribeMessage:fail'));
  const look = { latitude: 30, longitude: 120 };
  render(<SoldOut skuId="10101" spec="雾蓝 M" storeId="1" position={look} isBusy={false} onGo={() => undefined} />);
  const button = await screen.findByTestId('notify-arrival');
  await waitFor(() => expect(asked.some((one) => one.path.startsWith('/notice-asks'))).toBe(true));
  await new Promise((done) => setTimeout(done, 20));
  fireEvent.click(button);
  await waitFor(() => expect(asked.some((one) => one.path === '/arrival-notices')).toBe(true));
  expect(wechat.subscribe).toHaveBeenCalledWith(['TPL_SHIPPED']);
});

describe('the page of messages', () => {
  const kind = (more: Partial<MyNoticeKind>): MyNoticeKind => ({
    kind: 'ORDER_SHIPPED',
    title: '发货提醒',
    when: '门店发货后',
    templateId: 'TPL_SHIPPED',
    left: 0,
    isLasting: false,
    isRefused: false,
    isStopped: false,
    ...more,
  });
  const row = async (more: Partial<MyNoticeKind>) => {
    overrides['GET /notice-kinds'] = { items: [kind(more)] };
    overrides['GET /notices'] = { items: [], nextCursor: null };
    render(<Notices />);
    return (await screen.findByTestId('notice-standing')).textContent;
  };

  it.each([
    [{ left: 2 }, '还会提醒你 2 次'],
    [{ left: 1, isLasting: true }, '一直会提醒你'],
    [{}, '还没有同意接收'],
    [{ isStopped: true, left: 2 }, '已关闭，不会发给你'],
    [{ isRefused: true }, '在微信里选了不接收，可以在右上角「…」→ 设置 里打开'],
  ])('says how a kind stands: %o', async (more, words) => {
    expect(await row(more)).toBe(words);
    expect(screen.queryByTestId('notice-allow-ORDER_SHIPPED') !== null).toBe(words === '还没有同意接收');
  });

  it('shows what came and says so when nothing has', async () => {
    overrides['GET /notice-kinds'] = { items: [kind({})] };
    const lines = [{ label: '快递单号', value: 'SF1' }];
    const one = { id: '1', kind: 'ORDER_SHIPPED', title: '发货提醒', state: 'SENT', stateText: '已发送', lines };
    overrides['GET /notices'] = { items: [{ ...one, page: null, at: '2026-11-22T02:00:00.000Z' }], nextCursor: null };
    render(<Notices />);
    expect((await screen.findByTestId('notice-row')).textContent).toContain('快递单号 SF1');
  });
});
