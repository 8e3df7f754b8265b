const SHANGHAI_MS = 8 * 3_600_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const local = (ms: number) => new Date(ms + SHANGHAI_MS).toISOString();

/** 2018-06-08T10:34:56+08:00 */
export const rfc3339 = (ms: number): string => `${local(ms).slice(0, 19)}+08:00`;
/** 2018-06-08, the business day in Shanghai. */
export const dayOf = (ms: number): string => local(ms).slice(0, 10);
/** 2018-06-08 10:34:56, as bills write it. */
export const billTime = (ms: number): string => local(ms).slice(0, 19).replace('T', ' ');
/** 20180608 */
export const compactDay = (ms: number): string => dayOf(ms).replaceAll('-', '');
/** Midnight in Shanghai of a day like 2018-06-08. */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);
