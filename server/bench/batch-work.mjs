// Does one piece of background work by itself and prints how long it took: batch-work.mjs accrue | packs <brand id>
import { createApp } from '../dist/src/app.js';
import { AccruePaidOrders } from '../dist/src/modules/settlement/application/accrue.js';
import { MorningDispatch } from '../dist/src/modules/tasks/application/morning-dispatch.js';
import { loadConfig } from '../dist/src/platform/config/config.js';

const [work, brandId] = process.argv.slice(2);
const app = await createApp(loadConfig(process.env));
const cpu = process.cpuUsage();
const startedAt = performance.now();
let units = 0;
if (work === 'packs') units = await app.get(MorningDispatch, { strict: false }).dispatch(brandId);
else {
  const accrue = app.get(AccruePaidOrders, { strict: false });
  for (let done = await accrue.run(); done > 0; done = await accrue.run()) units += done;
}
const seconds = (performance.now() - startedAt) / 1000;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ units, seconds, cpuUs: user + system }));
await app.close();
process.disconnect?.();
