import { addDays, businessDay, startOfBusinessDay } from '@shuke/shared/kernel';
import { findSweep } from '../src/platform/jobs/sweep.js';
import { Actors, refusalText, until } from './steps/actors.js';
import { answerStatements } from './steps/answer-statements.js';
import { bringFiles } from './steps/bring-files.js';
import { type Bought, order, pay } from './steps/buy.js';
import { chat } from './steps/chat.js';
import { chooseTemplates } from './steps/choose-templates.js';
import { closeStore } from './steps/close-store.js';
import { type PlannedVisit, visitsOf } from './steps/day-plan.js';
import { fillWallets, publishAssets, useWallets } from './steps/give-assets.js';
import { handOutCoupons, publishCoupons, takeEarly } from './steps/give-coupons.js';
import { giveTasks, type Sends, startMorning } from './steps/give-tasks.js';
import { hearVoices } from './steps/hear-voices.js';
import { importCounter, recomputeValue } from './steps/import-counter.js';
import { lookAround } from './steps/look-around.js';
import { markContacts } from './steps/mark-contacts.js';
import { meetPeople } from './steps/meet-people.js';
import { payMixed } from './steps/pay-mixed.js';
import { PERSONAS } from './steps/personas.js';
import { playPromotions } from './steps/play-promotions.js';
import { publishPastSeason, publishPromotions } from './steps/publish-promotions.js';
import { runDesk } from './steps/run-desk.js';
import { runTills } from './steps/run-tills.js';
import { asStep, HISTORY_DAYS, mapAtMost, type SeedContext } from './steps/seed-context.js';
import { handOver, refund, ship } from './steps/serve.js';
import { sortPeople } from './steps/sort-people.js';
import { type StoreIds, storeIdsOf } from './steps/store-book.js';
import { tellNames } from './steps/tell-names.js';

const MINUTE_MS = 60_000;
/** Minutes of the day in Shanghai. */
const MORNING = 10 * 60 + 40;
const AFTERNOON = 16 * 60 + 20;
const EVENING = 22 * 60 + 10;
const AT_ONCE = 4;
const SPLITS_REST_MS = 3_000;
/** From here on parcels stay on their way, so that the demo has some. */
const LAST_RECEIPT_DAY = 2;

/** The instant at which the demo's history begins. */
export const historyStart = (nowMs: number): number => momentOf(nowMs, HISTORY_DAYS, 9 * 60);

function momentOf(nowMs: number, daysAgo: number, minutes: number): number {
  return startOfBusinessDay(addDays(businessDay(nowMs), -daysAgo)) + minutes * MINUTE_MS;
}

/** Nine days of people who browse, buy, ship, receive and return, and then today. */
export async function playHistory(context: SeedContext, nowMs: () => number): Promise<void> {
  const actors = new Actors(context);
  const today = nowMs();
  const moment = (daysAgo: number, minutes: number) => momentOf(today, daysAgo, minutes);
  await asStep(context, 'people', async () => {
    await actors.setTime(moment(HISTORY_DAYS, MORNING - 60));
    await meetPeople(context, actors);
    context.say('everybody has met their guides');
  });
  await publishCoupons(context, actors);
  await takeEarly(context, actors);
  await publishAssets(context, actors);
  await publishPastSeason(context, actors);
  for (let daysAgo = HISTORY_DAYS; daysAgo > 0; daysAgo -= 1) {
    await asStep(context, `history ${daysAgo}`, async () => {
      await actors.setTime(moment(daysAgo, MORNING));
      await playDay(context, actors, daysAgo, () => actors.setTime(moment(daysAgo, AFTERNOON)));
    });
  }
  await asStep(context, 'last evening', async () => {
    await actors.setTime(moment(1, EVENING));
    await lookAround(context, actors);
    await importCounter(context);
    await recomputeValue(context);
    await giveTasks(context, actors);
    await tellNames(actors);
  });
  await actors.setTime(nowMs());
  const sends: Sends = new Map();
  await chooseTemplates(context, actors);
  await asStep(context, 'morning', () => startMorning(context, actors, sends));
  await asStep(context, 'history 0', () => playDay(context, actors, 0, () => Promise.resolve(), sends));
  await handOutCoupons(context, actors);
  await fillWallets(context, actors);
  await hearVoices(context, actors);
  await recomputeValue(context);
  await asStep(context, 'refund after the split', () => refundAfterSplit(context, actors));
  await publishPromotions(context, actors, nowMs);
  await liveOn(context, actors);
}

/** What makes today look lived in: promotions in use, mixed payments, files, tills, desks, people, a closing. */
async function liveOn(context: SeedContext, actors: Actors): Promise<void> {
  await payMixed(context, actors);
  await playPromotions(context, actors);
  await bringFiles(context, actors);
  await runTills(context, actors);
  await runDesk(context, actors);
  await answerStatements(context, actors);
  await closeStore(context, actors);
  await sortPeople(context, actors);
  await chat(context, actors);
  await markContacts(context, actors);
  context.say('today is under way');
}

