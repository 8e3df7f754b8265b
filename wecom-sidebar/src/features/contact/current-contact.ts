import { useCallback, useEffect, useRef, useState } from 'react';
import type { WecomClient } from '../../platform/wecom';

interface State {
  externalUserId: string | null;
  error: unknown;
  tries: number;
}
/** On a desktop the side column stays while the guide switches chats, and nothing tells the page: look now and then. */
const LOOK_MS = 4_000;

/**
 * Whose chat is open. Read again when the page comes back to the front, is focused, and every few seconds in view; a
 * failed re-reading keeps the last known person, since the send asks once more anyway.
 */
export function useCurrentContact(wecom: WecomClient, first: Promise<string> | null) {
  const [state, setState] = useState<State>({ externalUserId: null, error: null, tries: 0 });
  const busy = useRef(false);

  const read = useCallback(
    async (source?: Promise<string>) => {
      if (busy.current) return;
      busy.current = true;
      try {
        const externalUserId = await (source ?? wecom.currentContact());
        setState((old) =>
          old.externalUserId === externalUserId && old.error === null ? old : { externalUserId, error: null, tries: 0 },
        );
      } catch (error) {
        setState((old) => (old.externalUserId ? old : { ...old, error, tries: old.tries + 1 }));
      } finally {
        busy.current = false;
      }
    },
    [wecom],
  );

  useEffect(() => {
    void read(first ?? undefined);
  }, [read, first]);

  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void read();
    };
    const timer = setInterval(look, LOOK_MS);
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    window.addEventListener('pageshow', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
      window.removeEventListener('pageshow', look);
    };
  }, [read]);

  const retry = () => {
    setState((old) => ({ ...old, error: null }));
    void read();
  };
  const moveTo = (externalUserId: string) => setState({ externalUserId, error: null, tries: 0 });
  return { ...state, retry, moveTo };
}
