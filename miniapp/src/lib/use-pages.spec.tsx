// @vitest-environment jsdom

import { ApiError } from '@shuke/shared/api';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { usePages } from './use-pages';

const PAGE = 2;
let have: number[] = [];
let isOffline = false;

async function load(cursor?: string) {
  if (isOffline) throw new ApiError(0, 'NETWORK', '网络不太顺畅', null, null);
  const from = Number(cursor ?? 0);
  const next = from + PAGE;
  return { items: have.slice(from, next), nextCursor: next < have.length ? String(next) : null };
}

function List() {
  const pages = usePages('numbers', load);
  return (
    <>
      <p data-testid="items">{pages.items.join()}</p>
      <p data-testid="end">{pages.isEnd ? 'end' : 'open'}</p>
      <button type="button" data-testid="more" onClick={pages.more} />
      <button type="button" data-testid="reload" onClick={() => void pages.reload()} />
    </>
  );
}

const text = (id: string) => screen.getByTestId(id).textContent;
const tap = (id: string) => act(async () => void fireEvent.click(screen.getByTestId(id)));

beforeEach(async () => {
  have = [1, 2, 3, 4, 5];
  isOffline = false;
  await act(async () => void render(<List />));
});

it('brings as many as there were when it is asked anew, so that the place in the list stays', async () => {
  await tap('more');
  expect(text('items')).toBe('1,2,3,4');
  have = [0, ...have];
  await tap('reload');
  expect(text('items')).toBe('0,1,2,3');
  await tap('more');
  expect(text('items')).toBe('0,1,2,3,4,5');
  expect(text('end')).toBe('end');
});

it('keeps what it has when asking anew fails, and asks again at a tap', async () => {
  have = [1, 2];
  await tap('reload');
  isOffline = true;
  await tap('reload');
  expect(text('items')).toBe('1,2');
  expect(text('end')).toBe('open');
  isOffline = false;
  have = [1, 2, 3];
  await tap('more');
  expect(text('items')).toBe('1,2');
  await tap('more');
  expect(text('items')).toBe('1,2,3');
});
