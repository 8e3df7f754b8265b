import { configOrExit, createApp } from './app.js';
import { WorkQueue } from './platform/jobs/queue.js';
import { log } from './platform/observability/log.js';

// The API server. WORK=1 makes it do the background work, too, which suits one small machine.
const config = configOrExit(process.env);
const app = await createApp(config);
await app.listen(config.PORT, config.HOST);
if (process.env['WORK'] === '1') app.get(WorkQueue).start();
log.info({ port: config.PORT }, 'server is up');
process.send?.({ ready: true, url: await app.getUrl() });
