import { addDays, businessDay } from '@shuke/shared/kernel';
import { MorningDispatch } from '../../src/modules/tasks/index.js';
import { TASK_TEMPLATES } from '../demo/brand.js';
import type { Actors } from './actors.js';
import { PERSONAS } from './personas.js';
import { asStep, type SeedContext } from './seed-context.js';

/** Who gets which of headquarters' tasks. */
const GIVEN = [
  { code: 'new-arrival', audience: { kind: 'ALL_CONTACTS' as const }, hasProduct: true },
  { code: 'long-time', audience: { kind: 'DORMANT' as const, days: 90 }, hasProduct: false },
];
const RUN_DAYS = 13;

/** Two tasks of headquarters, published so that the next morning's packs hold them. */
export const giveTasks = (context: SeedContext, actors: Actors): Promise<void> =>
  asStep(context, 'tasks', async () => {
    const api = await actors.desk('hq');
    const today = businessDay(context.clock.now());
    const { items: known } = await api.console.tasks({ query: { limit: 50 } });
    const { items: products } = await api.console.products({ query: { limit: 5 } });
    for (const { code, audience, hasProduct } of GIVEN) {
      const template = TASK_TEMPLATES.find((one) => one.code === code);
      if (!template || known.some(({ title }) => title === template.title)) continue;
      const { title, reason, message: words } = template;
      const productId = hasProduct ? { productId: products[0]?.id ?? null } : {};
      const days = { startDay: today, endDay: addDays(today, RUN_DAYS) };
      const task = await api.console.createTask({ body: { title, reason, words, audience, ...productId, ...days } });
      await api.console.publishTask({ params: { id: task.id } });
    }
  });

/** Tracked messages of this morning by the key of who got one. */
export type Sends = Map<string, string>;

/** Guides who have begun their round; the demo's own guide finds the morning untouched. */
const BUSY_GUIDES = 5;
const DEMO_GUIDE = 'G0001';

/** Everybody's morning pack; a few guides have sent their first message already. */
export async function startMorning(context: SeedContext, actors: Actors, sends: Sends): Promise<void> {
  const packs = await context.app.get(MorningDispatch).dispatch(context.brandId);
  context.say(`${packs} morning packs`);
  const guides = [...new Set(PERSONAS.flatMap((persona) => persona.guides))].filter((one) => one !== DEMO_GUIDE);
  for (const userid of guides.slice(0, BUSY_GUIDES)) {
    const sent = await sendFirst(actors, userid);
    const person = context.people.consumers.find((one) => one.externalUserid === sent?.externalUserId);
    if (sent && person) sends.set(person.key, sent.sendId);
  }
}

async function sendFirst(actors: Actors, userid: string): Promise<{ externalUserId: string; sendId: string } | null> {
  const api = await actors.guide(userid);
  const { items } = await api.guide.morningPack();
  const [item] = items.filter(({ state }) => state === 'WAITING');
  if (!item) return null;
  const { id: taskItemId, externalUserId } = item;
  await api.guide.seeItem({ params: { id: taskItemId } });
  const { sendId } = await api.guide.prepareSend({ params: { externalUserId }, body: { taskItemId } });
  await api.guide.reportSend({ params: { id: sendId }, body: { result: 'SENT' } });
  return { externalUserId, sendId };
}
