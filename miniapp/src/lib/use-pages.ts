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

/** More than a person scrolls through before looking into one and coming back. */
const ANEW_MAX = 200;

/** Asks from the start for as many as `count`, so that a list that is asked for anew does not shrink below the thumb. */
async function anew<T>(load: (cursor?: string) => Promise<PageOf<T>>, count: number): Promise<PageOf<T>> {
  let page = await load();
  while (page.nextCursor !== null && page.items.length < Math.min(count, ANEW_MAX)) {
    const next = await load(page.nextCursor);
    page = { items: [...page.items, ...next.items], nextCursor: next.nextCursor };
  }
  return page;
}

/**
 * A list that grows by cursor. A changed key starts again; only the newest request counts. Loading it again keeps what
 * shows until the answer is there, and brings as many as there were.
 */
export function usePages<T>(key: string | null, load: (cursor?: string) => Promise<PageOf<T>>): Pages<T> {
  const [items, setItems] = useState<T[]>([]);
  const [cursor, setCursor] = useState<string | null>(null);
  const [phase, setPhase] = useState<'first' | 'more' | 'idle'>('first');
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const loader = useRef(load);
  loader.current = load;
  /** The newest request; what older ones answer is dropped. */
  const newest = useRef(0);
  const count = useRef(0);
  count.current = items.length;

  const fetchPage = useCallback(
    async (from: string | null) => {
      if (key === null) return;
      newest.current += 1;
      const mine = newest.current;
      setPhase(from === null ? 'first' : 'more');
      try {
        const page = await (from === null ? anew(loader.current, count.current) : loader.current(from));
        if (newest.current !== mine) return;
        setItems((have) => (from === null ? page.items : [...have, ...page.items]));
        setCursor(page.nextCursor);
        setTrouble(null);
      } catch (reason) {
        if (newest.current === mine) setTrouble(troubleOf(reason));
      } finally {
        if (newest.current === mine) setPhase('idle');
      }
    },
    [key],
  );

  useEffect(() => {
    count.current = 0;
    setItems([]);
    setCursor(null);
    setTrouble(null);
    void fetchPage(null);
    return () => {
      newest.current += 1;
    };
  }, [fetchPage]);

  return {
    items,
    isFirstLoad: phase === 'first' && items.length === 0,
    isLoadingMore: phase === 'more',
    isEnd: phase === 'idle' && cursor === null && !trouble,
    trouble,
    more: () => {
      if (phase !== 'idle') return;
      // Without a cursor there is only one reason not to be at the end: it could not be asked for anew.
      if (cursor !== null || trouble) void fetchPage(cursor);
    },
    reload: () => fetchPage(null),
    replace: (change) => setItems(change),
  };
}
