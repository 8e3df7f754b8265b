// @vitest-environment jsdom

import { ApiError } from '@shuke/shared/api';
import { render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { staleSince } from './stale';
import { forgetQueries, refreshQueries, reloadQueries, useQuery } from './use-query';

const offline = new ApiError(0, 'NETWORK', '网络不太顺畅', null, null);
let who = 'guest';
let isOffline = false;
function Greeting() {
  const { data } = useQuery('greeting', async () => {
    if (isOffline) throw offline;
    return `for ${who}`;
  });
  return <p>{data ?? 'waiting'}</p>;
}

beforeEach(() => {
  who = 'guest';
  isOffline = false;
  staleSince.set(null);
  forgetQueries();
});

it('loads again what shows when somebody logs in, so that no page waits for ever', async () => {
  render(<Greeting />);
  await screen.findByText('for guest');
  who = 'member';
  refreshQueries();
  await screen.findByText('for member');
});

it('asks no more once the page is left', async () => {
  const page = render(<Greeting />);
  await screen.findByText('for guest');
  page.unmount();
  who = 'member';
  refreshQueries();
  render(<Greeting />);
  expect(screen.queryByText('for guest')).toBeNull();
  await waitFor(() => screen.getByText('for member'));
});

it('keeps what it knows without a network, says since when, and forgets that once something comes through', async () => {
  render(<Greeting />);
  await screen.findByText('for guest');
  isOffline = true;
  reloadQueries();
  await waitFor(() => expect(staleSince.get()).not.toBeNull());
  screen.getByText('for guest');
  isOffline = false;
  reloadQueries();
  await waitFor(() => expect(staleSince.get()).toBeNull());
});
