import type { MemberProfile } from '@shuke/shared/contracts';
import { api, onUnauthorized, TOKEN_KEY } from '@/lib/api-client';
import { cell } from '@/lib/state';
import { forgetQueries, refreshQueries } from '@/lib/use-query';
import { readText, writeText } from '@/platform/storage';
import { wx } from '@/platform/wx';
import { visit } from './visit';

export interface Session {
  status: 'unknown' | 'guest' | 'member';
  profile: MemberProfile | null;
}

export const session = cell<Session>({ status: 'unknown', profile: null });

let running: Promise<boolean> | null = null;

async function logIn(): Promise<boolean> {
  try {
    const code = await wx.login();
    const { guideCode } = visit.get();
    const answer = await api.mall.login({ body: { code, ...(guideCode ? { guideCode } : {}) } });
    const known = session.get().profile?.id;
    // With a token kept from the last visit the pages have asked as this member already; what a guest was told is stale.
    const isSomebodyElse = known ? known !== answer.profile.id : readText(TOKEN_KEY) === '';
    writeText(TOKEN_KEY, answer.token);
    session.set({ status: 'member', profile: answer.profile });
    if (isSomebodyElse) refreshQueries();
    return true;
  } catch {
    // Without WeChat or network the person browses as a guest; a page that needs more says so.
    session.patch({ status: readText(TOKEN_KEY) ? 'member' : 'guest' });
    return false;
  }
}

/** Logs in with WeChat; concurrent callers share one attempt. False means: still a guest. */
export function login(): Promise<boolean> {
  running ??= logIn().finally(() => {
    running = null;
  });
  return running;
}

/** Logs in once more, e.g. to tell the server of a guide's code that was scanned after the first login. */
export async function loginAgain(): Promise<boolean> {
  await running;
  return login();
}

/** For actions that need a member: true at once when logged in, else one silent login. */
export async function ensureMember(): Promise<boolean> {
  if (session.get().status === 'member') return true;
  return login();
}

/** Forgets who was here, on this phone; the next login is a new question. */
export function leave(): void {
  writeText(TOKEN_KEY, '');
  forgetQueries();
  session.set({ status: 'guest', profile: null });
}

/** Registers the answer to 401: forget the token, log in once more. */
export function startSession(): Promise<boolean> {
  onUnauthorized(async () => {
    writeText(TOKEN_KEY, '');
    session.set({ status: 'guest', profile: null });
    return login();
  });
  if (wx.isAvailable) return login();
  session.patch({ status: readText(TOKEN_KEY) ? 'member' : 'guest' });
  return Promise.resolve(false);
}
