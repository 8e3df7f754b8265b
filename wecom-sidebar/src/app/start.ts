import { ApiError } from '@shuke/shared/api';
import type { GuideApi } from '../data/api';
import type { WecomClient } from '../platform/wecom';
import { beginLogin, finishLogin, readLoginReturn } from '../session/login';
import { loadSession } from '../session/session';

export interface Started {
  isChat: boolean;
  /** The chat's contact, asked for while the login was still under way. */
  firstContact: Promise<string> | null;
  entryProblem: unknown;
}
export type StartResult = { kind: 'OUTSIDE' } | { kind: 'LEAVING' } | ({ kind: 'READY' } & Started);

/** Entries with one customer on the other side (reference wecom-miniapp §1.6). */
const CHAT_ENTRIES = new Set(['single_chat_tools', 'contact_profile', 'single_kf_tools', 'chain_single_chat_tools']);

type LoginAnswer = NonNullable<ReturnType<typeof readLoginReturn>>;

interface Face {
  isChat: boolean;
  firstContact: Promise<string> | null;
  entryProblem: unknown;
}

async function faceOf(wecom: WecomClient): Promise<Face> {
  try {
    const isChat = CHAT_ENTRIES.has(await wecom.entry());
    if (!isChat) return { isChat, firstContact: null, entryProblem: null };
    const firstContact = wecom.currentContact();
    // Whoever shows the contact reads the outcome; here it only must not count as unhandled.
    firstContact.catch(() => undefined);
    return { isChat, firstContact, entryProblem: null };
  } catch (entryProblem) {
    return { isChat: false, firstContact: null, entryProblem };
  }
}

/**
 * Inside WeCom every opening logs in anew: the redirect is silent, and a kept token could belong to whoever used this
 * client before. Only without a network does the kept login stand in, to show what was last seen.
 * @returns false when the browser is on its way to the login
 */
async function hasLoggedIn(api: GuideApi): Promise<boolean> {
  try {
    await beginLogin(api);
    return false;
  } catch (error) {
    if (error instanceof ApiError && error.status === 0 && loadSession()) return true;
    throw error;
  }
}

async function startOutside(api: GuideApi, answer: LoginAnswer | null): Promise<StartResult> {
  if (answer) await finishLogin(api, answer);
  else if (!loadSession()) return { kind: 'OUTSIDE' };
  return { kind: 'READY', isChat: false, firstContact: null, entryProblem: null };
}

/**
 * Opens the app: takes the login's answer out of the address first (the JS-SDK signs the address), then asks WeCom where
 * we are while the code is exchanged, so that nothing waits for anything it does not need.
 */
export async function startApp(wecom: WecomClient, api: GuideApi): Promise<StartResult> {
  const answer = readLoginReturn();
  if (!wecom.isInside) return startOutside(api, answer);
  if (!answer && !(await hasLoggedIn(api))) return { kind: 'LEAVING' };
  wecom.start((url, kind) => api.guide.signature({ body: { url, kind } }));
  const [face] = await Promise.all([faceOf(wecom), answer ? finishLogin(api, answer) : null]);
  return { kind: 'READY', ...face };
}
