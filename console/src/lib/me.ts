import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { api, session } from './api';
import type { User } from './types';

/** The token as React state: logging in or out re-renders whoever asks. */
export const useToken = (): string | null => useSyncExternalStore(session.subscribe, session.token);

export const ME_KEY = ['me'] as const;

export const useMeQuery = () => {
  const token = useToken();
  return useQuery({ queryKey: ME_KEY, queryFn: () => api.console.me(), enabled: token !== null, staleTime: 300_000 });
};

/** The person at the screen. Only below the signed-in shell, which has waited for the answer. */
export function useMe(): User {
  const { data } = useMeQuery();
  if (!data) throw new Error('useMe needs the signed-in shell above it');
  return data;
}

export const useIsHq = (): boolean => useMe().role === 'HQ';
