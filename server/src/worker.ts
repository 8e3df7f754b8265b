import { configOrExit, createApp } from './app.js';
import { WorkQueue } from './platform/jobs/queue.js';
import { log } from './platform/observability/log.js';

// The worker: the same application without a listening port.
const config = configOrExit(process.env);
const app = await createApp({ ...config, NODE_NUMBER: (config.NODE_NUMBER + 512) % 1024 });
app.get(WorkQueue).start();
log.info('worker is up');
process.send?.({ ready: true });
