import { type Fen, fen } from '@shuke/shared/kernel';

const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const TIME = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[ T](\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?$/;
const MONEY = /^-?\d{1,12}(\.\d{1,2})?$/;
const two = (text: string): string => text.padStart(2, '0');

/** A day as YYYY-MM-DD from what people write; null when it is none. */
export function readDay(text: string): string | null {
  const [, year, month, day] = DAY.exec(text.split(/[ T]/)[0] ?? '') ?? [];
  if (!year || !month || !day) return null;
  const iso = `${year}-${two(month)}-${two(day)}`;
  const ms = Date.parse(`${iso}T00:00:00Z`);
  return Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(iso) ? null : iso;
}

/** Local time in Asia/Shanghai as `YYYY-MM-DD HH:mm:ss`; a day alone is its noon, which is on that day everywhere. */
export function readLocalTime(text: string): string | null {
  const [, year, month, day, hour, minute, second] = TIME.exec(text) ?? [];
  const date = readDay(year ? `${year}-${month}-${day}` : text);
  if (date === null) return null;
  if (!hour || !minute) return TIME.test(text) || !DAY.test(text) ? null : `${date} 12:00:00`;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  return `${date} ${two(hour)}:${minute}:${second ?? '00'}`;
}

/** Money in yuan with at most two decimals, or in whole fen; null when it is neither. Thousands marks are left out. */
export function readMoney(text: string, unit: 'YUAN' | 'FEN'): Fen | null {
  const plain = text.replace(/[,，¥￥\s]/g, '').replace(/元$/, '');
  if (!MONEY.test(plain)) return null;
  const sign = plain.startsWith('-') ? -1 : 1;
  const [whole = '', cents = ''] = plain.replace('-', '').split('.');
  if (unit === 'FEN') return /^0*$/.test(cents) ? fen(sign * Number(whole)) : null;
  return fen(sign * (Number(whole) * 100 + Number(cents.padEnd(2, '0'))));
}

/** A whole number; spreadsheets like to write 3 as 3.0. */
export function readCount(text: string): number | null {
  const plain = text.replace(/[,，\s]/g, '').replace(/\.0+$/, '');
  return /^-?\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/** A cell of a downloaded list may carry a quote in front, which keeps spreadsheets from computing it. */
export const unquoted = (text: string): string => (/^'[=+\-@]/.test(text) ? text.slice(1) : text);
