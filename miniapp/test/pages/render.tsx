import type { WireRequest } from '@shuke/shared/api';
import { vi } from 'vitest';
import { answer } from '../fixtures/mall.mjs';

export interface Asked {
  method: string;
  path: string;
  body: unknown;
  /** Of operations that must not happen twice. */
  key?: string | undefined;
}

/** What the pages asked of the server, newest last. */
export const asked: Asked[] = [];
export const overrides: Record<string, unknown> = {};

/** Stands in for the network: the typed client stays real, answers come from the fixtures. */
export async function fixtureTransport(request: WireRequest) {
  const body: unknown = request.body ? JSON.parse(request.body) : undefined;
  asked.push({
    method: request.method,
    path: request.url.replace(/^.*\/api\/m/, ''),
    body,
    key: request.headers['idempotency-key'],
  });
  const given = answer(request.method, request.url, body, overrides) as { $status?: number; json?: unknown };
  const status = given?.$status ?? 200;
  return { status, headers: {}, text: JSON.stringify(status === 200 ? given : given.json) };
}

export function forget(): void {
  asked.length = 0;
  for (const key of Object.keys(overrides)) delete overrides[key];
  vi.clearAllMocks();
}
