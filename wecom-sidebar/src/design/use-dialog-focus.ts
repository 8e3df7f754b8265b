import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';

/** What the Tab key may reach inside, in its order. */
const reachableIn = (box: HTMLElement): HTMLElement[] =>
  [...box.querySelectorAll<HTMLElement>('*')].filter((one) => one.tabIndex >= 0 && !one.matches(':disabled'));

/**
 * The keyboard in a dialog: focus comes in as it opens, goes round inside, and returns to where it was; Escape closes.
 * @returns what the dialog's box needs besides its role: it must be focusable (`tabIndex={-1}`)
 */
export function useDialogFocus<T extends HTMLElement>(isOpen: boolean, onClose: () => void) {
  const box: RefObject<T> = useRef<T>(null);
  useEffect(() => {
    if (!isOpen) return;
    const opener = document.activeElement;
    box.current?.focus({ preventScroll: true });
    return () => {
      // A sheet that led to another page, or whose button has gone with what it did, has nowhere to return to.
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      event.stopPropagation();
      onClose();
    }
    if (event.key !== 'Tab' || !box.current) return;
    const inside = reachableIn(box.current);
    const [first, last] = [inside[0], inside.at(-1)];
    const { activeElement } = document;
    if (event.shiftKey && (activeElement === first || activeElement === box.current)) {
      event.preventDefault();
      last?.focus();
    } else if (!event.shiftKey && activeElement === last) {
      event.preventDefault();
      first?.focus();
    }
  };
  return { ref: box, onKeyDown };
}
