import { configOrExit, createApp } from './app.js';
import { BackfillMembers } from './modules/members/index.js';
import { Organization } from './modules/organization/index.js';

// Reads a file of old members: node dist/server/src/backfill.js <brand code> <file>. A killed run goes on where it stopped.
const [brandCode, path] = process.argv.slice(2);
if (!brandCode || !path) {
  process.stderr.write('usage: backfill <brand code> <tab separated file>\n');
  process.exit(2);
}
const app = await createApp(configOrExit(process.env));
const brand = await app.get(Organization).brandByCode(brandCode);
if (brand) {
  const { readRows, created, matched, dormant, errorRows, busyMs } = await app.get(BackfillMembers).run(brand.id, path);
  const perSecond = busyMs === 0 ? 0 : Math.floor((readRows * 1000) / busyMs);
  process.stdout.write(
    `read ${readRows}, new ${created} (${dormant} dormant), known ${matched}, refused ${errorRows}, ${perSecond} rows/s\n`,
  );
} else process.stderr.write(`no brand with the code ${brandCode}\n`);
await app.close();
process.exitCode = brand ? 0 : 1;
