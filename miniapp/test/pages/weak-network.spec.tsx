// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { staleSince } from '@/lib/stale';
import { forgetQueries, reloadQueries } from '@/lib/use-query';
import Orders from '@/pages/orders/index';
import PayResult from '@/pages/pay-result/index';
import { session } from '@/session/session';
import { router } from '../taro-mock';
import { forget } from './render';

const network = vi.hoisted(() => ({ isGone: false }));
vi.mock('@/platform/transport', async () => {
  const { fixtureTransport } = await import('./render');
  const { ApiError } = await import('@shuke/shared/api');
  return {
    transport: async (request: Parameters<typeof fixtureTransport>[0]) => {
      if (network.isGone) throw new ApiError(0, 'NETWORK', '网络不太顺畅，请稍后再试', null, null);
      return fixtureTransport(request);
    },
  };
});

beforeEach(() => {
  forget();
  forgetQueries();
  staleSince.set(null);
  network.isGone = false;
  session.set({ status: 'member', profile: null });
  router.params = { id: '802' };
});

describe('without a network', () => {
  it('a page seen before keeps its content with its age, and refreshes on a tap', async () => {
    render(<PayResult />);
    await screen.findByTestId('pay-state');
    network.isGone = true;
    reloadQueries();
    expect((await screen.findByTestId('stale-age')).textContent).toContain('刚刚的内容');
    expect(screen.getByTestId('pay-state')).toBeTruthy();
    network.isGone = false;
    fireEvent.click(screen.getByTestId('stale-retry'));
    await waitFor(() => expect(screen.queryByTestId('stale-age')).toBeNull());
  });

  it('a list that was never loaded says so, offers to try again, and claims no older state', async () => {
    staleSince.set(1);
    network.isGone = true;
    render(<Orders />);
    fireEvent.click(await screen.findByTestId('retry'));
    await screen.findByTestId('retry');
    expect(screen.queryByTestId('stale-age')).toBeNull();
    network.isGone = false;
    fireEvent.click(screen.getByTestId('retry'));
    await waitFor(() => expect(screen.getAllByTestId('order-state').length).toBeGreaterThan(0));
  });
});
