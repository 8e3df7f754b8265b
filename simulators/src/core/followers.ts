/** A follower that has not asked for so long has ended. */
const GONE_MS = 5_000;
/** The first answer after a change brings the time; by the next one, work begun before it has had a moment to end. */
const ASKS_TO_FOLLOW = 2;

/** Programs that keep their clocks at virtual time, and which of them have not followed the last change yet. */
export class Followers {
  private readonly known = new Map<string, { askedAt: number; asks: number }>();

  /** Somebody has asked for the time. */
  note(name: string): void {
    this.known.set(name, { askedAt: performance.now(), asks: (this.known.get(name)?.asks ?? 0) + 1 });
  }

  /** The clock was moved: everybody has to ask again. */
  forgetAsks(): void {
    for (const one of this.known.values()) one.asks = 0;
  }

  /** Names of living followers that may still go by the time before the last change. */
  behind(): string[] {
    for (const [name, { askedAt }] of this.known) if (performance.now() - askedAt > GONE_MS) this.known.delete(name);
    return [...this.known].filter(([, { asks }]) => asks < ASKS_TO_FOLLOW).map(([name]) => name);
  }
}
