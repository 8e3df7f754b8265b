import { useEffect, useState } from 'react';
import { clock } from './clock';

/** The seconds tick only while something counts down. */
export function useNow(isTicking: boolean): number {
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    if (!isTicking) return;
    const timer = setInterval(() => setNow(clock.now()), 1_000);
    return () => clearInterval(timer);
  }, [isTicking]);
  return now;
}
