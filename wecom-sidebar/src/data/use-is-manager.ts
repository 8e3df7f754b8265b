import { useQuery } from '@tanstack/react-query';
import { loadSession } from '../session/session';
import { api } from './api';
import { keys } from './queries';

/** Whether the guide leads the store: known from the login at once, and from the server if that has changed since. */
export function useIsManager(): boolean {
  const { data } = useQuery({ queryKey: keys.me, queryFn: () => api.guide.me(), staleTime: 5 * 60_000 });
  return (data?.role ?? loadSession()?.role) === 'MANAGER';
}
