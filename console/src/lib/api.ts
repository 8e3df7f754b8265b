import { createApi, fetchTransport, timed } from '@shuke/shared/api';
import { clock } from '../platform/clock';
import { recall, remember } from '../platform/storage';

const listeners = new Set<() => void>();
let token = recall('token');

export const session = {
  token: (): string | null => token,
  set(next: string | null): void {
    token = next;
    remember('token', next);
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** A fresh idempotency key; a screen keeps one per intended act, so that a repeated press is the same act. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const api = createApi({
  baseUrl: '',
  transport: timed(fetchTransport(), clock),
  headers: (): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {}),
  onUnauthorized: async () => {
    // A console session cannot be renewed silently: the person logs in again and comes back to the same page.
    if (token) session.set(null);
    return false;
  },
  newKey,
});
