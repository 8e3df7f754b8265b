import Taro from '@tarojs/taro';
import { beforeEach, expect, it, vi } from 'vitest';
import { arrived, go } from './navigate';

const opened = () => vi.mocked(Taro.navigateTo).mock.calls.map(([{ url }]) => url);

beforeEach(() => {
  vi.clearAllMocks();
  vi.useFakeTimers();
  arrived();
});

it('opens a page once, however fast its card is tapped', () => {
  go('/pages/product/index?id=1');
  go('/pages/product/index?id=1');
  expect(opened()).toEqual(['/pages/product/index?id=1']);
});

it('opens another page that is tapped meanwhile', () => {
  go('/pages/product/index?id=1');
  go('/pages/product/index?id=2');
  expect(opened()).toEqual(['/pages/product/index?id=1', '/pages/product/index?id=2']);
});

it('opens the same page again once it had come, or had not come for long', () => {
  go('/pages/product/index?id=1');
  arrived();
  go('/pages/product/index?id=1');
  vi.advanceTimersByTime(10_000);
  go('/pages/product/index?id=1');
  expect(opened()).toHaveLength(3);
});
