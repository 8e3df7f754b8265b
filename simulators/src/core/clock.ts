/** A piece of work that runs when virtual time reaches its instant. */
export type ScheduledWork = () => void | Promise<void>;

interface Entry {
  at: number;
  work: ScheduledWork;
}

/** Node clamps longer timers to 1 ms, so a far deadline is reached in several hops. */
const LONGEST_TIMER_MS = 2_000_000_000;

/**
 * Virtual time of all simulators: real time plus an offset, or a frozen instant.
 * `schedule` fires when virtual time passes the instant, whether by itself or because a test moved the clock.
 */
export class SimClock {
  private offset = 0;
  private held: number | null = null;
  private frozen = false;
  private entries: Entry[] = [];
  private timer: NodeJS.Timeout | undefined;
  private moving: Promise<void> = Promise.resolve();
  private movesUnderWay = 0;
  /** Work that fired by itself and has not ended yet; a move waits for it before it fires more. */
  private underWay = new Set<Promise<void>>();
  private changeListeners: Array<() => void> = [];

  /** Milliseconds since the epoch, in virtual time. */
  now(): number {
    return this.held ?? Date.now() + this.offset;
  }

  /** True when time only moves by `advance` and `set`. */
  isFrozen(): boolean {
    return this.frozen;
  }

  /** Distance from real time in milliseconds; kept across restarts. */
  offsetMs(): number {
    return this.now() - Date.now();
  }

  /** Sets the distance from real time without firing anything; for restoring a saved state only. */
  restoreOffset(offsetMs: number): void {
    this.offset = offsetMs;
    this.arm();
  }

  /** Called after every move, freeze or thaw of the clock. */
  onChange(listener: () => void): void {
    this.changeListeners.push(listener);
  }

  /** Moves virtual time forward, firing due work in order and waiting for each piece. */
  advance(ms: number): Promise<void> {
    return this.move(() => this.now() + ms);
  }

  /** Moves virtual time to an instant; going back fires nothing. */
  set(atMs: number): Promise<void> {
    return this.move(() => atMs);
  }

  freeze(): void {
    this.frozen = true;
    this.held = this.now();
    this.changed();
  }

  unfreeze(): void {
    this.offset = this.now() - Date.now();
    this.frozen = false;
    if (this.movesUnderWay === 0) this.held = null;
    this.changed();
  }

  /** Runs `work` once virtual time has reached `atMs`; returns a function that withdraws it. */
  schedule(atMs: number, work: ScheduledWork): () => void {
    const entry: Entry = { at: atMs, work };
    this.entries.splice(this.placeFor(atMs), 0, entry);
    this.arm();
    return () => {
      this.entries = this.entries.filter((other) => other !== entry);
      this.arm();
    };
  }

  /** Withdraws everything and stops the timer. */
  stop(): void {
    this.entries = [];
    clearTimeout(this.timer);
  }

  private move(target: () => number): Promise<void> {
    this.movesUnderWay += 1;
    const run = this.moving.then(() => this.moveTo(target()));
    this.moving = run.catch(() => undefined).then(() => this.settle());
    return this.moving.then(() => run);
  }

  private async moveTo(target: number): Promise<void> {
    this.held = this.now();
    await Promise.all(this.underWay);
    for (let entry = this.takeDue(target); entry; entry = this.takeDue(target)) {
      this.held = Math.max(this.held, entry.at);
      await entry.work();
    }
    this.held = target;
  }

  private settle(): void {
    this.movesUnderWay -= 1;
    if (this.held !== null) this.offset = this.held - Date.now();
    if (!this.frozen && this.movesUnderWay === 0) this.held = null;
    this.changed();
  }

  private changed(): void {
    this.arm();
    for (const listener of this.changeListeners) listener();
  }

  private takeDue(limit: number): Entry | undefined {
    const first = this.entries[0];
    return first && first.at <= limit ? this.entries.shift() : undefined;
  }

  /** First index whose entry is later than `atMs`; entries of the same instant keep the order of planning. */
  private placeFor(atMs: number): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.at ?? 0) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private arm(): void {
    clearTimeout(this.timer);
    const first = this.entries[0];
    // While a move is under way it fires the work itself, and a frozen clock never gets there by itself.
    if (!first || this.movesUnderWay > 0 || (this.frozen && first.at > this.now())) return;
    const wait = Math.min(Math.max(0, first.at - this.now()), LONGEST_TIMER_MS);
    this.timer = setTimeout(() => this.fireDue(), wait);
    this.timer.unref();
  }

  private fireDue(): void {
    for (let entry = this.takeDue(this.now()); entry; entry = this.takeDue(this.now())) {
      const { work } = entry;
      // In running time a slow callback must not hold up the next one, so nothing is awaited here.
      const started: Promise<void> = (async () => work())()
        .catch((error: unknown) => console.error('scheduled work failed', error))
        .finally(() => this.underWay.delete(started));
      this.underWay.add(started);
    }
    this.arm();
  }
}
