import { type Logger, pino } from 'pino';
import { callContext, withContext } from '../context/call-context.js';

/** Runs work under a trace id that every log line of it carries. */
export const withTrace = <T>(traceId: string, work: () => T): T => withContext({ traceId }, work);
export const currentTrace = (): string => callContext().traceId;

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
