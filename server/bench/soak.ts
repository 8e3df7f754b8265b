import { readFileSync } from 'node:fs';
import { buy } from './journey.js';
import { type Result, resultOf, rounded, sampled } from './measure.js';
import { pause, type Started } from './processes.js';
import { BUYERS, type Stack } from './stack.js';

const WARM_UP_MS = 30_000;
const KIB = 1024;

/** Resident memory of a process in MiB. */
function residentMib(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return rounded(Number(line?.[1] ?? 0) / KIB, 1);
}

/** What one buyer does in a round: mostly looking, sometimes buying, sometimes giving up an order. */
async function wander(stack: Stack, n: number, round: number): Promise<void> {
  const { mall } = stack.client(stack.buyers[n % BUYERS]?.token ?? null);
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
 * Mixed journeys for some minutes, and the memory of server and worker after warming up, in the middle and at the end.
 * Not part of the whole list: it takes its time.
 */
export async function benchSoak(stack: Stack, worker: Started): Promise<Result> {
  const ms = stack.settings.isQuick ? 20_000 : 180_000;
  const warmUp = stack.settings.isQuick ? 5000 : WARM_UP_MS;
  const memory: { server: number; worker: number }[] = [];
  const look = () => memory.push({ server: residentMib(stack.server.pid), worker: residentMib(worker.pid) });
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
  look();
  const samples = [];
  for (let half = 0; half < 2; half += 1) {
    samples.push(await sampled(stack.probe, [stack.server.pid, worker.pid], () => run(ms / 2)));
    look();
  }
  const of = (part: 'server' | 'worker') => memory.map((one) => one[part]).join(' → ');
  return {
    ...resultOf('soak', samples),
    note: `resident MiB after warming up → middle → end of ${ms / 1000} s: server ${of('server')}, worker ${of('worker')}`,
  };
}
