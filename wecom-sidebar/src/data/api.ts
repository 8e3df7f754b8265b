import { createApi, fetchTransport, timed } from '@shuke/shared/api';
import { clock } from '../platform/clock';
import { beginLogin } from '../session/login';
import { forgetSession, sessionToken } from '../session/session';

const WAIT_MS = 10_000;
const transport = timed(fetchTransport(), clock);

/** The typed client of the guide's operations; a refused token leads to a new login, once. */
export const api = createApi({
  baseUrl: '',
  // A store's basement has weak reception: better a clear "try again" after ten seconds than a spinner for ever.
  transport: (request) => transport({ ...request, timeoutMs: request.timeoutMs ?? WAIT_MS }),
  headers: () => {
    const token = sessionToken();
    const headers: Record<string, string> = {};
    if (token) headers.authorization = `Bearer ${token}`;
    return headers;
  },
  onUnauthorized: async () => {
    if (!sessionToken()) return false;
    forgetSession();
    await beginLogin(api).catch(() => undefined);
    return false;
  },
});
export type GuideApi = typeof api;
