import type { OutboxRelay } from '../outbox/relay.js';
import { allSweeps, type Sweep } from './sweep.js';

/** Sweeps that a worker runs about every second: what follows from what, step by step. */
const OFTEN_MS = 3_000;
export const isFrequent = (sweep: Sweep): boolean => sweep.everyMs <= OFTEN_MS;

/**
 * Does all due background work in this process without a queue, until a whole round finds nothing. For tests, seeds and
 * the command line: the same sweeps and handlers as the worker, in a fixed order. Rare sweeps run again only while they
 * find something, as in a worker, where minutes pass between them.
 * @param wanted which sweeps take part; all unless told otherwise
 */
export async function drain(
  relay: OutboxRelay,
  maxRounds = 50,
  wanted: (sweep: Sweep) => boolean = () => true,
): Promise<number> {
  let total = 0;
  let sweeps = allSweeps().filter(wanted);
  for (let round = 0; round < maxRounds; round += 1) {
    let did = await relay.relay(async (deliveries) => {
      for (const delivery of deliveries) await relay.deliver(delivery);
    });
    const again: Sweep[] = [];
    for (const sweep of sweeps) {
      const found = await sweep.run();
      did += found;
      if (found > 0 || isFrequent(sweep)) again.push(sweep);
    }
    total += did;
    if (did === 0) return total;
    sweeps = again;
  }
  return total;
}
