/** A size table as the server gives it: the first row names the columns, each other row begins with its size. */
export type SizeTable = readonly (readonly string[])[];

export interface Body {
  cm: number | null;
  kg: number | null;
}

export interface SizeAdvice {
  size: string;
  /** Why this one, when height and weight alone would say different things. */
  text: string;
}

const RANGE = /(\d+)\s*[–-]\s*(\d+)/;
const columnOf = (table: SizeTable, word: string) => (table[0] ?? []).findIndex((title) => title.includes(word));

/** True when the table knows height or weight, so that advice can be given at all. */
export const canAdvise = (table: SizeTable): boolean => columnOf(table, '身高') > 0 || columnOf(table, '体重') > 0;

/** The first row whose range holds the measure; undefined without a column or a measure, -1 when no row holds it. */
function rowFor(table: SizeTable, word: string, measure: number | null): number | undefined {
  const column = columnOf(table, word);
  if (column < 0 || measure === null) return undefined;
  return table.slice(1).findIndex((row) => {
    const range = RANGE.exec(row[column] ?? '');
    return range !== null && Number(range[1]) <= measure && measure <= Number(range[2]);
  });
}

/**
 * The size for a body: where height and weight differ the larger one, because down is worn over something.
 * Null while nothing is known, or when the body is outside the table.
 */
export function adviceFor(table: SizeTable, { cm, kg }: Body): SizeAdvice | null {
  const sizes = table.slice(1).map(([size = '']) => size);
  const tall = rowFor(table, '身高', cm);
  const heavy = rowFor(table, '体重', kg);
  const known = [tall, heavy].filter((row): row is number => row !== undefined);
  if (known.length === 0 || known.includes(-1)) return null;
  const size = sizes[Math.max(...known)] ?? '';
  const text =
    tall !== undefined && heavy !== undefined && tall !== heavy
      ? `身高合 ${sizes[tall]}，体重合 ${sizes[heavy]}，选大一点叠穿更从容`
      : '内搭厚毛衣时可以再大一码';
  return { size, text };
}

/** "身高（厘米）" as a title and its unit. */
export function titleParts(title: string): { name: string; unit: string | null } {
  const found = /^(.+?)[（(](.+)[）)]$/.exec(title);
  return found ? { name: found[1] ?? title, unit: found[2] ?? null } : { name: title, unit: null };
}

/** What was typed as a whole number within reason, else nothing. */
export function measureOf(text: string, least: number, most: number): number | null {
  const value = /^\d{2,3}$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : null;
}
