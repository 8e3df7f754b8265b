import { useCallback, useEffect, useRef, useState } from 'react';
import { clock } from './clock';
import { type Trouble, troubleOf } from './errors';
import { markFresh, staleSince } from './stale';

export interface Query<T> {
  data: T | null;
  trouble: Trouble | null;
  isLoading: boolean;
  /** When the shown data was fetched; lets a screen say how old a cached state is. */
  at: number | null;
  reload(): Promise<void>;
  put(next: T): void;
}

const remembered = new Map<string, { data: unknown; at: number }>();

const reloads = new Set<() => void>();

/** Forgets what earlier pages loaded; what shows stays until it is left. */
export const forgetQueries = (): void => remembered.clear();

/** Somebody else looks now: forgets everything and has the pages that show load again. */
export function refreshQueries(): void {
  forgetQueries();
  reloadQueries();
}

/** Has the pages that show load again; what they show stays until the answers come. */
export function reloadQueries(): void {
  for (const reload of [...reloads]) reload();
}

/**
 * Loads something for a page. A null key waits. Data seen before under the same key is shown at once while it is being
 * refreshed, so that going back never flashes a skeleton, and is kept when the refresh fails.
 */
export function useQuery<T>(key: string | null, load: () => Promise<T>): Query<T> {
  const [, redraw] = useState(0);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isLoading, setLoading] = useState(false);
  const loader = useRef(load);
  loader.current = load;
  const live = useRef<string | null>(null);
  const entry = key === null ? undefined : (remembered.get(key) as { data: T; at: number } | undefined);

  const reload = useCallback(async () => {
    if (key === null) return;
    live.current = key;
    setLoading(true);
    try {
      const data = await loader.current();
      remembered.set(key, { data, at: clock.now() });
      markFresh();
      if (live.current === key) {
        setTrouble(null);
        // The data lives outside React, so its arrival has to be told.
        redraw((n) => n + 1);
      }
    } catch (reason) {
      const trouble = troubleOf(reason);
      const known = remembered.get(key);
      if (trouble.isOffline && known) staleSince.set(known.at);
      if (live.current === key) setTrouble(trouble);
    } finally {
      if (live.current === key) setLoading(false);
    }
  }, [key]);

  useEffect(() => {
    setTrouble(null);
    void reload();
    const again = () => void reload();
    reloads.add(again);
    return () => {
      reloads.delete(again);
      live.current = null;
    };
  }, [reload]);

  const put = useCallback(
    (next: T) => {
      if (key === null) return;
      remembered.set(key, { data: next, at: clock.now() });
      redraw((n) => n + 1);
    },
    [key],
  );
  return {
    data: entry?.data ?? null,
    at: entry?.at ?? null,
    trouble,
    isLoading: isLoading || key === null,
    reload,
    put,
  };
}
