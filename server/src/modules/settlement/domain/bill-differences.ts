import type { Fen } from '@shuke/shared/kernel';

export type BillLineKind = 'PAY' | 'REFUND' | 'SPLIT' | 'RETURN';

/** One line of a bill, or what our books say about the same thing: comparable on both sides. */
export interface BillFact {
  kind: BillLineKind;
  /** Our own number, which the channel repeats in its bill. */
  ref: string;
  amountFen: Fen;
  /** The fee that was taken with it; negative when it came back. */
  feeFen: Fen;
  isDone: boolean;
}

/**
 * LONG the channel has it and we do not · SHORT we have it and the channel does not · STATE one side says done and the
 * other does not · AMOUNT, FEE the numbers differ (reference: wechat-pay 9, rows 38 to 40).
 */
export type DifferenceClass = 'LONG' | 'SHORT' | 'STATE' | 'AMOUNT' | 'FEE' | 'FILE';

export interface Difference {
  class: DifferenceClass;
  ref: string;
  ours: BillFact | null;
  theirs: BillFact | null;
}

/** Compares one line of a bill with our books. A line that says "not done" and is unknown to us moved no money. */
export function compareLine(theirs: BillFact, ours: BillFact | null): Difference | null {
  const differs = (kind: DifferenceClass): Difference => ({ class: kind, ref: theirs.ref, ours, theirs });
  if (!ours) return theirs.isDone ? differs('LONG') : null;
  if (ours.isDone !== theirs.isDone) return theirs.isDone ? differs('STATE') : null;
  if (!theirs.isDone) return null;
  if (ours.amountFen !== theirs.amountFen) return differs('AMOUNT');
  return ours.feeFen === theirs.feeFen ? null : differs('FEE');
}

const WORDS: Record<DifferenceClass, string> = {
  LONG: '微信有这笔钱，我们没有对应的单据',
  SHORT: '我们记了这笔钱，微信账单里没有',
  STATE: '微信说已完成，我们还没有记',
  AMOUNT: '金额不一致',
  FEE: '手续费不一致',
  FILE: '账单文件与微信公布的校验值不符，没有导入',
};
export const differenceText = (kind: DifferenceClass): string => WORDS[kind];
