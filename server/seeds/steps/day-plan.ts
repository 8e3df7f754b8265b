import { createRandom } from '../demo/random.js';
import type { Visit } from './buy.js';
import { COUNTER_PEOPLE, guidesOfStore, PERSONAS, type Persona } from './personas.js';
import { DEMO_SEED } from './seed-context.js';

/** How far a visit goes on its own day; what is shipped is received on a later morning. */
export type Ending =
  | 'UNPAID'
  | 'CANCELLED'
  | 'PAID'
  | 'SERVED'
  /** Served, then one piece comes back before the share-out. */
  | 'PARTLY_REFUNDED'
  /** Paid, then given up before the store has done anything. */
  | 'REFUNDED';

export interface PlannedVisit extends Visit {
  ending: Ending;
}

/** Endings of each day's visits, by days before today; the other visits of a day are served. */
const ENDINGS: Record<number, readonly Ending[]> = {
  7: ['SERVED', 'SERVED', 'UNPAID'],
  5: ['PARTLY_REFUNDED'],
  4: ['REFUNDED', 'SERVED', 'PARTLY_REFUNDED', 'CANCELLED'],
  3: ['UNPAID', 'REFUNDED'],
  1: ['PAID', 'PAID', 'SERVED', 'PAID', 'PAID'],
  0: ['UNPAID', 'PAID', 'PAID', 'UNPAID', 'PAID', 'CANCELLED', 'PAID', 'PAID', 'SERVED'],
};
const VISITS: Record<number, number> = { 9: 9, 8: 9, 0: 9 };
const USUAL_VISITS = 6;
const DEMO_STORE = 'S001';
/** These two have not bought in the mini-program: one is new, the other has not come for long. */
const STRANGERS = new Set(['song', 'ye']);

const REGULARS = PERSONAS.filter((one) => !STRANGERS.has(one.key) && !COUNTER_PEOPLE.includes(one));

/** Two of the demo guide's own customers order from her store today, so that she has something to send and to hand over. */
const ordersOf = (key: string): PlannedVisit[] =>
  COUNTER_PEOPLE.filter((persona) => persona.key === key).map((persona) => ({
    name: `order of ${key}`,
    persona,
    storeCode: DEMO_STORE,
    fulfil: key === 'min' ? 'SHIP' : 'PICKUP',
    linkOf: guidesOfStore(DEMO_STORE)[0] ?? null,
    lines: 1,
    ending: 'PAID',
  }));

/** The visits of one day, the same in every run: nobody comes twice on a day, most go to franchise stores. */
export function visitsOf(daysAgo: number): PlannedVisit[] {
  const random = createRandom(DEMO_SEED + daysAgo * 7919);
  const count = VISITS[daysAgo] ?? USUAL_VISITS;
  const atDemoStore = daysAgo === 0 ? [...ordersOf('min'), ...ordersOf('mei')] : [];
  const usual = random
    .shuffle(REGULARS)
    .slice(0, count)
    .map((persona, at): PlannedVisit => {
      const storeCode = storeFor(persona, random.next());
      const clerks = guidesOfStore(storeCode);
      const hasLink = random.next() < 0.5;
      const linkOf = hasLink ? random.pick(clerks) : null;
      return {
        name: `day ${daysAgo} visit ${at + 1}`,
        persona,
        storeCode,
        fulfil: at % 2 === 0 ? 'SHIP' : 'PICKUP',
        linkOf,
        lines: random.next() < 0.4 ? 2 : 1,
        ending: ENDINGS[daysAgo]?.[at] ?? 'SERVED',
      };
    });
  return [...usual, ...atDemoStore];
}

function storeFor({ stores }: Persona, chance: number): string {
  const at = chance < 0.6 ? 0 : chance < 0.88 ? 1 : 2;
  return stores[at] ?? stores[0] ?? '';
}
