// `node e2e/run.mjs [journey]`: people use the running product in a browser; see README of the root for what they do.
// Environment: E2E_BASE takes a copy that runs already, CHROMIUM_BIN names the browser, E2E_KEEP keeps the data,
// E2E_LOOK names a folder for pictures of the states that journeys look at.

import * as campaigns from './journeys/campaigns.mjs';
import * as consoleFits from './journeys/console-fits.mjs';
import * as consumer from './journeys/consumer.mjs';
import * as delivery from './journeys/delivery.mjs';
import * as deskwork from './journeys/desk.mjs';
import * as franchisee from './journeys/franchisee.mjs';
import * as guide from './journeys/guide.mjs';
import * as headquarters from './journeys/headquarters.mjs';
import * as imports from './journeys/imports.mjs';
import * as mall from './journeys/mall.mjs';
import * as mendImport from './journeys/mend-import.mjs';
import * as notices from './journeys/notices.mjs';
import * as office from './journeys/office.mjs';
import * as presale from './journeys/presale.mjs';
import * as rush from './journeys/rush.mjs';
import * as scanAndGo from './journeys/scan-and-go.mjs';
import * as storeDesk from './journeys/store-desk.mjs';
import * as wallet from './journeys/wallet.mjs';
import * as weakNetwork from './journeys/weak-network.mjs';
import { launch } from './runner/browser.mjs';
import { DeskClient } from './runner/desk-client.mjs';
import { openProduct } from './runner/product.mjs';
import { Report } from './runner/report.mjs';
import { makeWorld } from './runner/world.mjs';

const JOURNEYS = {
  consumer,
  mall,
  guide,
  storeDesk,
  franchisee,
  headquarters,
  desk: deskwork,
  campaigns,
  imports,
  office,
  consoleFits,
  notices,
  delivery,
  scanAndGo,
  wallet,
  rush,
  weakNetwork,
  mendImport,
  // Last, because it moves the clock on by hours.
  presale,
};
const say = (line) => console.log(line);

function chosen(args) {
  const unknown = args.filter((name) => !(name in JOURNEYS));
  if (unknown.length > 0)
    throw new Error(`unknown journey "${unknown}"; there are: ${Object.keys(JOURNEYS).join(', ')}`);
  return Object.entries(JOURNEYS).filter(([name]) => args.length === 0 || args.includes(name));
}

async function main() {
  const journeys = chosen(process.argv.slice(2));
  const started = performance.now();
  const report = new Report(say);
  const product = await openProduct(say);
  const browser = await launch().catch(async (error) => {
    await product.stop();
    throw error;
  });
  const stop = async () => {
    await browser.close().catch(() => {});
    await product.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().then(() => process.exit(130)));
  try {
    const desk = new DeskClient(product.desk);
    await desk.goToShopHours();
    say(`ready after ${Math.round((performance.now() - started) / 1000)} s`);
    const world = makeWorld({ product, desk, browser });
    for (const [, journey] of journeys) await report.run(journey.title, (tools) => journey.run(tools, world));
  } finally {
    await stop();
  }
  say(`\ntook ${Math.round((performance.now() - started) / 1000)} s`);
  say(`${report.passed} passed, ${report.failed} failed`);
  process.exitCode = report.failed > 0 ? 1 : 0;
}

main().catch((error) => {
  console.error(error.message);
  say('0 passed, 1 failed');
  process.exitCode = 1;
});
