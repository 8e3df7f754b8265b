import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { ReviewsPage } from '../src/features/reviews';
import { fakeServer } from './fake-server';
import { show } from './fake-wecom';
import { me } from './fixtures/people';

describe('low scores', () => {
  it('lead to the customer, except those of an anonymous one', async () => {
    fakeServer();
    show(<ReviewsPage />);
    const [known, anonymous] = await screen.findAllByTestId('ticket');
    expect(within(known!).getByTestId('ticket-customer').getAttribute('href')).toBe('/customers/wmChenYu0000001');
    expect(within(anonymous!).queryByTestId('ticket-customer')).toBeNull();
    expect(anonymous!.textContent).toContain('超时未回访');
    expect(anonymous!.textContent).toContain('请再联系一次');
    expect(screen.getByTestId('my-score').textContent).toContain('4.68');
  });

  it('are called back by the manager with a note', async () => {
    const server = fakeServer();
    show(<ReviewsPage />);
    fireEvent.click((await screen.findAllByTestId('ticket-call-back'))[0]!);
    await screen.findByTestId('call-back-sheet');
    fireEvent.change(screen.getByTestId('call-back-words'), { target: { value: '已道歉，周末来换新' } });
    fireEvent.click(screen.getByTestId('call-back-confirm'));
    await waitFor(() =>
      expect(server.named('/review-tickets/81/call-back')[0]?.body).toEqual({ note: '已道歉，周末来换新' }),
    );
    await waitFor(() => expect(server.named('GET /api/g/review-tickets').length).toBe(2));
  });

  it('are only read by guides', async () => {
    fakeServer({ 'GET /api/g/me': () => ({ ...me, role: 'GUIDE' }) });
    show(<ReviewsPage />);
    expect((await screen.findAllByTestId('ticket')).length).toBe(2);
    expect(screen.queryByTestId('ticket-call-back')).toBeNull();
  });
});

describe('all reviews', () => {
  it('are answered once by the manager', async () => {
    const server = fakeServer();
    show(<ReviewsPage />);
    fireEvent.click(screen.getByTestId('reviews-ALL'));
    expect(await screen.findAllByTestId('store-review')).toHaveLength(2);
    fireEvent.click((await screen.findAllByTestId('review-reply'))[0]!);
    await screen.findByTestId('reply-sheet');
    fireEvent.change(screen.getByTestId('reply-words'), { target: { value: '谢谢喜欢' } });
    fireEvent.click(screen.getByTestId('reply-confirm'));
    await waitFor(() => expect(server.named('/reviews/91/reply')[0]?.body).toEqual({ text: '谢谢喜欢' }));
    expect(screen.getAllByTestId('review-reply')).toHaveLength(1);
  });
});
