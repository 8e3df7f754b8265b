import { type Actors, attempt } from './actors.js';
import { browse } from './buy.js';
import { COUNTER_PEOPLE } from './personas.js';
import { asStep, mapAtMost, type SeedContext } from './seed-context.js';
import { storeIdsOf } from './store-book.js';

const AT_ONCE = 4;

/** Customers of the counter look around in the mini-program in the evening, so that their guide sees what they like. */
export const lookAround = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'looking around', async () => {
    const stores = await storeIdsOf(actors);
    await mapAtMost(AT_ONCE, COUNTER_PEOPLE, (persona) =>
      attempt(context, `${persona.key} looks around`, async () => {
        const [storeCode = '', linkOf = null] = [persona.stores[0], persona.guides[0]];
        const visit = {
          name: `evening of ${persona.key}`,
          persona,
          storeCode,
          fulfil: 'PICKUP' as const,
          linkOf,
          lines: 2,
        };
        await browse(await actors.consumer(persona.key), visit, stores);
      }),
    );
  });
