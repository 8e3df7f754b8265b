import type { GuideCard, Role } from '../data/types';
import { clock } from '../platform/clock';
import { longMemory, shortMemory } from '../platform/storage';

export interface Session {
  token: string;
  guide: GuideCard;
  role: Role;
  /** When the guide logged in, milliseconds. */
  at?: number;
}

const KEY = 'shuke.session';
/** Everything kept about customers starts with this and goes with the login. */
export const CONTACT_PREFIX = 'shuke.contact.';

/** A working day: whoever opens the app outside WeCom tomorrow proves again who they are. */
const KEEP_MS = 12 * 3_600_000;

/** The login of this device, if it is of today. */
export function loadSession(): Session | null {
  const session = longMemory.get<Session>(KEY);
  return session && clock.elapsed() - (session.at ?? 0) < KEEP_MS ? session : null;
}
export const sessionToken = (): string | null => loadSession()?.token ?? null;

/** Keeps a login; what was remembered for another guide on the same device goes. */
export function saveSession(session: Session): void {
  if (longMemory.get<Session>(KEY)?.guide.id !== session.guide.id) shortMemory.clear(CONTACT_PREFIX);
  longMemory.set(KEY, { ...session, at: clock.elapsed() });
}

export function forgetSession(): void {
  longMemory.set(KEY, null);
  shortMemory.clear(CONTACT_PREFIX);
}
