/** The only place that reads the device's clock, so that tests can set it. */
export interface Clock {
  now(): number;
}

let current: Clock = { now: () => Date.now() };

export const clock: Clock = { now: () => current.now() };

/** Tests only: replaces the clock. */
export function setClock(next: Clock): void {
  current = next;
}
