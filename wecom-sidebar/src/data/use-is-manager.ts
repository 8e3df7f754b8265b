import { loadSession } from '../session/session';
import { useMe } from './use-me';

/** Whether the guide leads the store: known from the login at once, and from the server if that has changed since. */
export function useIsManager(): boolean {
  const me = useMe();
  return (me?.role ?? loadSession()?.role) === 'MANAGER';
}
