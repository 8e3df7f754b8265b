import type { PlayField, PlayKind } from '@shuke/shared/contracts';
import { type Fen, fen, minFen, moneyText, ZERO_FEN } from '@shuke/shared/kernel';
import type { GoodsScope, PlayOffer, PlayRefusal, PlayView, PricedPromotion } from '@shuke/shared/rules';

/** A play's terms after its form has checked them; each play names its own shape. */
export type Terms = Record<string, unknown>;

export interface PlayState {
  state: string;
  label: string;
  next: readonly string[];
}

/** What a play says about itself: one small file per play implements this and nothing else knows the play by name. */
export interface Play<T = Terms> {
  kind: PlayKind;
  label: string;
  summary: string;
  /** Its place in the fixed order within its stage. */
  rank: number;
  stage: PricedPromotion['stage'];
  /** A person takes it once, whichever promotion of the play offers it; left out: each promotion has its own limit. */
  isOncePerPerson?: true;
  /** True: goods are chosen beside the form; false: the form's own rows name them. */
  hasScope: boolean;
  fields: readonly PlayField[];
  states: readonly PlayState[];
  /** The edge cases that people ask about, one sentence each; shown in the form. */
  notes: readonly string[];
  /** Problems beyond single fields; none: sound. */
  problems(terms: T): string[];
  /** The offer in one line. */
  text(terms: T): string;
  /** The small print for consumers. */
  rules(terms: T): string[];
  /** The SKUs that the terms name, for checks and for the scope of plays without one. */
  skuIds(terms: T): string[];
  /** The price of a SKU as the mall shows it, or null when the play has none. */
  skuPriceFen(terms: T, skuId: string, shelfFen: Fen): Fen | null;
  /** Pieces of a SKU's own slice, or null when it has none. */
  sliceQty(terms: T, skuId: string): number | null;
  /** How it prices; see PricedPromotion.price. */
  price(terms: T, view: PlayView, scope: GoodsScope): PlayOffer | PlayRefusal;
}

export const offer = (explain: string, parts: Partial<Omit<PlayOffer, 'explain'>>): PlayOffer => ({
  cuts: [],
  spreadFen: ZERO_FEN,
  gifts: [],
  explain,
  ...parts,
});

/** A refusal worth telling; `lack` is how much more would be enough. */
export const notYet = (failing: string, lack: Fen | null = null): PlayRefusal => ({
  failing,
  lackFen: lack,
  isNear: true,
});

/** A refusal that would only be noise. */
export const notHere = (failing: string): PlayRefusal => ({ failing, lackFen: null, isNear: false });

/** The states that every promotion goes through. */
export const PROMOTION_STATES: readonly PlayState[] = [
  { state: 'DRAFT', label: '草稿', next: ['SCHEDULED', 'LIVE'] },
  { state: 'SCHEDULED', label: '未开始', next: ['LIVE', 'PAUSED', 'ENDED'] },
  { state: 'LIVE', label: '进行中', next: ['PAUSED', 'ENDED'] },
  { state: 'PAUSED', label: '已暂停', next: ['LIVE', 'ENDED'] },
  { state: 'ENDED', label: '已结束', next: [] },
];

const baseField = { unit: null, hint: null, required: true, min: null, max: null, choices: [], when: null };
type Field = Omit<PlayField, 'columns'>;

/** Builds one field; numbers are bounded, everything else by its type. */
export const field = (name: string, label: string, type: Field['type'], more: Partial<Field> = {}): Field => ({
  ...baseField,
  ...(type === 'FEN' ? { unit: '元', min: 0, max: 100_000_000 } : {}),
  ...(type === 'BP' ? { unit: '折', min: 100, max: 9_990, hint: '8.8 折填 8.8' } : {}),
  ...(type === 'COUNT' ? { unit: '件', min: 1, max: 9_999 } : {}),
  name,
  label,
  type,
  ...more,
});
export const plain = (...args: Parameters<typeof field>): PlayField => ({ ...field(...args), columns: [] });
export const rows = (name: string, label: string, columns: Field[], more: Partial<Field> = {}): PlayField => ({
  ...field(name, label, 'ROWS', { min: 1, max: 100, ...more }),
  columns,
});
export const choices = (list: Record<string, string>) => ({
  choices: Object.entries(list).map(([value, label]) => ({ value, label })),
});

/** The share of an amount that a reduced ratio takes off, rounded down so that nobody gets more than was promised. */
export const cutByRatio = (amount: Fen, payBp: number): Fen =>
  fen(Number((BigInt(amount) * BigInt(10_000 - payBp)) / 10_000n));

/** 8800 → 「8.8 折」 */
export const fold = (payBp: number): string => `${String(payBp / 1000).slice(0, 5)} 折`;

/** 「¥2,699」, or 「¥2,699 起」 where pieces cost more than the cheapest one. */
export function fromText(prices: readonly Fen[]): string {
  const least = prices.reduce<Fen | null>((low, one) => (low === null ? one : minFen(low, one)), null) ?? ZERO_FEN;
  return `${moneyText(least)}${prices.some((one) => one > least) ? ' 起' : ''}`;
}

/** The row that names a SKU. */
export const rowOf = <R extends { skuId: string }>(list: readonly R[], skuId: string): R | undefined =>
  list.find((row) => row.skuId === skuId);

/** A problem when a SKU is named twice. */
export const twice = (list: readonly { skuId: string }[]): string[] =>
  new Set(list.map((row) => row.skuId)).size === list.length ? [] : ['同一个商品规格只能填一行'];
