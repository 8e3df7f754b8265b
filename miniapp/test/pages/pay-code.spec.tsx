// @vitest-environment jsdom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '@/lib/api-client';
import { clock } from '@/lib/clock';
import PayCode from '@/pages/pay-code/index';

const LIFE_MS = 60_000;
const later = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
const shown = () => screen.getByTestId('code-digits').textContent;

beforeEach(() => {
  vi.restoreAllMocks();
  vi.useFakeTimers();
  let made = 0;
  const make = async () => {
    made += 1;
    return { code: `28000000000000000${made}`, expiresAt: new Date(clock.now() + LIFE_MS).toISOString(), seconds: 60 };
  };
  vi.spyOn(api.mall, 'payCode').mockImplementation(make);
  vi.spyOn(api.mall, 'memberCode').mockImplementation(make);
  vi.spyOn(api.mall, 'payCodeState').mockRejectedValue(new Error('网络不太顺畅'));
});
afterEach(() => vi.useRealTimers());

it('renews the code that pays when its minute is over, even while the store cannot be asked', async () => {
  render(<PayCode />);
  await later(0);
  expect(shown()).toBe('280000 000000 000001');
  await later(LIFE_MS);
  expect(shown()).toBe('280000 000000 000002');
});

it('renews the code that only tells who somebody is as well', async () => {
  render(<PayCode />);
  fireEvent.click(screen.getByTestId('code-MEMBER'));
  await later(0);
  const first = shown();
  await later(LIFE_MS + 1_000);
  expect(shown()).not.toBe(first);
  expect(screen.queryByText('已失效')).toBeNull();
});
