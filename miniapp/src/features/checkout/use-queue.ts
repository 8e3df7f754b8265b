import { useEffect, useRef, useState } from 'react';
import { clock } from '@/lib/clock';
import { troubleOf } from '@/lib/errors';
import { waitMsOf } from './refusals';

/** Longer than this nobody is kept waiting without being asked. */
const LONGEST_MS = 60_000;

export interface Queueing {
  since: number;
  /** The person no longer wants to wait; what is on its way is still awaited. */
  isLeaving: boolean;
}

/**
 * Tries again by itself while the server says "wait", as long as the person wants to and a minute at most. What is tried
 * must carry one idempotency key, so that trying again can never make a second order.
 */
export function useQueue() {
  const [queueing, setQueueing] = useState<Queueing | null>(null);
  const hasLeft = useRef(false);
  const wake = useRef<() => void>(() => undefined);
  const leave = () => {
    hasLeft.current = true;
    setQueueing((now) => (now ? { ...now, isLeaving: true } : null));
    wake.current();
  };
  useEffect(
    () => () => {
      hasLeft.current = true;
      wake.current();
    },
    [],
  );
  const pause = (ms: number) =>
    new Promise<void>((resume) => {
      const timer = setTimeout(resume, ms);
      wake.current = () => {
        clearTimeout(timer);
        resume();
      };
    });
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    const since = clock.elapsed();
    hasLeft.current = false;
    try {
      for (;;) {
        try {
          return await work();
        } catch (reason) {
          const waitMs = waitMsOf(troubleOf(reason));
          if (waitMs === null || hasLeft.current || clock.elapsed() + waitMs > since + LONGEST_MS) throw reason;
          setQueueing({ since, isLeaving: false });
          await pause(waitMs);
          if (hasLeft.current) throw reason;
        }
      }
    } finally {
      setQueueing(null);
    }
  };
  return { queueing, run, leave, hasLeft: () => hasLeft.current };
}
