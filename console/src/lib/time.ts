import { addDays, businessDay } from '@shuke/shared/kernel';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

const localText = (ms: number): string => new Date(ms + SHANGHAI_OFFSET_MS).toISOString();

/** The exact instant in Asia/Shanghai: "2026-11-22 08:30:12". */
export const exactText = (instant: string): string => localText(Date.parse(instant)).slice(0, 19).replace('T', ' ');

/** As people say it: 今天 08:30, 昨天 21:10, 11-20 08:30, 2025-11-20 08:30. */
export function whenText(instant: string, nowMs: number): string {
  const ms = Date.parse(instant);
  const local = localText(ms);
  const day = businessDay(ms);
  const today = businessDay(nowMs);
  const time = local.slice(11, 16);
  if (day === today) return `今天 ${time}`;
  if (day === addDays(today, -1)) return `昨天 ${time}`;
  if (day === addDays(today, 1)) return `明天 ${time}`;
  return `${day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day} ${time}`;
}

/** How long ago, for "checked at" marks: 刚刚, 8 分钟前, 3 小时前, 2 天前. */
export function agoText(instant: string, nowMs: number): string {
  const minutes = Math.floor((nowMs - Date.parse(instant)) / 60_000);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} 小时前`;
  return `${Math.floor(minutes / 1440)} 天前`;
}

export const todayOf = (nowMs: number): string => businessDay(nowMs);
export { addDays };
