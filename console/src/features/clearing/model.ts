import type { ClearingEntry, ClearingMatrix } from '../../lib/types';

type Party = ClearingMatrix['parties'][number];

export interface Heat {
  /** Parties that owe somebody, the most first. */
  rows: Party[];
  /** Parties that get something, the most first. */
  columns: Party[];
  /** Fen that the row owes the column; absent: nothing. */
  at: (from: string, to: string) => number;
  most: number;
}

/** Debts as a table: only those who owe are rows, only those who get are columns, the heaviest in the corner. */
export function heatOf({ parties, cells }: Pick<ClearingMatrix, 'parties' | 'cells'>): Heat {
  const amounts = new Map(cells.map((cell) => [`${cell.fromParty} ${cell.toParty}`, cell.fen]));
  const rows = parties.filter((one) => one.owesFen > 0).sort((a, b) => b.owesFen - a.owesFen);
  const columns = parties.filter((one) => one.getsFen > 0).sort((a, b) => b.getsFen - a.getsFen);
  return {
    rows,
    columns,
    at: (from, to) => amounts.get(`${from} ${to}`) ?? 0,
    most: cells.reduce((most, cell) => Math.max(most, cell.fen), 0),
  };
}

const STEPS = ['#eef5f6', '#d6e8ea', '#b4d4d8', '#86b9bf', '#4f98a1', '#0e5f6b'] as const;
const DARK_FROM = 4;

/** The shade of an amount: six even steps up to the most, dark text on light and light on dark. */
export function shadeOf(fen: number, most: number): { background: string; color: string } {
  const step = most <= 0 ? 0 : Math.min(STEPS.length - 1, Math.floor((fen * STEPS.length) / (most + 1)));
  return { background: STEPS[step] ?? STEPS[0], color: step >= DARK_FROM ? '#ffffff' : '#14272e' };
}

/** Entries in which another party has a leg too. */
export const involving = (entries: readonly ClearingEntry[], party: string | undefined): ClearingEntry[] =>
  entries.filter((entry) => party === undefined || entry.legs.some((leg) => leg.party === party));

/** Legs of one party added up: an entry may have several for one. */
export function legsByParty(entry: ClearingEntry): { party: string; name: string; fen: number }[] {
  const sums = new Map<string, { party: string; name: string; fen: number }>();
  for (const leg of entry.legs) {
    const had = sums.get(leg.party);
    sums.set(leg.party, { party: leg.party, name: leg.name, fen: (had?.fen ?? 0) + leg.fen });
  }
  return [...sums.values()].sort((a, b) => b.fen - a.fen);
}
