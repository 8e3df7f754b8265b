const SECOND = 1000;
const MINUTE = 60_000;

/** Pauses before the next try of an event, by how often it was tried. */
const PAUSES_MS = [SECOND, 5 * SECOND, 30 * SECOND, 5 * MINUTE, 15 * MINUTE] as const;

/** An event about somebody we do not know waits for the roster to arrive, then it is a dead letter. */
export const UNKNOWN_TRIES = 5;
/** A vendor that does not answer is waited for much longer: half a day. */
export const VENDOR_TRIES = 50;

/**
 * When to try again.
 * @param tries how often it has been tried
 * @returns milliseconds to wait, or null: no more, it becomes a dead letter
 */
export function pauseMs(tries: number, maxTries: number): number | null {
  if (tries >= maxTries) return null;
  return PAUSES_MS[Math.min(tries - 1, PAUSES_MS.length - 1)] ?? SECOND;
}
