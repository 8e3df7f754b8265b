import { fen, groupedText, parseYuan, sumFen, yuanText } from '@shuke/shared/kernel';

/** "¥1,234.50"; a negative amount has a true minus in front: "−¥12.30". Takes whole fen. */
export function moneyText(amount: number): string {
  const [whole = '0', cents = '00'] = yuanText(fen(amount < 0 ? -amount : amount)).split('.');
  return `${amount < 0 ? '−' : ''}¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`;
}

/** Yuan without sign and separators, for files that other programs read: "-1234.50". */
export const plainYuan = (amount: number): string => yuanText(fen(amount));

/** Sum of one amount of every row, in fen. */
export const totalOf = <T>(rows: readonly T[], amount: (row: T) => number): number =>
  sumFen(rows.map((row) => fen(amount(row))));

/** Reads what a person typed as yuan; null when it is not an amount with at most two decimals. */
export function readYuan(text: string): number | null {
  try {
    return parseYuan(text.replace(/[,，¥\s]/g, ''));
  } catch {
    return null;
  }
}

/** Basis points as a percentage without a needless tail: 1250 → "12.5%". */
export function percentText(bp: number): string {
  const digits = String(bp < 0 ? -bp : bp).padStart(3, '0');
  const cents = digits.slice(-2).replace(/0+$/, '');
  return `${bp < 0 ? '−' : ''}${digits.slice(0, -2)}${cents ? `.${cents}` : ''}%`;
}

/** Basis points as a multiple: 12000 → "1.2". */
export const timesText = (bp: number): string => String(bp / 10_000);

/** Reads a percentage with at most two decimals as basis points; null when it is not between 0 and 100. */
export function readPercent(text: string): number | null {
  const match = /^\s*(\d{1,3})(?:\.(\d{1,2}))?\s*%?\s*$/.exec(text);
  if (!match) return null;
  const bp = Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`);
  return bp <= 10_000 ? bp : null;
}

/** A part of a whole in basis points rounded half up, for shares shown beside amounts; zero for an empty whole. */
export const shareBp = (part: number, whole: number): number =>
  whole <= 0 || part <= 0 ? 0 : Number((BigInt(part) * 20_000n + BigInt(whole)) / (BigInt(whole) * 2n));

/** Every digit, where people check one count against another: 22,627. */
export const exactCount = groupedText;

/** Counts as people read them: 9,999 and then 1.2 万. */
export function countText(count: number): string {
  if (Math.abs(count) < 10_000) return groupedText(count);
  const tenths = Math.trunc(count / 1000);
  return `${String(tenths / 10)} 万`;
}
