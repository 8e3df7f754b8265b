// @vitest-environment jsdom
import type { StoreCard } from '@shuke/shared/contracts';
import Taro from '@tarojs/taro';
import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '@/lib/use-query';
import BargainPage from '@/pages/bargain/index';
import { checkoutDraft } from '@/session/checkout-draft';
import { currentStore } from '@/session/current-store';
import { session } from '@/session/session';
import { bargain } from '../fixtures/promotions.mjs';
import { stores } from '../fixtures/stores.mjs';
import { router } from '../taro-mock';
import { forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const mine = bargain as object;
const show = (more: object) => {
  overrides['GET /bargains/961'] = { ...mine, ...more };
  render(<BargainPage />);
  return screen.findByTestId('bargain-price');
};

beforeEach(() => {
  forget();
  forgetQueries();
  router.params = { id: '961' };
  session.set({ status: 'member', profile: null });
  currentStore.patch({ status: 'ready', store: stores[0] as StoreCard, rule: 'LINK', reason: '', guide: null });
});

describe('my bargain', () => {
  it('can be ordered before its floor where the rules allow it, and says so', async () => {
    await show({ canOrder: true });
    expect(screen.getByTestId('page-bargain').textContent).toContain('现在也可以按当前价下单');
    fireEvent.click(screen.getByTestId('order-bargain'));
    expect(checkoutDraft.get()?.activity).toEqual({ promotionId: '903', sessionId: '961' });
    expect(Taro.navigateTo).toHaveBeenCalled();
  });

  it('waits for its floor where that is needed', async () => {
    await show({ canOrder: false });
    expect(screen.queryByTestId('order-bargain')).toBeNull();
    expect(screen.getByTestId('page-bargain').textContent).toContain('砍到底价就能下单');
  });

  it('leads on when its time is over', async () => {
    await show({ state: 'EXPIRED', canOrder: false });
    expect(screen.getByTestId('bargain-over').textContent).toContain('再看看这个活动');
  });
});
