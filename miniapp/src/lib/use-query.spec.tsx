// @vitest-environment jsdom
import { render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { forgetQueries, refreshQueries, useQuery } from './use-query';

let who = 'guest';
function Greeting() {
  const { data } = useQuery('greeting', async () => `for ${who}`);
  return <p>{data ?? 'waiting'}</p>;
}

beforeEach(() => {
  who = 'guest';
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
