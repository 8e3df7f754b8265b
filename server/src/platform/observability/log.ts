import { AsyncLocalStorage } from 'node:async_hooks';
import { type Logger, pino } from 'pino';

const traces = new AsyncLocalStorage<string>();

/** Runs work under a trace id that every log line of it carries. */
export const withTrace = <T>(traceId: string, work: () => T): T => traces.run(traceId, work);
export const currentTrace = (): string => traces.getStore() ?? '-';

/** The process's logger: JSON lines with the trace id and without personal data. */
export const log: Logger = pino({
  level: process.env['LOG_LEVEL'] ?? 'info',
  base: undefined,
  mixin: () => ({ traceId: currentTrace() }),
  redact: {
    paths: ['phone', 'openid', 'unionid', 'token', 'authorization', '*.phone', '*.openid', '*.token'],
    censor: '***',
  },
  formatters: { level: (label) => ({ level: label }) },
});
