import type { Api } from '@shuke/shared/api';
import { browser, takeOAuthReturn } from '../platform/browser';
import { clock } from '../platform/clock';
import { shortMemory } from '../platform/storage';
import { type Session, saveSession } from './session';

const TRIP_KEY = 'shuke.oauth';
const COUNT_KEY = 'shuke.oauth.count';
const LOOP_MS = 30_000;
/** A guide who flips through chats leaves many trips unfinished; a real loop is far quicker than that. */
const LOOP_MAX = 8;

interface Trip {
  state: string;
  hash: string;
}
type LoginApi = Pick<Api, 'guide'>;

/** Raised instead of sending the browser round and round between us and WeCom. */
export class LoginLoopError extends Error {
  constructor() {
    super('反复登录都没有成功，请稍后再试，或联系总部确认你的账号');
    this.name = 'LoginLoopError';
  }
}

function countTrip(): void {
  const now = clock.elapsed();
  const recent = (shortMemory.get<number[]>(COUNT_KEY) ?? []).filter((at) => now - at < LOOP_MS);
  if (recent.length >= LOOP_MAX) throw new LoginLoopError();
  shortMemory.set(COUNT_KEY, [...recent, now]);
}

/** Leaves for WeCom's login page. The fragment does not survive the trip, so it waits here for the way back. */
export async function beginLogin(api: LoginApi): Promise<void> {
  countTrip();
  const { url, state } = await api.guide.oauthUrl({ body: { redirectUri: browser.pageUrl() } });
  shortMemory.set(TRIP_KEY, { state, hash: window.location.hash } satisfies Trip);
  browser.leaveTo(url);
}

/**
 * Reads the answer of a login trip from the address and cleans the address. Call before anything else reads the address.
 * @returns null when the page was opened plainly, or when the answer belongs to another trip (a stale or planted link)
 */
export function readLoginReturn(): { code: string; state: string } | null {
  const trip = shortMemory.get<Trip>(TRIP_KEY);
  const answer = takeOAuthReturn((state) => (trip?.state === state ? trip.hash : null));
  shortMemory.set(TRIP_KEY, null);
  if (answer && trip && trip.state !== answer.state) return null;
  return answer;
}

/** Exchanges the single-use code; the server checks state and takes the guide's identity from WeCom, not from the page. */
export async function finishLogin(api: LoginApi, answer: { code: string; state: string }): Promise<Session> {
  const session = await api.guide.login({ body: answer });
  saveSession(session);
  shortMemory.set(COUNT_KEY, null);
  return session;
}

/** Allows a fresh round of attempts after the guide asked for it. */
export const forgetTrips = (): void => shortMemory.set(COUNT_KEY, null);
