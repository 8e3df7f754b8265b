import { type Api, createApi, timed } from '@shuke/shared/api';
import { readText } from '@/platform/storage';
import { transport } from '@/platform/transport';
import { clock } from './clock';

export const TOKEN_KEY = 'token';

let relogin: () => Promise<boolean> = async () => false;

/** The session registers how to log in again; the client cannot import it without a cycle. */
export function onUnauthorized(handler: () => Promise<boolean>): void {
  relogin = handler;
}

export const api: Api = createApi({
  baseUrl: SHUKE_API_ORIGIN,
  transport: timed(transport, clock),
  headers: () => {
    const token = readText(TOKEN_KEY);
    return token ? { authorization: `Bearer ${token}` } : ({} as Record<string, string>);
  },
  onUnauthorized: () => relogin(),
});

/** Pictures come as paths of the API's origin; the mini-program needs them whole. */
export const pictureUrl = (url: string | null | undefined): string =>
  !url ? '' : url.startsWith('/') ? SHUKE_API_ORIGIN + url : url;
