import { totalOf } from '../../lib/money';
import type { Leg, Party, SplitEntry, SplitRow } from '../../lib/types';
import { PARTY, PARTY_ORDER } from '../../lib/words';

/** Net of one party over all legs, in fen. */
export const partyFen = (legs: readonly Leg[], party: Party): number =>
  totalOf(
    legs.filter((leg) => leg.party === party),
    (leg) => leg.fen,
  );

export interface SplitSum {
  /** Paid minus refunded: what there is to divide. */
  netFen: number;
  legsFen: number;
  /** Zero when the parts sum to the whole. */
  differenceFen: number;
  isWhole: boolean;
}

/** Do the parts sum to the whole? The page computes it again and does not take anybody's word. */
export function sumSplit(split: Pick<SplitRow, 'paidFen' | 'refundedFen' | 'legs'>): SplitSum {
  const netFen = split.paidFen - split.refundedFen;
  const legsFen = totalOf(split.legs, (leg) => leg.fen);
  return { netFen, legsFen, differenceFen: legsFen - netFen, isWhole: legsFen === netFen };
}

/** Legs as parts of the bar, in the order people expect. */
export function sharesOf(legs: readonly Leg[]): { name: string; fen: number; colour: string }[] {
  return PARTY_ORDER.flatMap((party) =>
    legs
      .filter((leg) => leg.party === party)
      .map((leg) => ({
        // "支付手续费 微信支付手续费" would say it twice.
        name: leg.partyName.includes(PARTY[party].word) ? leg.partyName : `${PARTY[party].word} ${leg.partyName}`,
        fen: leg.fen,
        colour: PARTY[party].colour,
      })),
  );
}

export interface ChainLink {
  entry: SplitEntry;
  /** The entry's legs sum to its amount. */
  isWhole: boolean;
}

/**
 * The order's entries, each summed again. They are links of the store's chain, which holds other orders between them,
 * so the hashes of two neighbours here need not touch; the statement's proof contains the whole chain.
 */
export function chainOf(entries: readonly SplitEntry[]): ChainLink[] {
  return entries.map((entry) => ({ entry, isWhole: totalOf(entry.legs, (leg) => leg.fen) === entry.amountFen }));
}

export const entryWord = (entry: SplitEntry): string => (entry.kind === 'ACCRUAL' ? '应得' : '冲回');

/** Why nothing is to be transferred: not yet, not any more, or not at all. */
export function noReceiversText({
  state,
  paidFen,
  refundedFen,
}: Pick<SplitRow, 'state' | 'paidFen' | 'refundedFen'>): string {
  if (paidFen === refundedFen) return '这笔已全部退给顾客，没有要转出的钱。';
  if (state === 'WAITING') return '还没到分账的时候：钱现在都在收款方账上，到时候再转给各接收方。';
  return '这笔没有要通过支付渠道转出的钱：全部留在收款方。';
}
