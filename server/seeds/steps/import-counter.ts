import { fileURLToPath } from 'node:url';
import { businessDay, DAY_MS, startOfBusinessDay } from '@shuke/shared/kernel';
import { ImportHistory } from '../../src/modules/connectors/index.js';
import { Insights } from '../../src/modules/insights/index.js';
import { Members, openidIdentifier } from '../../src/modules/members/index.js';
import { Database } from '../../src/platform/database/database.js';
import { DEMO_IDS } from '../world.js';
import { PERSONAS } from './personas.js';
import { asStep, inOneStep, type SeedContext } from './seed-context.js';

const SAMPLE = fileURLToPath(new URL('../demo/pos-sample/online-retail-sample.csv.gz', import.meta.url));
/** The day of the sample's last sale. */
const SAMPLE_LAST_DAY = '2011-12-09';
const CARD_PREFIX = 'UCI-';

/**
 * The counter's sales history, ending on the present business day of the clock. Some of its customers are people who
 * also use the mini-program: they have shown their card there before, so the import finds them.
 */
export async function importCounter(context: SeedContext): Promise<void> {
  const { app, brandId, clock } = context;
  await inOneStep(context, 'cards', async (tx) => {
    const members = app.get(Members);
    for (const { key, cardNo } of PERSONAS) {
      const person = context.people.consumers.find((one) => one.key === key);
      if (!person || cardNo === null) continue;
      const { kind, value } = openidIdentifier(DEMO_IDS.appid, person.openid);
      const memberId = await members.byIdentifier(tx, brandId, kind, value);
      if (memberId === null) throw new Error(`${key} is not a member`);
      const identifiers = [{ kind: 'card' as const, value: `${CARD_PREFIX}${cardNo}` }];
      await members.identify(tx, { brandId, memberId, identifiers, source: 'POS' });
    }
  });
  await asStep(context, 'counter history', async () => {
    const last = startOfBusinessDay(businessDay(clock.now()));
    const shiftDays = (last - startOfBusinessDay(SAMPLE_LAST_DAY)) / DAY_MS;
    const source = '门店收银历史（样例）';
    const row = await app.get(ImportHistory).run(brandId, { path: SAMPLE, source, shiftDays, cardPrefix: CARD_PREFIX });
    context.say(`counter history: ${row.importedOrders} orders, ${row.errorRows} rows refused`);
  });
}

/** What members are worth, from all channels. */
export async function recomputeValue(context: SeedContext): Promise<void> {
  const count = await context.app.get(Insights).recompute(context.brandId);
  context.say(`value of ${count} members`);
}

/** Counts for the summary. */
export async function countsOf(context: SeedContext): Promise<string[]> {
  const { brandId } = context;
  const database = context.app.get(Database);
  const group = async (what: string, sql: string): Promise<string> => {
    const rows = await database.query<{ state: string; n: string }>(sql, [brandId]);
    return `${what}: ${rows.map(({ state, n }) => `${state} ${n}`).join(', ') || 'none'}`;
  };
  return Promise.all([
    group(
      'orders',
      "SELECT state, COUNT(*) AS n FROM sales_order WHERE brand_id = ? AND channel = 'MINIAPP' GROUP BY state",
    ),
    group('counter', 'SELECT channel AS state, COUNT(*) AS n FROM sales_order WHERE brand_id = ? GROUP BY channel'),
    group('splits', 'SELECT state, COUNT(*) AS n FROM split WHERE brand_id = ? GROUP BY state'),
    group('refunds', 'SELECT state, COUNT(*) AS n FROM refund WHERE brand_id = ? GROUP BY state'),
    group('statements', 'SELECT state, COUNT(*) AS n FROM statement WHERE brand_id = ? GROUP BY state'),
    group('bindings', 'SELECT way AS state, COUNT(*) AS n FROM binding WHERE brand_id = ? GROUP BY way'),
    group('tags', 'SELECT source AS state, COUNT(*) AS n FROM member_tag WHERE brand_id = ? GROUP BY source'),
    group('tasks', 'SELECT state, COUNT(*) AS n FROM task WHERE brand_id = ? GROUP BY state'),
    group('pack items', 'SELECT kind AS state, COUNT(*) AS n FROM task_item WHERE brand_id = ? GROUP BY kind'),
  ]);
}
