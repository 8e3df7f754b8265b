import { createContext, useContext, useEffect } from 'react';

/** How a part of a page tells it that nothing could be loaded there; answers how to take that back. */
export const PageTrouble = createContext<() => () => void>(() => () => undefined);

/** While this shows, the page does not claim to show an older state. */
export function useTellTrouble(): void {
  const tell = useContext(PageTrouble);
  useEffect(() => tell(), [tell]);
}
