// Imports a history file as a process of its own, so that a fault run can kill it: run-import.mjs <brand id> <file>
import { createApp } from '../../dist/src/app.js';
import { ImportHistory } from '../../dist/src/modules/connectors/index.js';
import { loadConfig } from '../../dist/src/platform/config/config.js';

const [brandId, path] = process.argv.slice(2);
const app = await createApp(loadConfig(process.env));
process.send?.({ ready: true });
await app.get(ImportHistory, { strict: false }).run(brandId, { path });
await app.close();
process.disconnect?.();
