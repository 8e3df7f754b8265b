import { useEffect, useState } from 'react';

/** After this time people wonder whether anything still happens. */
const SLOW_MS = 3_000;

/** Whether something has been going on for so long that it should be said. */
export function useSlow(isBusy: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    setSlow(false);
    if (!isBusy) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [isBusy]);
  return isSlow;
}
