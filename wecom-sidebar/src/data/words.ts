import { businessDay, DAY_MS, shanghaiClock } from '@shuke/shared/kernel';

const pad = (n: number) => String(n).padStart(2, '0');

function clockText(ms: number): string {
  const { minutes } = shanghaiClock(ms);
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** A moment as people say it: 刚刚, 12 分钟前, 今天 08:30, 昨天 20:15, 3 天前, 11 月 2 日, 2025 年 3 月 8 日. */
export function whenText(iso: string, nowMs: number): string {
  const at = Date.parse(iso);
  const minutes = Math.floor((nowMs - at) / 60_000);
  if (minutes >= 0 && minutes < 1) return '刚刚';
  if (minutes >= 0 && minutes < 60) return `${minutes} 分钟前`;
  const day = businessDay(at);
  const today = businessDay(nowMs);
  if (day === today) return `今天 ${clockText(at)}`;
  const days = (Date.parse(today) - Date.parse(day)) / DAY_MS;
  if (days === 1) return `昨天 ${clockText(at)}`;
  if (days > 1 && days < 7) return `${days} 天前`;
  const [year, month, date] = day.split('-').map(Number);
  return year === Number(today.slice(0, 4)) ? `${month} 月 ${date} 日` : `${year} 年 ${month} 月 ${date} 日`;
}

/** A deadline with its hour: 今天 18:00, 明天 09:12, 11 月 24 日 09:12. */
export function untilText(iso: string, nowMs: number): string {
  const at = Date.parse(iso);
  const day = businessDay(at);
  const days = (Date.parse(day) - Date.parse(businessDay(nowMs))) / DAY_MS;
  const near = { '-1': '昨天', '0': '今天', '1': '明天' }[String(days)];
  const [, month, date] = day.split('-').map(Number);
  return `${near ?? `${month} 月 ${date} 日`} ${clockText(at)}`;
}

/** How far away: 350 m, 1.2 km. */
export const distanceText = (metres: number): string =>
  metres < 1_000 ? `${metres} m` : `${Math.floor(metres / 1_000)}.${Math.floor((metres % 1_000) / 100)} km`;

/** The exact instant, for those who ask: 2026-11-22 08:30. */
export const exactText = (iso: string): string => `${businessDay(Date.parse(iso))} ${clockText(Date.parse(iso))}`;

/** How old something is, for cached content: 3 分钟. */
export function ageText(atMs: number, nowMs: number): string {
  const minutes = Math.max(1, Math.floor((nowMs - atMs) / 60_000));
  if (minutes < 60) return `${minutes} 分钟`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)} 小时` : `${Math.floor(minutes / 1440)} 天`;
}

/** 11 月 22 日 星期日 */
export function dayText(day: string): string {
  const [, month, date] = day.split('-').map(Number);
  const weekday = '日一二三四五六'[shanghaiClock(Date.parse(`${day}T04:00:00Z`)).weekday];
  return `${month} 月 ${date} 日 星期${weekday}`;
}

/** A greeting for the hour in the store. */
export function greeting(nowMs: number): string {
  const hour = Math.floor(shanghaiClock(nowMs).minutes / 60);
  if (hour < 5) return '夜深了';
  if (hour < 11) return '早上好';
  if (hour < 14) return '中午好';
  return hour < 18 ? '下午好' : '晚上好';
}

export const CHANNEL_TEXT: Record<string, string> = { MINIAPP: '小程序', POS: '门店' };
export const FULFIL_TEXT: Record<string, string> = {
  SHIP: '快递',
  PICKUP: '自提',
  DELIVERY: '同城配送',
  SCAN_AND_GO: '扫码购',
};
