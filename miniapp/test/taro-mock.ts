import { useEffect } from 'react';
import { vi } from 'vitest';

export const router = { path: '', params: {} as Record<string, string> };
const stored = new Map<string, unknown>();

const Taro = {
  getStorageSync: (key: string) => stored.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => stored.set(key, value),
  removeStorageSync: (key: string) => stored.delete(key),
  clearStorage: () => stored.clear(),
  getCurrentPages: () => [{}],
  navigateTo: vi.fn(async () => ({})),
  redirectTo: vi.fn(async () => ({})),
  switchTab: vi.fn(async () => ({})),
  reLaunch: vi.fn(async () => ({})),
  navigateBack: vi.fn(async () => ({})),
  showToast: vi.fn(async () => ({})),
  showModal: vi.fn(async () => ({ confirm: true })),
  setTabBarBadge: vi.fn(async () => ({})),
  removeTabBarBadge: vi.fn(async () => ({})),
  setNavigationBarTitle: vi.fn(async () => ({})),
  setClipboardData: vi.fn(async () => ({})),
  stopPullDownRefresh: vi.fn(),
  pxTransform: (size: number) => `${size}px`,
  eventCenter: { on: vi.fn(), off: vi.fn(), trigger: vi.fn() },
};

export const useRouter = () => router;
const onMount = (run: () => void) => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: Taro calls it once when the page shows
  useEffect(() => {
    run();
  }, []);
};
export const useDidShow = onMount;
export const useLaunch = onMount;
export const useDidHide = () => undefined;
export const useUnload = () => undefined;
export const useReachBottom = () => undefined;
export const usePullDownRefresh = () => undefined;
export const useShareAppMessage = () => undefined;
export default Taro;
