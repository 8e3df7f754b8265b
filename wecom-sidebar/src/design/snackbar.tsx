import { useSyncExternalStore } from 'react';

interface Snack {
  id: number;
  text: string;
  button?: { text: string; run: () => void };
}

const SHORT_MS = 2_600;
/** Long enough to read and to reach the undo with a thumb. */
export const UNDO_MS = 5_000;

let current: Snack | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function show(next: Snack | null): void {
  current = next;
  for (const listener of listeners) listener();
}

/** Says what just happened at the bottom of the screen, with an optional way back. */
export function snack(text: string, button?: Snack['button']): void {
  clearTimeout(timer);
  const next = { id: (current?.id ?? 0) + 1, text, button };
  show(next);
  timer = setTimeout(() => show(null), button ? UNDO_MS : SHORT_MS);
}

/** Takes the message away, for tests and for screens that leave. */
export function clearSnack(): void {
  clearTimeout(timer);
  show(null);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function SnackbarHost() {
  const shown = useSyncExternalStore(subscribe, () => current);
  return (
    <div className="snack" role="status" aria-live="polite" data-testid="snackbar">
      {shown ? (
        <div key={shown.id} className={shown.button ? '' : 'no-button'}>
          <span>{shown.text}</span>
          {shown.button ? (
            <button
              type="button"
              data-testid="snackbar-button"
              onClick={() => {
                const { run } = shown.button!;
                clearSnack();
                run();
              }}
            >
              {shown.button.text}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
