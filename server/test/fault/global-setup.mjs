// The spec files of this tier run at once and start real processes: what these run is built here, once, before any of them.
import { build } from '../../../scripts/build.mjs';
import startEngines from '../harness/global-setup.mjs';

export default async function globalSetup() {
  const lines = [];
  const failed = await build({ only: ['shared', 'server'], say: (line) => lines.push(line) });
  if (failed.length > 0) throw new Error(lines.join('\n'));
  await startEngines();
}
