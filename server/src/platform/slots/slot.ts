interface Place {
  name: string;
  /** What is still missing, in words for whoever starts the process. */
  missing(): string[];
}
const places = new Set<Place>();

/**
 * A question that a module must ask and whose answer is known to a module built on it, which it may not import. Declared
 * once beside the question; the other module fills it when it starts. Without an answer nothing is assumed: the process
 * does not start, and whoever asks all the same gets an error.
 */
export class Slot<Filling> implements Place {
  private filling: Filling | null = null;

  constructor(readonly name: string) {
    places.add(this);
  }

  /** The last filling wins, so that tests can build the app twice. */
  fill(filling: Filling): void {
    this.filling = filling;
  }

  /** @throws Error when nobody has filled it */
  get(): Filling {
    if (this.filling === null) throw new Error(emptyText(this.missing()));
    return this.filling;
  }

  missing(): string[] {
    return this.filling === null ? [this.name] : [];
  }
}

/** A slot that several modules fill, each under its name; all that are named must be there. */
export class SharedSlot<By extends string, Filling> implements Place {
  private readonly fillings = new Map<By, Filling>();

  /** @param by who fills it, in the order in which they are asked */
  constructor(
    readonly name: string,
    private readonly by: readonly By[],
  ) {
    places.add(this);
  }

  fill(by: By, filling: Filling): void {
    this.fillings.set(by, filling);
  }

  /** @throws Error when one of them is missing */
  all(): Filling[] {
    const missing = this.missing();
    if (missing.length > 0) throw new Error(emptyText(missing));
    return this.by.map((by) => this.fillings.get(by) as Filling);
  }

  missing(): string[] {
    return this.by.filter((by) => !this.fillings.has(by)).map((by) => `${this.name} (${by})`);
  }
}

const emptyText = (names: readonly string[]): string =>
  `nobody fills ${names.join(', ')}: the module that knows the answer is not loaded`;

/** Called once all modules have started. @throws Error naming every slot that nobody has filled */
export function requireFilledSlots(): void {
  const missing = [...places].flatMap((place) => place.missing());
  if (missing.length > 0) throw new Error(emptyText(missing));
}
