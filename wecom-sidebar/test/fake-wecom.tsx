import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactElement } from 'react';
import { MemoryRouter } from 'react-router';
import { vi } from 'vitest';
import { makeQueryClient } from '../src/data/queries';
import { SnackbarHost } from '../src/design/snackbar';
import type { WecomClient } from '../src/platform/wecom';
import { WecomContext } from '../src/platform/wecom-context';
import { contact } from './fixtures/people';

/** A WeCom client that does as told, for tests of the screens. */
export function fakeWecom(over: Partial<WecomClient> = {}): WecomClient {
  return {
    isInside: true,
    start: vi.fn(),
    entry: vi.fn(async () => 'single_chat_tools'),
    currentContact: vi.fn(async () => contact.externalUserId),
    sendText: vi.fn(async () => 'SENT' as const),
    sendCard: vi.fn(async () => 'SENT' as const),
    openContactChat: vi.fn(async () => 'SENT' as const),
    openMemberChat: vi.fn(async () => 'SENT' as const),
    shareToContact: vi.fn(async () => 'SENT' as const),
    scanCode: vi.fn(async () => null),
    ...over,
  };
}

export function show(screen: ReactElement, wecom: WecomClient = fakeWecom(), at = '/') {
  const client = makeQueryClient();
  const view = render(
    <QueryClientProvider client={client}>
      <WecomContext.Provider value={wecom}>
        <MemoryRouter initialEntries={[at]}>{screen}</MemoryRouter>
        <SnackbarHost />
      </WecomContext.Provider>
    </QueryClientProvider>,
  );
  return { ...view, client, wecom };
}
