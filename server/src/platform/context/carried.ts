import { promiseHooks } from 'node:v8';

/** What is carried along the promises of one piece of work: one object for all kinds, replaced and never changed. */
type Carriage = Readonly<Record<symbol, unknown>>;
interface Marked {
  [CARRIAGE]?: Carriage | undefined;
}

const CARRIAGE = Symbol('carriage');
let current: Carriage | undefined;
let isHooked = false;

/** From the first use on, every promise remembers what was carried when it was made, and its continuation finds it. */
function hookOnce(): void {
  if (isHooked) return;
  isHooked = true;
  promiseHooks.createHook({
    init: (promise) => {
      (promise as Marked)[CARRIAGE] = current;
    },
    before: (promise) => {
      current = (promise as Marked)[CARRIAGE];
    },
    after: () => {
      current = undefined;
    },
  });
}

function within<T>(carriage: Carriage | undefined, work: () => T): T {
  hookOnce();
  const before = current;
  current = carriage;
  try {
    return work();
  } finally {
    current = before;
  }
}

/**
 * A value that a piece of work and everything that it awaits can read. Like AsyncLocalStorage along promises, at a
 * fraction of its cost, which in this version of Node is paid for every promise of the process. Unlike it, a callback of
 * a timer or a socket by itself carries nothing; whoever awaits such a callback does.
 */
export class Carried<Value> {
  private readonly key = Symbol('carried');

  run<T>(value: Value, work: () => T): T {
    return within({ ...current, [this.key]: value }, work);
  }

  /** Runs work that carries nothing of this kind. */
  exit<T>(work: () => T): T {
    return within(current ? { ...current, [this.key]: undefined } : undefined, work);
  }

  get(): Value | undefined {
    return current?.[this.key] as Value | undefined;
  }
}
