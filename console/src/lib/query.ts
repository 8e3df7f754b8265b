import { ApiError } from '@shuke/shared/api';
import { QueryClient, type UseInfiniteQueryResult, useInfiniteQuery } from '@tanstack/react-query';
import type { Page } from './types';

/** Repeats only what a repeat can mend: no answer, or a server that stumbled. */
export const createQueryClient = (retries = 1): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        refetchOnWindowFocus: false,
        retry: (count, error) =>
          count < retries && error instanceof ApiError && (error.status === 0 || error.status >= 500),
      },
      mutations: { retry: false },
    },
  });

export type PagesResult<T> = UseInfiniteQueryResult<{ pages: Page<T>[] }, Error> & {
  /** All rows loaded so far. */
  rows: T[];
  /** Follows the cursors to the end (bounded), for an export of everything that matches. */
  loadAll: () => Promise<T[]>;
};

const EXPORT_PAGES = 100;

/** A cursor list: rows so far, the next page on demand, and everything for an export. */
export function usePages<T>(
  key: readonly unknown[],
  load: (page: { cursor: string | undefined; limit: number }) => Promise<Page<T>>,
  options: { enabled?: boolean; limit?: number } = {},
): PagesResult<T> {
  const query = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => load({ cursor: pageParam, limit: options.limit ?? 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.nextCursor ?? undefined,
    enabled: options.enabled ?? true,
  });
  const loadAll = async () => {
    const rows: T[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < EXPORT_PAGES; page += 1) {
      const answer = await load({ cursor, limit: 100 });
      rows.push(...answer.items);
      if (answer.nextCursor === null) break;
      cursor = answer.nextCursor;
    }
    return rows;
  };
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return Object.assign({}, query, { rows, loadAll }) as unknown as PagesResult<T>;
}
