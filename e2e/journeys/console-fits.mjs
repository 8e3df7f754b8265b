// Every list of the console in a window of 1280: nothing to push sideways, no code or id where a word should stand.
import { Console } from '../pages/console.mjs';
import { openWindow } from '../runner/browser.mjs';
import { assert } from '../runner/expect.mjs';

export const title = 'Console: every list fits, and speaks in words';

const HQ_LISTS = [
  ...['orders', 'after-sales', 'reviews', 'reviews?tab=tickets', 'products', 'promotions', 'coupons'],
  ...['coupons?tab=issued', 'coupons?tab=redemptions', 'members', 'members?tab=queue', 'members?tab=merges'],
  ...['members?tab=guides', 'members?tab=avatars', 'wallet?tab=top-ups', 'wallet?tab=refunds'],
  ...['wallet?tab=in-store', 'notices?tab=log'],
  ...[
    'splits',
    'statements',
    'statements?tab=payouts',
    'bills',
    'bills?tab=days',
    'approvals',
    'stores',
    'guides',
    'tills',
    'tasks',
    'imports',
  ],
];
/** Those that a franchisee sees with other columns. */
const OWN_LISTS = ['orders', 'coupons', 'statements', 'statements?tab=payouts', 'bills'];

export async function run({ step, watch }, world) {
  await walk({ step, watch, world }, 'headquarters', ['hq', 'xueling-hq'], HQ_LISTS);
  await walk({ step, watch, world }, 'a franchisee', ['f01', 'xueling-f01'], OWN_LISTS);
}

async function walk({ step, watch, world }, who, [name, password], lists) {
  const { page, errors, context } = await openWindow(world.browser, 'desktop', {
    viewport: { width: 1280, height: 800 },
  });
  watch(page, 'console');
  const desk = new Console(page, world.server);
  await step(`the ${lists.length} lists of ${who} fit into a window of 1280`, async () => {
    await desk.login(name, password);
    await desk.at('figures').waitFor();
    const faults = [];
    for (const list of lists) {
      await openList(desk, list);
      faults.push(...(await faultsOf(page)).map((fault) => `${list}: ${fault}`));
    }
    assert.deepEqual(faults, []);
    assert.deepEqual(errors, []);
  });
  await context.close();
}

const SHOWN = '.ant-table:not([data-before]), [data-testid="empty"]:not([data-before])';

/** Opens a list and waits until it has come: the one before stands until then, so it is marked. */
async function openList(desk, list) {
  await desk.page.evaluate(() => {
    for (const one of document.querySelectorAll('.ant-table, [data-testid="empty"]')) one.dataset.before = '';
  });
  await desk.open(list);
  await desk.page.locator(SHOWN).first().waitFor();
  await desk.page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
}

/** What is wider than its place, and words that only we understand. */
async function faultsOf(page) {
  const faults = await page.evaluate(() => {
    const tables = [...document.querySelectorAll('.ant-table-content, .ant-table-body')];
    return [document.documentElement, ...tables]
      .filter((one) => one.scrollWidth > one.clientWidth + 1)
      .map((one) => `${one.scrollWidth} in ${one.clientWidth}`);
  });
  const [words = ''] = await page.locator('body').allInnerTexts();
  const codes = words.matchAll(/undefined|\bnull\b|NaN|\[object|\d{4}-\d\d-\d\dT|\b[A-Z]{2,}_[A-Z_]+/g);
  return [...faults, ...[...codes].map(([code]) => `says ${code}`)];
}
