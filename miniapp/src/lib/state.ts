import { useSyncExternalStore } from 'react';

/** A value that outlives pages: pages in a mini-program do not share a React tree, so context cannot carry it. */
export interface Cell<T> {
  get(): T;
  set(next: T): void;
  patch(part: Partial<T>): void;
  listen(listener: () => void): () => void;
}

export function cell<T>(initial: T): Cell<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    value = next;
    for (const listener of [...listeners]) listener();
  };
  return {
    get: () => value,
    set,
    patch: (part) => set({ ...value, ...part }),
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Subscribes a component to a cell. */
export const useCell = <T>(source: Cell<T>): T => useSyncExternalStore(source.listen, source.get, source.get);
