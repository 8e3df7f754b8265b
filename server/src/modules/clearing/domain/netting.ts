import { addFen, type Fen, fen, minFen, negFen, subFen, sumFen, ZERO_FEN } from '@shuke/shared/kernel';

/** Who takes part in the clearing. */
export type Party = 'HQ' | `STORE:${string}` | `FRANCHISEE:${string}`;

/** One side of an entry: positive is owed to the party, negative is owed by it. */
export interface Leg {
  party: Party;
  fen: Fen;
}

/** Somebody owes somebody; always positive, never to oneself. */
export interface Debt {
  from: Party;
  to: Party;
  fen: Fen;
}

/** What each party gets or owes over all legs, by name; a party that comes out even is left out. */
export function positions(legs: readonly Leg[]): Leg[] {
  const byParty = new Map<Party, Fen>();
  for (const leg of legs) byParty.set(leg.party, addFen(byParty.get(leg.party) ?? ZERO_FEN, leg.fen));
  return [...byParty]
    .map(([party, amount]) => ({ party, fen: amount }))
    .filter((leg) => leg.fen !== 0)
    .sort((a, b) => (a.party < b.party ? -1 : 1));
}

/**
 * Turns the legs of one entry into debts between pairs: debtors and creditors by name, each debtor paying the first
 * creditor who still has something to get. Deterministic, and in sum exactly the legs.
 *
 * @throws RangeError when the legs do not sum to zero
 */
export function debtsOf(legs: readonly Leg[]): Debt[] {
  if (sumFen(legs.map((leg) => leg.fen)) !== 0) throw new RangeError('the legs do not sum to zero');
  const net = positions(legs);
  const creditors = net.filter((leg) => leg.fen > 0).map((leg) => ({ ...leg }));
  const debts: Debt[] = [];
  for (const debtor of net.filter((leg) => leg.fen < 0)) {
    let owed = negFen(debtor.fen);
    for (const creditor of creditors) {
      const part = minFen(owed, creditor.fen);
      if (part === 0) continue;
      debts.push({ from: debtor.party, to: creditor.party, fen: part });
      creditor.fen = subFen(creditor.fen, part);
      owed = subFen(owed, part);
    }
  }
  return debts;
}

/** Sets debts between the same two parties off against each other: at most one direction remains for each pair. */
export function netDebts(debts: readonly Debt[]): Debt[] {
  const pairs = new Map<string, { low: Party; high: Party; fen: Fen }>();
  for (const debt of debts) {
    const [low, high] = debt.from < debt.to ? [debt.from, debt.to] : [debt.to, debt.from];
    const key = `${low}|${high}`;
    const signed = debt.from === low ? debt.fen : negFen(debt.fen);
    pairs.set(key, { low, high, fen: addFen(pairs.get(key)?.fen ?? ZERO_FEN, signed) });
  }
  return [...pairs.values()]
    .filter((pair) => pair.fen !== 0)
    .map(({ low, high, fen: amount }) =>
      amount > 0 ? { from: low, to: high, fen: amount } : { from: high, to: low, fen: fen(-amount) },
    )
    .sort((a, b) => (a.from + a.to < b.from + b.to ? -1 : 1));
}
