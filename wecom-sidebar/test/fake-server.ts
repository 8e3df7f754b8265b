import { vi } from 'vitest';
import { type Answer, answerFor, answers, type Handler } from './fixtures/answers';

interface Call {
  key: string;
  body: Record<string, string> | undefined;
}

/** Answers `fetch` from the fixtures and keeps what was asked. A handler may throw to play a lost connection. */
export function fakeServer(over: Record<string, Handler> = {}) {
  const calls: Call[] = [];
  const table: Record<string, Handler> = { ...answers, ...over };
  const fake = async (url: string, init: { method: string; body?: string }) => {
    const body = init.body ? JSON.parse(init.body) : undefined;
    calls.push({ key: `${init.method} ${new URL(url, 'http://x').pathname}`, body });
    const answer: Answer = answerFor(init.method, url, body, table);
    const settled = await answer.body;
    return new Response(JSON.stringify(settled), { status: answer.status });
  };
  vi.stubGlobal('fetch', fake);
  return { calls, table, named: (part: string) => calls.filter((call) => call.key.includes(part)) };
}
