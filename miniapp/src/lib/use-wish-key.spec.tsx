// @vitest-environment jsdom

import { renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useWishKey } from './use-wish-key';

it('keeps the key of a wish until it has come true or another is wished for', () => {
  const { result, rerender } = renderHook(() => useWishKey());
  const first = result.current.of('tier 1');
  rerender();
  expect(result.current.of('tier 1')).toBe(first);
  const other = result.current.of('tier 2');
  expect(other).not.toBe(first);
  result.current.done();
  expect(result.current.of('tier 2')).not.toBe(other);
});
