/** Rows with keys made of their own content; equal rows get a count, so that keys are unique and do not follow the place. */
export function keyed<T>(rows: readonly T[], textOf: (row: T) => string): { key: string; row: T }[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const text = textOf(row);
    const times = seen.get(text) ?? 0;
    seen.set(text, times + 1);
    return { key: times === 0 ? text : `${text} ${times}`, row };
  });
}
