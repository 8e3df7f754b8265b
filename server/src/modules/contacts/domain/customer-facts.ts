import { businessDay, DAY_MS, startOfBusinessDay } from '@shuke/shared/kernel';

/** A line of an order as far as sizes and advice need it. */
export interface BoughtLine {
  name: string;
  productId: string | null;
  categoryName: string | null;
  size: string | null;
  /** Pieces bought and not given back. */
  qty: number;
  atMs: number;
}

/** Sizes a person keeps buying, by category, the most bought first: 长款羽绒 → L（3 件）. */
export function favouriteSizes(lines: readonly BoughtLine[], limit = 4): { label: string; value: string }[] {
  const byCategory = new Map<string, Map<string, number>>();
  for (const { categoryName, size, qty } of lines) {
    if (!size || qty <= 0) continue;
    const sizes = byCategory.get(categoryName ?? '其他') ?? new Map<string, number>();
    byCategory.set(categoryName ?? '其他', sizes.set(size, (sizes.get(size) ?? 0) + qty));
  }
  return [...byCategory]
    .map(([label, sizes]) => {
      const [best] = [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      const pieces = [...sizes.values()].reduce((sum, one) => sum + one, 0);
      return { label, value: best ? `${best[0]}（${best[1]} 件）` : '', pieces };
    })
    .sort((a, b) => b.pieces - a.pieces)
    .slice(0, limit)
    .map(({ label, value }) => ({ label, value }));
}

/** Days of the calendar in Shanghai between two instants, in words: 今天, 昨天, 12 天前. */
export function agoText(thenMs: number, nowMs: number): string {
  const days = (startOfBusinessDay(businessDay(nowMs)) - startOfBusinessDay(businessDay(thenMs))) / DAY_MS;
  if (days <= 0) return '今天';
  if (days === 1) return '昨天';
  if (days < 60) return `${days} 天前`;
  return days < 730 ? `${Math.floor(days / 30)} 个月前` : `${Math.floor(days / 365)} 年前`;
}

const yearOf = (instantMs: number): number => Number(businessDay(instantMs).slice(0, 4));

/** A day in Shanghai as people write it; the year only where it is another one, and 明年 for the next. */
export const dayText = (instantMs: number, nowMs: number): string => {
  const [year, month, day] = businessDay(instantMs).split('-').map(Number);
  const text = `${month} 月 ${day} 日`;
  const ahead = yearOf(instantMs) - yearOf(nowMs);
  return ahead === 0 ? text : ahead === 1 ? `明年 ${text}` : `${year} 年 ${text}`;
};
