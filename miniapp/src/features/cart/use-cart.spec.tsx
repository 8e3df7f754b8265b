// @vitest-environment jsdom

import type { Cart } from '@shuke/shared/contracts';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { api } from '@/lib/api-client';
import { forgetQueries } from '@/lib/use-query';
import { useCart } from './use-cart';

const cartOf = (qty: number) => ({ storeId: '1', lines: [{ skuId: '7', qty }] }) as unknown as Cart;

function Line() {
  const { data, wished, setQty } = useCart('1', true);
  const qty = wished['7'] ?? data?.lines[0]?.qty ?? 0;
  return (
    <button type="button" onClick={() => void setQty('7', qty + 1)}>
      {qty}
    </button>
  );
}

/** Answers of the server that the test lets come, oldest first. */
const answers: (() => void)[] = [];
const answer = () => act(async () => answers.shift()?.());
const tap = () => act(async () => void fireEvent.click(screen.getByRole('button')));
const shown = () => screen.getByRole('button').textContent;

beforeEach(async () => {
  vi.restoreAllMocks();
  forgetQueries();
  answers.length = 0;
  vi.spyOn(api.mall, 'cart').mockImplementation(async () => cartOf(1));
  await act(async () => void render(<Line />));
});

it('loses no tap: the newest quantity shows at once, and one request at a time carries it', async () => {
  const put = vi
    .spyOn(api.mall, 'setCartLine')
    .mockImplementation(({ body }) => new Promise((resolve) => answers.push(() => resolve(cartOf(body.qty ?? 0)))));
  const asked = () => put.mock.calls.map(([{ body }]) => body.qty);
  await tap();
  await tap();
  await tap();
  expect(shown()).toBe('4');
  expect(asked()).toEqual([2]);
  await answer();
  expect(asked()).toEqual([2, 4]);
  await answer();
  expect(shown()).toBe('4');
  expect(asked()).toEqual([2, 4]);
});

it('goes back to what the server has when a quantity is refused', async () => {
  vi.spyOn(api.mall, 'setCartLine').mockRejectedValue(new Error('只剩 1 件了'));
  await tap();
  expect(shown()).toBe('1');
});
