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
 * Opens the app: takes the login's answer out of the address first (the JS-SDK signs the address), then asks WeCom where
 * we are while the code is exchanged, so that nothing waits for anything it does not need.
 */
export async function startApp(wecom: WecomClient, api: GuideApi): Promise<StartResult> {
  const answer = readLoginReturn();
  const known = loadSession();
  if (!answer && !known) {
    if (!wecom.isInside) return { kind: 'OUTSIDE' };
    await beginLogin(api);
    return { kind: 'LEAVING' };
  }
  if (!wecom.isInside) {
    if (answer) await finishLogin(api, answer);
    return { kind: 'READY', isChat: false, firstContact: null, entryProblem: null };
  }
  wecom.start((url, kind) => api.guide.signature({ body: { url, kind } }));
  const [face] = await Promise.all([faceOf(wecom), answer ? finishLogin(api, answer) : null]);
  return { kind: 'READY', ...face };
}
