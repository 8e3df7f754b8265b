import type { GuideCard, Role } from '../data/types';
import { longMemory, shortMemory } from '../platform/storage';

export interface Session {
  token: string;
  guide: GuideCard;
  role: Role;
}

const KEY = 'shuke.session';
/** Everything kept about customers starts with this and goes with the login. */
export const CONTACT_PREFIX = 'shuke.contact.';

export const loadSession = (): Session | null => longMemory.get<Session>(KEY);
export const sessionToken = (): string | null => loadSession()?.token ?? null;
export const saveSession = (session: Session): void => longMemory.set(KEY, session);

export function forgetSession(): void {
  longMemory.set(KEY, null);
  shortMemory.clear(CONTACT_PREFIX);
}
