import { render, screen } from '@testing-library/react';
import { vi } from 'vitest';
import { answer } from '../../test/fixtures/answers.mjs';
import { App } from '../app/app';
import { session } from '../lib/api';

export interface Call {
  method: string;
  path: string;
  query: string;
  body: unknown;
  headers: Record<string, string>;
}
type Reply = { status: number; body: unknown };
export type Override = (call: Call) => Reply | undefined;

interface Options {
  /** Where in the console to start: "/orders?state=TO_SHIP". */
  at?: string;
  role?: 'HQ' | 'FRANCHISEE' | 'NOBODY';
  /** Answers that differ from the fixtures. */
  override?: Override;
}

/** The real routes over a pretended server; returns what was sent to it. */
export function renderApp({ at = '/', role = 'HQ', override }: Options = {}): { calls: Call[] } {
  const calls: Call[] = [];
  vi.stubGlobal(
    'fetch',
    async (url: string, init: { method: string; body?: string; headers: Record<string, string> }) => {
      const where = new URL(url, 'http://console.test');
      const call: Call = {
        method: init.method,
        path: where.pathname,
        query: where.search,
        body: init.body ? JSON.parse(init.body) : undefined,
        headers: init.headers,
      };
      calls.push(call);
      const reply = override?.(call) ?? answer(role === 'FRANCHISEE' ? role : 'HQ', call.method, call.path, call.body);
      return new Response(JSON.stringify(reply.body), { status: reply.status });
    },
  );
  location.hash = at;
  session.set(role === 'NOBODY' ? null : 'token');
  render(<App retries={0} />);
  return { calls };
}

/** Waits for a screen: routes are fetched lazily. */
export const findId = (id: string) => screen.findByTestId(id, {}, { timeout: 15_000 });
export const findAllIds = (id: string) => screen.findAllByTestId(id, {}, { timeout: 15_000 });