async function playDay(
  context: SeedContext,
  actors: Actors,
  daysAgo: number,
  afternoon: () => Promise<void>,
  sends: Sends = new Map(),
): Promise<void> {
  if (daysAgo >= LAST_RECEIPT_DAY && daysAgo < HISTORY_DAYS) await receiveParcels(context, actors);
  await publishStatements();
  await useWallets(context, actors, daysAgo);
  const visits = visitsOf(daysAgo).map((visit) => ({ ...visit, sendId: sends.get(visit.persona.key) }));
  const stores = await storeIdsOf(actors);
  const bought = await mapAtMost(AT_ONCE, visits, (visit) =>
    orNull(context, visit, () => begin(actors, visit, stores)),
  );
  await afternoon();
  await mapAtMost(AT_ONCE, bought, async (one, at) => {
    const visit = visits[at];
    if (one && visit) await orNull(context, visit, () => conclude(actors, visit, one));
  });
  await letSplitsRun(actors);
  context.say(`${daysAgo} days ago: ${bought.filter((one) => one !== null).length} of ${visits.length} visits`);
}

async function begin(actors: Actors, visit: PlannedVisit, stores: StoreIds): Promise<Bought> {
  const bought = await order(actors, visit, stores);
  if (visit.ending === 'CANCELLED') {
    const api = await actors.consumer(visit.persona.key);
    await api.mall.cancelOrder({ params: { id: bought.orderId } });
  } else if (visit.ending !== 'UNPAID' && !bought.isPaid) await pay(actors, bought);
  return bought;
}

async function conclude(actors: Actors, visit: PlannedVisit, bought: Bought): Promise<void> {
  const { ending, fulfil } = visit;
  if (ending === 'REFUNDED') return refund(actors, bought, true, '拍错了颜色，重新买');
  if (ending !== 'SERVED' && ending !== 'PARTLY_REFUNDED') return;
  if (fulfil === 'SHIP') await ship(actors, bought);
  else await handOver(actors, bought);
  if (ending === 'PARTLY_REFUNDED') await refund(actors, bought, false, '尺码偏大，退一件');
}

/** A visit that fails is reported and the day goes on: a repeated day meets orders that it made before. */
async function orNull<T>(context: SeedContext, visit: PlannedVisit, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    context.say(`${visit.name} of ${visit.persona.key} in ${visit.storeCode}: ${refusalText(error)}`);
    return null;
  }
}

/** Everybody who got a parcel confirms it, and WeChat settles what was received or handed over. */
async function receiveParcels(context: SeedContext, actors: Actors): Promise<void> {
  await mapAtMost(AT_ONCE, PERSONAS, async ({ key }) => {
    const api = await actors.consumer(key);
    const { items } = await api.mall.orders({ query: { tab: 'TO_RECEIVE', limit: 20 } });
    for (const { id, state } of items) if (state === 'SHIPPED') await api.mall.confirmReceipt({ params: { id } });
  });
  const known = await fetch(`${context.deskOrigin}/control/miniapp/shipping`);
  const { orders } = (await known.json()) as { orders: { transactionId: string; state: number }[] };
  await mapAtMost(
    AT_ONCE,
    orders.filter(({ state }) => state === 2),
    ({ transactionId }) => actors.control('miniapp/confirm-receipt', { transactionId }),
  );
}

/** Yesterday's statements come out in the morning; the worker's own round may be a minute away. */
async function publishStatements(): Promise<void> {
  const sweep = findSweep('settlement.statements');
  while (sweep && (await sweep.run()) > 0);
}

/**
 * Gives the worker a moment for splits under way before the clock jumps on. A split that is put off until later is not
 * waited for.
 */
async function letSplitsRun(actors: Actors): Promise<void> {
  const api = await actors.desk('hq');
  const open = async (state: 'READY' | 'PROCESSING') =>
    (await api.console.splits({ query: { state, limit: 1 } })).items.length;
  const isQuiet = async () => ((await open('READY')) + (await open('PROCESSING')) === 0 ? true : null);
  await until('splits rest', isQuiet, SPLITS_REST_MS, 250).catch(() => false);
}

/** One order whose shares were paid out comes back whole: the shares have to be returned before the refund. */
async function refundAfterSplit(context: SeedContext, actors: Actors): Promise<void> {
  const api = await actors.desk('hq');
  await letSplitsRun(actors);
  const { items: finished } = await api.console.splits({ query: { state: 'FINISHED', limit: 50 } });
  context.say(`${finished.length} splits are finished`);
  const split = finished.at(-1);
  if (!split) return;
  const params = { id: split.orderId };
  const asked = await api.console.refundOrder({
    params,
    body: { reason: '穿了一周起球，整单退回' },
    idempotencyKey: `demo-refund-${split.orderId}`,
  });
  await until('the refund after the split', async () => {
    const { refunds } = await api.console.order({ params });
    return refunds.find(({ id }) => id === asked.id)?.state === 'SUCCESS' ? true : null;
  });
}
