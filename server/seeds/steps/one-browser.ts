import { type Api, createApi, fetchTransport } from '@shuke/shared/api';

/** A client that keeps cookies as a browser does; logins that are bound to a browser need one. */
export function oneBrowser(origin: string): Api {
  const cookies = new Map<string, string>();
  const keeping = async (url: string, init: object) => {
    const request = init as { headers?: Record<string, string> };
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { ...request, headers: { ...request.headers, ...(cookie ? { cookie } : {}) } });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  };
  return createApi({ baseUrl: origin, transport: fetchTransport(keeping) });
}
