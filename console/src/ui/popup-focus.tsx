import { type ReactNode, useRef } from 'react';

/**
 * The keyboard in a popup beside its button: focus goes in as it opens, and back to the button when it goes with the
 * popup. Popups stand at the end of the page, where the Tab key would find them last.
 */
export function usePopupFocus() {
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<Element | null>(null);
  return {
    afterOpenChange(isOpen: boolean): void {
      if (isOpen) {
        opener.current = document.activeElement;
        box.current?.focus({ preventScroll: true });
        return;
      }
      // The buttons of a question stand beside its words, in the same popup.
      const popup = box.current?.closest('.ant-popover');
      const isLost = document.activeElement === document.body || popup?.contains(document.activeElement);
      if (isLost && opener.current instanceof HTMLElement) opener.current.focus({ preventScroll: true });
    },
    inside: (content: ReactNode) => (
      <div ref={box} tabIndex={-1} className="popup-inside">
        {content}
      </div>
    ),
  };
}
