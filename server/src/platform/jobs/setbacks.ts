const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

interface Setback {
  tries: number;
  since: Date;
  /** The item is not tried again before this instant. */
  until: Date;
}

/**
 * Items of one sweep that could not be done, by name, and how long each of them waits now: longer each time. It lives in
 * memory, because forgetting it costs no more than one try.
 */
export class Setbacks {
  private readonly all = new Map<string, Setback>();

  get size(): number {
    return this.all.size;
  }

  /** A clock that was moved back before the failure ends the wait: else the item would wait for all of the way back. */
  isWaiting(name: string, now: Date): boolean {
    const setback = this.all.get(name);
    return setback !== undefined && setback.since <= now && setback.until > now;
  }

  add(name: string, now: Date): void {
    const tries = (this.all.get(name)?.tries ?? 0) + 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries - 1, 20));
    this.all.set(name, { tries, since: now, until: new Date(now.getTime() + pause) });
  }

  remove(name: string): void {
    this.all.delete(name);
  }

  /** Forgets all others: they are not due any more. */
  keepOnly(names: ReadonlySet<string>): void {
    for (const name of this.all.keys()) if (!names.has(name)) this.all.delete(name);
  }
}
