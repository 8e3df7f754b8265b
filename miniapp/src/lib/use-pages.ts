import { useCallback, useEffect, useRef, useState } from 'react';
import { type Trouble, troubleOf } from './errors';

interface PageOf<T> {
  items: T[];
  nextCursor: string | null;
}
export interface Pages<T> {
  items: T[];
  isFirstLoad: boolean;
  isLoadingMore: boolean;
  isEnd: boolean;
  trouble: Trouble | null;
  more(): void;
  reload(): Promise<void>;
  replace(change: (items: T[]) => T[]): void;
}

/** A list that grows by cursor. A changed key starts again; answers to an old key are dropped. */
export function usePages<T>(key: string | null, load: (cursor?: string) => Promise<PageOf<T>>): Pages<T> {
  const [items, setItems] = useState<T[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [phase, setPhase] = useState<'first' | 'more' | 'idle'>('first');
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const loader = useRef(load);
  loader.current = load;
  const live = useRef<string | null>(null);

  const fetchPage = useCallback(
    async (from: string | null) => {
      if (key === null) return;
      live.current = key;
      setPhase(from === null ? 'first' : 'more');
      try {
        const page = await loader.current(from ?? undefined);
        if (live.current !== key) return;
        setItems((have) => (from === null ? page.items : [...have, ...page.items]));
        setCursor(page.nextCursor);
        setTrouble(null);
      } catch (reason) {
        if (live.current === key) setTrouble(troubleOf(reason));
      } finally {
        if (live.current === key) setPhase('idle');
      }
    },
    [key],
  );

  useEffect(() => {
    setItems([]);
    setCursor(null);
    setTrouble(null);
    void fetchPage(null);
    return () => {
      live.current = null;
    };
  }, [fetchPage]);

  return {
    items,
    isFirstLoad: phase === 'first' && items.length === 0,
    isLoadingMore: phase === 'more',
    isEnd: phase === 'idle' && cursor === null && !trouble,
    trouble,
    more: () => {
      if (phase === 'idle' && cursor !== null) void fetchPage(cursor);
    },
    reload: () => fetchPage(null),
    replace: (change) => setItems(change),
  };
}
