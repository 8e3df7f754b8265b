// @vitest-environment jsdom
import type { StoreCard } from '@shuke/shared/contracts';
import Taro from '@tarojs/taro';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetQueries } from '@/lib/use-query';
import Home from '@/pages/home/index';
import { wx } from '@/platform/wx';
import { chooseStore, currentStore, forgetChoice, resolveStore } from '@/session/current-store';
import { session } from '@/session/session';
import { stores } from '../fixtures/stores.mjs';
import { asked, forget, overrides } from './render';

vi.mock('@/platform/transport', async () => ({ transport: (await import('./render')).fixtureTransport }));

beforeEach(() => {
  forget();
  forgetQueries();
  forgetChoice();
  Taro.clearStorage();
  session.set({ status: 'guest', profile: null });
  currentStore.patch({ status: 'resolving', store: null, candidates: [], guide: null, trouble: null });
});

describe('the home page', () => {
  it('names the store, says why and whether it is open', async () => {
    render(<Home />);
    await resolveStore();
    expect((await screen.findByTestId('store-name')).textContent).toBe('雪岭 杭州湖滨银泰店');
    expect(screen.getByTestId('store-open-text').textContent).toBe('营业中');
    expect(screen.getByTestId('store-reason').textContent).toBe('你的专属导购沈知夏在这家店');
    expect(await screen.findByText('云脊系列 上新')).toBeTruthy();
    fireEvent.click(screen.getAllByTestId('product-card-101')[0]!);
    expect(Taro.navigateTo).toHaveBeenCalledWith({ url: '/pages/product/index?id=101' });
  });

  it('asks when two stores are about as near and enters the chosen one', async () => {
    overrides['GET /enter'] = {
      resolution: { store: null, rule: 'LINK', reason: '', isUncertain: true, candidates: stores.slice(0, 2) },
      guide: null,
    };
    render(<Home />);
    await resolveStore();
    expect(await screen.findByTestId('store-ask')).toBeTruthy();
    fireEvent.click(screen.getByTestId('store-row-2'));
    expect((await screen.findByTestId('store-name')).textContent).toBe('雪岭 杭州武林天地店');
  });

  it('asks the phone for its position, but not again of a member who refused it', async () => {
    const ask = vi.spyOn(wx, 'fuzzyLocation').mockRejectedValue(new Error('refused'));
    vi.spyOn(wx, 'isAvailable', 'get').mockReturnValue(true);
    const cityList = { store: null, rule: 'CITY_LIST', reason: '', isUncertain: true, candidates: stores.slice(0, 2) };
    const enterAs = async (refusesPosition: boolean) => {
      overrides['GET /enter'] = { resolution: { ...cityList, refusesPosition }, guide: null };
      await resolveStore();
    };
    await enterAs(true);
    expect(ask).not.toHaveBeenCalled();
    expect(currentStore.get().isLocationRefused).toBe(true);
    await enterAs(false);
    expect(ask).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
  });

  it('keeps the chosen store through a refresh, and forgets the choice with a new launch', async () => {
    render(<Home />);
    await resolveStore();
    chooseStore(stores[2] as StoreCard);
    await resolveStore();
    expect((await screen.findByTestId('store-name')).textContent).toBe('雪岭 杭州万象城店');
    expect(screen.getByTestId('store-reason').textContent).toBe('你刚刚选了这家店');
    forgetChoice();
    session.set({ status: 'member', profile: null });
    await resolveStore();
    await waitFor(() => expect(screen.getByTestId('store-name').textContent).toBe('雪岭 杭州湖滨银泰店'));
  });

  it('lists stores by city when there is no position', async () => {
    overrides['GET /enter'] = {
      resolution: { store: null, rule: 'CITY_LIST', reason: '', isUncertain: false, candidates: [] },
      guide: null,
    };
    render(<Home />);
    await resolveStore();
    expect(await screen.findByTestId('store-city-list')).toBeTruthy();
    expect(await screen.findByText('哈尔滨')).toBeTruthy();
  });

  it('says what failed and loads again on request', async () => {
    overrides['GET /home'] = { $status: 500, json: { code: 'INTERNAL', message: '服务开小差了', traceId: 't-8f21' } };
    render(<Home />);
    await resolveStore();
    expect((await screen.findByTestId('failed')).textContent).toContain('t-8f21');
    delete overrides['GET /home'];
    fireEvent.click(screen.getByTestId('retry'));
    await waitFor(() => expect(screen.queryByTestId('failed')).toBeNull());
    expect(asked.filter((one) => one.path.startsWith('/home'))).toHaveLength(2);
  });
});
