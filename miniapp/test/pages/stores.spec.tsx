// @vitest-environment jsdom
import type { StoreCard } from '@shuke/shared/contracts';
import Taro from '@tarojs/taro';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '@/lib/use-query';
import Stores from '@/pages/stores/index';
import { currentStore } from '@/session/current-store';
import { session } from '@/session/session';
import { stores } from '../fixtures/stores.mjs';
import { forget } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

const lake = { latitude: 30.27, longitude: 120.16 };

beforeEach(() => {
  forget();
  forgetQueries();
  session.set({ status: 'guest', profile: null });
  currentStore.patch({ status: 'ready', store: stores[1] as StoreCard, position: lake });
});

describe('the stores page', () => {
  it('begins with the store one is in and says of each how far it is and which way', async () => {
    render(<Stores />);
    const rows = await screen.findAllByTestId(/^store-row-/);
    expect(rows.map((row) => row.dataset.testid)).toEqual(['store-row-2', 'store-row-1', 'store-row-3']);
    expect(within(rows[0]!).getByText('当前门店')).toBeTruthy();
    expect(within(rows[1]!).getByTestId('store-far').textContent).toBe('南860 米');
  });

  it('shows the way where no map can be opened, and copies the address, without switching the store', async () => {
    render(<Stores />);
    fireEvent.click(await screen.findByTestId('go-3'));
    const sheet = await screen.findByTestId('way-sheet');
    expect(sheet.textContent).toContain('杭州上城区富春路 701 号 3 层 L312');
    fireEvent.click(screen.getByTestId('way-copy'));
    await waitFor(() => expect(screen.queryByTestId('way-sheet')).toBeNull());
    expect(Taro.setClipboardData).toHaveBeenCalledWith({ data: '杭州上城区富春路 701 号 3 层 L312' });
    expect(currentStore.get().store?.id).toBe('2');
  });
});
