/** The only place that reads the device's clock, so that tests can set it. */
interface Device {
  now(): number;
}

let device: Device = { now: () => Date.now() };

/** Between which two values the server's clock is ahead of the device's; unknown until the first answer. */
let ahead: { least: number; most: number } | null = null;

/** A device that agrees with the server as far as the answers can tell is believed; another one is put right. */
function offsetMs(): number {
  if (ahead === null || (ahead.least <= 0 && ahead.most >= 0)) return 0;
  return Math.floor((ahead.least + ahead.most) / 2);
}

export const clock = {
  /** The shop's time: what deadlines are judged by. People's phones may be wrong, and a demonstration moves its time. */
  now: (): number => device.now() + offsetMs(),
  /** The device's own time, for how long something took: it does not jump when the server's time is learned. */
  elapsed: (): number => device.now(),
};

/**
 * Learns the server's time from the `Date` header of an answer. The header names the second in which the answer was made,
 * some time between asking and receiving; each answer narrows the difference, and one that contradicts what was known
 * means that a clock has been moved.
 */
export function hearServerTime(date: string | undefined, askedAt: number, answeredAt: number): void {
  const told = Date.parse(date ?? '');
  if (Number.isNaN(told)) return;
  const heard = { least: told - answeredAt, most: told + 999 - askedAt };
  const both = ahead && { least: Math.max(ahead.least, heard.least), most: Math.min(ahead.most, heard.most) };
  ahead = both && both.least <= both.most ? both : heard;
}

/** Tests only: replaces the device's clock, and what is known of the server's is forgotten. */
export function setClock(next: Device): void {
  device = next;
  ahead = null;
}
