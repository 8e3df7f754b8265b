import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { Button } from './button';
import { BoneRows, ProblemPane } from './states';

interface Props<T> {
  query: UseInfiniteQueryResult<{ pages: { items: T[] }[] }>;
  keyOf: (item: T) => string;
  row: (item: T) => ReactNode;
  empty: ReactNode;
  testId: string;
}

/** A list that grows as its end comes into view: skeleton, rows, empty, error with retry, and an end that says so. */
export function EndlessList<T>({ query, keyOf, row, empty, testId }: Props<T>) {
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = query;
  useEffect(() => {
    const target = end.current;
    if (!target || !hasNextPage || isFetchNextPageError || typeof IntersectionObserver === 'undefined') return;
    const watcher = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting) && !isFetchingNextPage) void fetchNextPage();
      },
      { rootMargin: '300px' },
    );
    watcher.observe(target);
    return () => watcher.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError]);

  if (query.isPending) return <BoneRows />;
  if (query.isError && !query.data) return <ProblemPane error={query.error} onRetry={() => void query.refetch()} />;
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return <>{empty}</>;
  return (
    <div data-testid={testId}>
      {items.map((item) => (
        <Fragment key={keyOf(item)}>{row(item)}</Fragment>
      ))}
      <div ref={end} className="list-end">
        {hasNextPage ? (
          <Button look="plain" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchNextPageError ? '没加载出来，点此重试' : '加载更多'}
          </Button>
        ) : items.length > 6 ? (
          '到底了'
        ) : null}
      </div>
    </div>
  );
}
