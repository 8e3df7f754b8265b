import { questions, type Result, resultOf, rounded, type Sample, sampled } from './measure.js';
import { cpuUs, pause, type Started } from './processes.js';
import { AT_ONCE, type Stack } from './stack.js';

/** The peer's kit knows a shop with eight people at once and a full one, too. */
export const MANY_AT_ONCE = 32;
const POLL_MS = 200;
const GIVE_UP_MS = 30_000;

/** One consumer's way from the list to an order that shows as paid. @returns milliseconds from submit to paid seen */
export async function buy(stack: Stack, n: number): Promise<number> {
  const buyer = stack.buyers[n % stack.buyers.length];
  if (!buyer) throw new Error('no buyer');
  const { mall } = stack.client(buyer.token);
  const { storeId } = stack.shop;
  const { productId, skuId } = choiceOf(stack);
  const lines = [{ skuId, qty: 1 }];
  await mall.products({ query: { storeId } });
  await mall.product({ params: { id: productId }, query: { storeId } });
  await mall.addToCart({ body: { storeId, skuId, qty: 1 } });
  const preview = await mall.preview({ body: { storeId, lines, fulfil: 'PICKUP' } });
  const submittedAt = performance.now();
  const order = await mall.submitOrder({
    body: {
      storeId,
      lines,
      fulfil: 'PICKUP',
      expectedTotalFen: preview.totalFen,
      fromCart: true,
      guideCode: 'NORTH',
      startPayment: true,
    },
  });
  const params = order.payment ?? (await mall.pay({ params: { id: order.id } }));
  await stack.control('pay/pay', { prepay_id: params.package.replace('prepay_id=', ''), openid: buyer.openid });
  // Like the mini-program: once the phone says that it is paid, the server is told to ask WeChat Pay itself.
  let seen = await mall.checkPayment({ params: { id: order.id } });
  while (seen.state !== 'TO_PICKUP') {
    if (performance.now() - submittedAt > GIVE_UP_MS) throw new Error(`order ${order.id} was not paid in time`);
    await pause(POLL_MS);
    seen = await mall.order({ params: { id: order.id } });
  }
  return performance.now() - submittedAt;
}

const PRIME = 7919;
let chosen = 0;

/** Buyers choose all over the store, like the peer's: a piece that all want at once is what `seckill` is about. */
function choiceOf({ shop }: Stack) {
  chosen += 1;
  const choice = shop.choices[(chosen * PRIME) % shop.choices.length];
  if (!choice) throw new Error('nothing is on sale');
  return choice;
}

/** Statements per second that the worker's looking around costs while nothing happens. */
async function idleRate(stack: Stack): Promise<number> {
  const before = await questions(stack.probe);
  await pause(3000);
  return ((await questions(stack.probe)) - before - 1) / 3;
}

let turn = 0;

interface Shopped {
  units: number;
  latencies: number[];
}

/** Some buyers at once shop for some seconds; when one has paid, the next begins. */
async function shopping(stack: Stack, seconds: number, atOnce = AT_ONCE): Promise<Shopped> {
  const end = performance.now() + seconds * 1000;
  const latencies: number[] = [];
  const shopper = async () => {
    while (performance.now() < end) {
      const startedAt = performance.now();
      await buy(stack, turn++);
      latencies.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, shopper));
  return { units: latencies.length, latencies };
}

/** Whole journeys per second by eight buyers at once and by 32, and what one purchase costs from submit to paid. */
export async function benchJourney(stack: Stack, worker: Started): Promise<Result[]> {
  const pids = [stack.server.pid, worker.pid];
  const [rounds, seconds, alone] = stack.settings.isQuick ? [1, 4, 3] : [3, 10, 40];
  await warmUp(stack);
  const idle = await idleRate(stack);
  const samples: Sample[] = [];
  const { database, redis } = stack.settings.engines;
  const [server, simulators] = [stack.server.pid, stack.sims.pid];
  const parts = { server, worker: worker.pid, database, redis, simulators, buyers: process.pid };
  const spent = () => Object.entries(parts).map(([name, pid]) => ({ name, us: cpuUs(pid) }));
  const before = spent();
  for (let round = 0; round < rounds; round += 1)
    samples.push(await sampled(stack.probe, pids, () => shopping(stack, seconds)));
  const journeys = samples.reduce((sum, one) => sum + one.units, 0);
  const shares = spent().map(
    ({ name, us }, at) => `${name} ${rounded((us - (before[at]?.us ?? 0)) / 1000 / journeys)}`,
  );
  const crowd: Sample[] = [];
  for (let round = 0; round < rounds; round += 1)
    crowd.push(await sampled(stack.probe, pids, () => shopping(stack, seconds, MANY_AT_ONCE)));
  // What the worker does comes after the payment, and its looking around would blur a count of statements.
  await worker.stop();
  return [
    { ...resultOf('journey', samples, [], idle), note: `CPU ms of all processes per journey: ${shares.join(', ')}` },
    resultOf('journey-32', crowd, [], idle),
    await submitToPaid(stack, alone),
  ];
}

/** Shopping that is not counted; the peer's kit lets its shop run as long before it measures. */
export async function warmUp(stack: Stack): Promise<void> {
  await shopping(stack, stack.settings.isQuick ? 1 : 25);
}

/** Journeys per second in a turn of some seconds, after a few that fill the caches again. */
export async function journeyRate(stack: Stack, atOnce: number, seconds: number): Promise<number> {
  await shopping(stack, seconds / 2, atOnce);
  const startedAt = performance.now();
  const { units } = await shopping(stack, seconds, atOnce);
  return (units * 1000) / (performance.now() - startedAt);
}

/** One purchase after the other, with the statements between submit and the answer that shows it paid. */
async function submitToPaid(stack: Stack, times: number): Promise<Result> {
  const { mall } = stack.client(stack.buyers[0]?.token ?? '');
  const { storeId } = stack.shop;
  const pids = [stack.server.pid];
  // What a journey does before it submits, to be taken off.
  const browsing = await sampled(stack.probe, pids, async () => {
    for (let n = 0; n < times; n += 1) {
      const { productId, skuId } = choiceOf(stack);
      await mall.products({ query: { storeId } });
      await mall.product({ params: { id: productId }, query: { storeId } });
      await mall.addToCart({ body: { storeId, skuId, qty: 1 } });
      await mall.preview({ body: { storeId, lines: [{ skuId, qty: 1 }], fulfil: 'PICKUP' } });
    }
    return { units: times, latencies: [] };
  });
  const whole = await sampled(stack.probe, pids, async () => {
    const latencies: number[] = [];
    for (let n = 0; n < times; n += 1) latencies.push(await buy(stack, turn++));
    return { units: times, latencies };
  });
  const purchase = {
    ...whole,
    seconds: whole.seconds - browsing.seconds,
    questions: whole.questions - browsing.questions,
    cpuUs: whole.cpuUs - browsing.cpuUs,
  };
  return resultOf('submit-to-paid', [purchase]);
}
