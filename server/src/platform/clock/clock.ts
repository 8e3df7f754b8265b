/**
 * The only source of time. Injected everywhere, so that tests, simulators and the server can be moved together; this
 * folder is the only place that may read the machine's clock.
 */
export abstract class Clock {
  /** The present instant in milliseconds, UTC. */
  abstract now(): number;

  /** The present instant as a Date, for columns and ISO text. */
  date(): Date {
    return new Date(this.now());
  }
}

export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}

/** A clock that stands still until it is moved; for tests. */
export class ManualClock extends Clock {
  constructor(private current: number) {
    super();
  }

  now(): number {
    return this.current;
  }

  set(instantMs: number): void {
    this.current = instantMs;
  }

  advance(ms: number): void {
    this.current += ms;
  }
}

/** Real time plus an offset that somebody else decides. */
export class OffsetClock extends Clock {
  private offsetMs = 0;

  now(): number {
    return Date.now() + this.offsetMs;
  }

  /** Shows the given instant from now on. */
  follow(instantMs: number): void {
    this.offsetMs = instantMs - Date.now();
  }
}
