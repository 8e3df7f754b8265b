import { useQuery } from '@tanstack/react-query';
import { api } from './api';
import { keys } from './queries';
import type { Me } from './types';

/** The guide as the server knows it, for screens that need a fact of it and no figures; undefined until it is known. */
export function useMe(): Me | undefined {
  return useQuery({ queryKey: keys.me, queryFn: () => api.guide.me(), staleTime: 5 * 60_000 }).data;
}
