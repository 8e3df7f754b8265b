import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { session } from '../lib/api';

// antd asks for these; jsdom has neither layout nor media queries.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  addListener: () => {},
  removeListener: () => {},
  addEventListener: () => {},
  removeEventListener: () => {},
}));
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
window.scrollTo = () => {};
// jsdom refuses pseudo-element styles, which antd reads to measure scroll bars.
const styleOf = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => styleOf(element);

beforeEach(() => {
  localStorage.clear();
  location.hash = '';
});
afterEach(() => {
  cleanup();
  session.set(null);
});
