const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\0': '\\0' };

/** A Date as the text of a DATETIME(3) in UTC. */
const dateText = (date: Date): string => date.toISOString().replace('T', ' ').slice(0, 23);

function tsvField(value: string | number | boolean | Date | null): string {
  if (value === null) return '\\N';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(value);
  return value.replace(/[\\\t\n\r\0]/g, (one) => ESCAPES[one] as string);
}

/** One row as LOAD DATA reads it: tabs between fields, `\N` for NULL, a newline at the end. */
export const tsvLine = (row: readonly (string | number | boolean | Date | null)[]): string =>
  `${row.map(tsvField).join('\t')}\n`;
