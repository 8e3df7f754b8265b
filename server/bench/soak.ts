import { buy } from './journey.js';
import { type Result, resultOf, rounded, sampled } from './measure.js';
import { pause, type Started } from './processes.js';
import { AT_ONCE, type Stack } from './stack.js';

const WARM_UP_MS = 30_000;
const MIB = 2 ** 20;
/** Memory in use may differ by so much between two collections without anything being kept. */
const TOLERANCE_MIB = 8;

interface Look {
  inUse: number;
  rss: number;
}

/** Megabytes in use after a forced collection, and resident. */
async function look(part: Started): Promise<Look> {
  const { inUse, rss } = await part.memory();
  return { inUse: rounded(inUse / MIB, 1), rss: rounded(rss / MIB, 1) };
}

/** A leak grows in both halves; what caches and code take, they take once. */
function verdictOf([start, middle, end]: readonly Look[]): string {
  if (!start || !middle || !end) return 'not measured';
  const [first, second] = [middle.inUse - start.inUse, end.inUse - middle.inUse];
  return first > TOLERANCE_MIB && second > TOLERANCE_MIB ? 'GROWING' : 'steady';
}

/** What one buyer does in a round: mostly looking, sometimes buying, sometimes giving up an order. */
async function wander(stack: Stack, n: number, round: number): Promise<void> {
  const { mall } = stack.client(stack.buyers[n % AT_ONCE]?.token ?? null);
  const { storeId, productId, skuId } = stack.shop;
  const lines = [{ skuId, qty: 1 }];
  await mall.products({ query: { storeId } });
  await mall.product({ params: { id: productId }, query: { storeId } });
  await mall.promotions({ query: { storeId } });
  await mall.orders({ query: {} });
  if (round % 3 === 0) await buy(stack, n);
  if (round % 3 === 1) {
    const preview = await mall.preview({ body: { storeId, lines, fulfil: 'PICKUP' } });
    const order = await mall.submitOrder({
      body: { storeId, lines, fulfil: 'PICKUP', expectedTotalFen: preview.totalFen },
    });
    await mall.cancelOrder({ params: { id: order.id } });
  }
}

/**
 * Mixed journeys for some minutes, and the memory of server and worker after warming up, in the middle and at the end, each time
 * after a forced collection: resident memory alone says mostly how lazy the collector is.
 * Not part of the whole list: it takes its time.
 */
export async function benchSoak(stack: Stack, worker: Started): Promise<Result> {
  const ms = stack.settings.isQuick ? 20_000 : 180_000;
  const warmUp = stack.settings.isQuick ? 5000 : WARM_UP_MS;
  const seen: Record<'server' | 'worker', Look[]> = { server: [], worker: [] };
  const lookAtBoth = async () => {
    seen.server.push(await look(stack.server));
    seen.worker.push(await look(worker));
  };
  const run = async (duration: number) => {
    const end = performance.now() + duration;
    const latencies: number[] = [];
    const buyer = async (n: number) => {
      for (let round = 0; performance.now() < end; round += 1) {
        const startedAt = performance.now();
        await wander(stack, n, round);
        latencies.push(performance.now() - startedAt);
        await pause(20);
      }
    };
    await Promise.all(stack.buyers.map((_, n) => buyer(n)));
    return { units: latencies.length, latencies };
  };
  await run(warmUp);
  await lookAtBoth();
  const samples = [];
  for (let half = 0; half < 2; half += 1) {
    samples.push(await sampled(stack.probe, [stack.server.pid, worker.pid], () => run(ms / 2)));
    await lookAtBoth();
  }
  const of = (part: 'server' | 'worker') =>
    `${part} ${verdictOf(seen[part])}: ${seen[part].map((one) => `${one.inUse} (${one.rss})`).join(' → ')}`;
  return {
    ...resultOf('soak', samples),
    note: `MiB in use after a forced collection (resident) after warming up → middle → end of ${ms / 1000} s; ${of('server')}; ${of('worker')}`,
  };
}
