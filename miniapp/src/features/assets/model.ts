import type { AssetEntry, AssetLot, MyLevel } from '@shuke/shared/contracts';
import { businessDay } from '@shuke/shared/kernel';
import { exactCount, priceText } from '@/lib/format';

/** "+¥50" or "−¥12.50": what an entry did to the wallet, always with its sign. */
export function signedPrice(amountFen: number): string {
  return `${amountFen < 0 ? '−' : '+'}${priceText(Math.abs(amountFen))}`;
}

export const signedCount = (amount: number): string => `${amount < 0 ? '−' : '+'}${exactCount(Math.abs(amount))}`;

export interface Month {
  key: string;
  title: string;
  entries: AssetEntry[];
}

/** A ledger by months, newest first, as people look things up. */
export function byMonth(entries: readonly AssetEntry[]): Month[] {
  const months: Month[] = [];
  for (const entry of entries) {
    const key = businessDay(Date.parse(entry.at)).slice(0, 7);
    const last = months.at(-1);
    if (last?.key === key) last.entries.push(entry);
    else months.push({ key, title: `${Number(key.slice(0, 4))} 年 ${Number(key.slice(5))} 月`, entries: [entry] });
  }
  return months;
}

/** What is still in lots that lapse, the soonest first. */
export const lapsing = (lots: readonly AssetLot[]): AssetLot[] =>
  lots
    .filter((lot) => lot.state === 'ACTIVE' && lot.expiresAt !== null && lot.remaining > 0)
    .sort((a, b) => Date.parse(a.expiresAt ?? '') - Date.parse(b.expiresAt ?? ''));

/** The ladder of levels with where I stand. */
export function ladder(mine: Pick<MyLevel, 'level' | 'growth' | 'levels'>) {
  return mine.levels.map((step) => ({
    ...step,
    isMine: step.level === mine.level,
    isReached: step.level <= mine.level,
    left: Math.max(0, step.fromGrowth - mine.growth),
  }));
}

/** "95 折" for 9500 basis points; nothing for the full price. */
export function discountText(discountBp: number): string | null {
  if (discountBp >= 10_000) return null;
  const tenths = discountBp / 100;
  return `${Number.isInteger(tenths / 10) ? tenths / 10 : tenths} 折`;
}

/** "1.5 倍积分" for 15000 basis points; nothing for one. */
export const multiplierText = (bp: number): string | null => (bp <= 10_000 ? null : `${bp / 10_000} 倍积分`);
