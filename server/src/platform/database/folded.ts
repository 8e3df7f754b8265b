/**
 * A text as the database's collation compares it: without case, width, accents and blanks at its end. Codes that people
 * type are looked up by it, so that what the database takes for one code is one code to us, too.
 */
export const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trimEnd();

/** Entries of folded texts, asked for in any writing. */
export class FoldedMap<T> {
  private readonly entries: ReadonlyMap<string, T>;

  constructor(entries: Iterable<readonly [string, T]>) {
    this.entries = new Map([...entries].map(([key, value]) => [folded(key), value]));
  }

  get = (key: string): T | undefined => this.entries.get(folded(key));
  has = (key: string): boolean => this.entries.has(folded(key));
  values = (): IterableIterator<T> => this.entries.values();
}
