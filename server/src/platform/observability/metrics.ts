import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];

export const metrics = {
  requests: new Histogram({
    name: 'shuke_http_seconds',
    help: 'Time of HTTP requests by route and status class',
    labelNames: ['route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3],
    registers,
  }),
  transactionRetries: new Counter({
    name: 'shuke_transaction_retries_total',
    help: 'Transactions run again after a deadlock',
    registers,
  }),
  jobs: new Counter({
    name: 'shuke_jobs_total',
    help: 'Jobs by name and result',
    labelNames: ['name', 'result'],
    registers,
  }),
  outboxAge: new Gauge({
    name: 'shuke_outbox_oldest_seconds',
    help: 'Age of the oldest event not handled by all',
    registers,
  }),
  signtest: new Counter({
    name: 'shuke_pay_signtest_total',
    help: 'Signature probes of WeChat Pay that were refused',
    registers,
  }),
  refusedCallbacks: new Counter({
    name: 'shuke_refused_callbacks_total',
    help: 'Callbacks refused by reason',
    labelNames: ['gateway', 'reason'],
    registers,
  }),
  brokenInvariants: new Gauge({ name: 'shuke_broken_invariants', help: 'Invariants that do not hold', registers }),
};

const requestTimes = new Map<string, { observe(seconds: number): void }>();

/** Notes the time of one request. Its labels are looked up once for each route and class; routes are a fixed list. */
export function observeRequest(route: string, statusCode: number, seconds: number): void {
  const status = `${Math.floor(statusCode / 100)}xx`;
  const key = `${status} ${route}`;
  let times = requestTimes.get(key);
  if (!times) {
    times = metrics.requests.labels({ route, status });
    requestTimes.set(key, times);
  }
  times.observe(seconds);
}
