import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { clock } from '../src/platform/clock';
import { NOW } from './fixtures/people';

beforeEach(() => {
  vi.spyOn(clock, 'now').mockReturnValue(NOW);
  localStorage.clear();
  sessionStorage.clear();
  window.history.replaceState(null, '', '/sidebar/');
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  vi.useRealTimers();
});
window.scrollTo = () => undefined;
