import { type Fen, subFen, ZERO_FEN } from '@shuke/shared/kernel';

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

/**
 * Compares one line of a bill with our books. A line that says "not done" and is unknown to us moved no money; a refund
 * that was under way when its line was written may have, and its end is in our books.
 */
export function compareLine(theirs: BillFact & { isUnderWay?: boolean }, ours: BillFact | null): Difference | null {
  const differs = (kind: DifferenceClass): Difference => ({ class: kind, ref: theirs.ref, ours, theirs });
  const mayHaveMoved = theirs.isDone || theirs.isUnderWay === true;
  if (!ours) return mayHaveMoved ? differs('LONG') : null;
  if (!ours.isDone) return theirs.isDone ? differs('STATE') : null;
  if (!mayHaveMoved) return null;
  if (ours.amountFen !== theirs.amountFen) return differs('AMOUNT');
  return theirs.isDone && ours.feeFen !== theirs.feeFen ? differs('FEE') : null;
}

const WORDS: Record<DifferenceClass, string> = {
  LONG: '微信有这笔钱，我们没有对应的单据',
  SHORT: '我们记了这笔钱，微信账单里没有',
  STATE: '微信说已完成，我们还没有记',
  AMOUNT: '金额不一致',
  FEE: '手续费不一致',
  FILE: '账单文件与微信公布的校验值不符，或者读不懂，没有导入',
};
export const differenceText = (kind: DifferenceClass): string => WORDS[kind];

const NEXT: Record<DifferenceClass, string> = {
  LONG: '钱已经记入待查，账没有动。查清是哪一笔后补单或原路退回，再了结。',
  SHORT: '到微信商户平台按单号查一下；确实没有，就按没收到处理，再了结。',
  STATE: '系统已经去问微信；问到了会自动补记。一直没有补上，就到微信商户平台核对。',
  AMOUNT: '对照双方金额，找出多或少的那一笔，再了结。',
  FEE: '对照微信的费率和我们的费率，费率不对先去门店里改，再了结。',
  FILE: '系统每半小时重新下载一次，校验通过会自动了结。',
};
const NEXT_LONG: Partial<Record<BillLineKind, string>> = {
  REFUND: '有人在微信那边退了这笔钱，账没有动。查清是谁退的、退给哪一单，再了结。',
  SPLIT: '微信那边分走了这笔钱，账没有动。查清是谁分的、分给了谁，再了结。',
  RETURN: '微信那边退回了这笔分账，账没有动。查清是谁退的，再了结。',
};
/** What a person does about a difference. */
export function nextStepOf({ class: kind, theirs }: Pick<Difference, 'class' | 'theirs'>): string {
  return (kind === 'LONG' && theirs && NEXT_LONG[theirs.kind]) || NEXT[kind];
}

/** The bill that showed a difference. */
export function billOf({ class: kind, ref, ours, theirs }: Difference): 'TRADE' | 'SPLIT' {
  if (kind === 'FILE') return ref.startsWith('SPLIT/') ? 'SPLIT' : 'TRADE';
  const line = (theirs ?? ours)?.kind;
  return line === 'SPLIT' || line === 'RETURN' ? 'SPLIT' : 'TRADE';
}

/** How much more the channel says than we do; what one side does not know as done moved nothing. Fees for a difference of fees. */
export function gapOf({ class: kind, ours, theirs }: Difference): Fen {
  const moved = (side: BillFact | null): Fen => {
    if (!side || (kind === 'STATE' && !side.isDone)) return ZERO_FEN;
    return kind === 'FEE' ? side.feeFen : side.amountFen;
  };
  return subFen(moved(theirs), moved(ours));
}
