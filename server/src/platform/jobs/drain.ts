import type { OutboxRelay } from '../outbox/relay.js';
import { allSweeps } from './sweep.js';

/**
 * Does all due background work in this process without a queue, until a whole round finds nothing. For tests, seeds and
 * the command line: the same sweeps and handlers as the worker, in a fixed order.
 */
export async function drain(relay: OutboxRelay, maxRounds = 50): Promise<number> {
  let total = 0;
  for (let round = 0; round < maxRounds; round += 1) {
    let did = await relay.relay(async (deliveries) => {
      for (const delivery of deliveries) await relay.deliver(delivery);
    });
    for (const sweep of allSweeps()) did += await sweep.run();
    total += did;
    if (did === 0) return total;
  }
  return total;
}
