import { businessDay, fen, shanghaiClock, yuanText } from '@shuke/shared/kernel';

/** "1234.50" → yuan "1,234", cents "50" (empty when the amount is whole), so that the price can be set in three sizes. */
export interface PriceParts {
  sign: string;
  yuan: string;
  cents: string;
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** Splits an amount in fen for display, by string arithmetic only. */
export function priceParts(amountFen: number): PriceParts {
  const text = yuanText(fen(amountFen));
  const [whole = '0', cents = '00'] = text.replace('-', '').split('.');
  return {
    sign: text.startsWith('-') ? '-' : '',
    yuan: grouped(whole),
    cents: cents === '00' ? '' : cents,
  };
}

/** One-line price for sentences: "¥1,299" or "¥0.50". */
export function priceText(amountFen: number): string {
  const { sign, yuan, cents } = priceParts(amountFen);
  return `${sign}¥${yuan}${cents ? `.${cents}` : ''}`;
}

/** A count to the last one, for what is added up or spent: 26,374. */
export const exactCount = (count: number): string => grouped(String(count));

/** Counts as people read them: 9,999 stays, 12,345 becomes 1.2 万. */
export function countText(count: number): string {
  if (count <= 9_999) return exactCount(count);
  const tenths = Math.floor(count / 1_000);
  return `${Math.floor(tenths / 10)}.${tenths % 10} 万`;
}

/** Distances: below a kilometre in steps of ten metres, above with one digit. */
export function distanceText(metres: number | null): string {
  if (metres === null) return '';
  if (metres < 1_000) return `${Math.max(10, Math.floor(metres / 10) * 10)} 米`;
  if (metres < 100_000) return `${Math.floor(metres / 1_000)}.${Math.floor((metres % 1_000) / 100)} 公里`;
  return `${Math.floor(metres / 1_000)} 公里`;
}

const two = (n: number) => String(n).padStart(2, '0');

function clockText(ms: number): string {
  const { minutes } = shanghaiClock(ms);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** Times as people say them: 刚刚, 8 分钟前, 今天 08:30, 昨天 21:05, 3 天前, 11月2日, 2025年3月1日. */
export function timeText(instant: string, nowMs: number): string {
  const ms = Date.parse(instant);
  const age = nowMs - ms;
  if (age >= 0 && age < 60_000) return '刚刚';
  if (age >= 0 && age < 3_600_000) return `${Math.floor(age / 60_000)} 分钟前`;
  const day = businessDay(ms);
  const days = Math.round((Date.parse(businessDay(nowMs)) - Date.parse(day)) / 86_400_000);
  if (days === 0) return `今天 ${clockText(ms)}`;
  if (days === 1) return `昨天 ${clockText(ms)}`;
  if (days === -1) return `明天 ${clockText(ms)}`;
  if (days > 1 && days <= 6) return `${days} 天前`;
  const [year, month, date] = day.split('-').map(Number);
  const thisYear = Number(businessDay(nowMs).slice(0, 4));
  return year === thisYear ? `${month}月${date}日` : `${year}年${month}月${date}日`;
}

/** The exact instant, on demand: 2026年11月22日 08:30. */
export const exactTimeText = (instant: string): string => `${dayText(instant)} ${clockText(Date.parse(instant))}`;

/** A moment ahead or past to the minute, as people write it: 12月2日 18:21; the year only when it is another one. */
export function momentText(instant: string, nowMs: number): string {
  const ms = Date.parse(instant);
  const [year, month, date] = businessDay(ms).split('-').map(Number);
  const isThisYear = year === Number(businessDay(nowMs).slice(0, 4));
  return `${isThisYear ? '' : `${year}年`}${month}月${date}日 ${clockText(ms)}`;
}

/** A day by its name: 今天, 明天, 11月25日. Its last second is asked about, which is not past while the day lasts. */
export const dayName = (day: string, nowMs: number): string =>
  timeText(`${day}T23:59:59+08:00`, nowMs).split(' ')[0] ?? day;

/** A day in full, for what ends on it: 2027年11月19日. */
export function dayText(instant: string): string {
  const [year, month, date] = businessDay(Date.parse(instant)).split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** What is left until a deadline: "29:05", "1 小时 05 分" or "3 天 4 小时"; null when it has passed. */
export function leftText(instant: string, nowMs: number): string | null {
  const seconds = Math.floor((Date.parse(instant) - nowMs) / 1_000);
  if (seconds <= 0) return null;
  if (seconds < 3_600) return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} 天 ${Math.floor((seconds % 86_400) / 3_600)} 小时`;
  return `${Math.floor(seconds / 3_600)} 小时 ${two(Math.floor((seconds % 3_600) / 60))} 分`;
}

/**
 * The name of goods as it is read. Tills of old systems shout: a name all in Latin capitals is written as a sentence,
 * 「Vintage red kitchen cabinet」; names with Chinese or small letters are somebody's own choice and stay.
 */
export function goodsName(name: string): string {
  const tidy = name.replace(/\s+/g, ' ').trim();
  const isShouted = /[A-Z]{4,}/.test(tidy) && !/[a-z]/.test(tidy) && !/[^\x20-\x7e]/.test(tidy);
  return isShouted ? tidy.charAt(0) + tidy.slice(1).toLowerCase() : tidy;
}
