import { useEffect } from 'react';

/**
 * Gives the focus back to what had it when a drawer or dialog appeared, once that goes for good: one that is taken off
 * the page while it is open leaves the keyboard at the top of the page.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
}
