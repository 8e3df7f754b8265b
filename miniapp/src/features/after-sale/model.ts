import type {
  AfterSaleOptions,
  AfterSaleState,
  AfterSaleWish,
  Consequence,
  PresentChoice,
} from '@shuke/shared/contracts';

export interface Draft {
  kind: AfterSaleWish['kind'] | null;
  reason: AfterSaleWish['reason'] | null;
  returnWay: 'CARRIER' | 'STORE' | null;
  returnStoreId: string | null;
  exchangeSkuId: string | null;
  /** Pieces by line. */
  pieces: Record<string, number>;
  /** What becomes of presents that fall away, by line; the server says which they are. */
  presents: Record<string, PresentChoice>;
}

export type Change = (part: Partial<Draft>) => void;

/** What a case starts with: all goods that may still go back, and nothing decided for the person. Presents follow the goods. */
export function draftOf(options: AfterSaleOptions): Draft {
  const allowed = options.kinds.filter(({ isAllowed }) => isAllowed);
  return {
    kind: allowed.length === 1 ? (allowed[0]?.value ?? null) : null,
    reason: null,
    returnWay: null,
    returnStoreId: null,
    exchangeSkuId: null,
    pieces: Object.fromEntries(options.lines.map(({ lineId, leftQty, isGift }) => [lineId, isGift ? 0 : leftQty])),
    presents: {},
  };
}

/** The wish to send, or what is still missing in words. */
export function wishOf(draft: Draft): AfterSaleWish | string {
  const lines = Object.entries(draft.pieces)
    .filter(([, qty]) => qty > 0)
    .map(([lineId, qty]) => ({ lineId, qty }));
  if (lines.length === 0) return '请选择商品';
  if (!draft.kind) return '请选择要怎么处理';
  if (!draft.reason) return '请选择原因';
  const needsWay = draft.kind !== 'REFUND_ONLY';
  const presents = Object.entries(draft.presents).map(([lineId, choice]) => ({ lineId, choice }));
  if (needsWay && !draft.returnWay) return '请选择怎么退回';
  if (needsWay && draft.returnWay === 'STORE' && !draft.returnStoreId) return '请选择门店';
  if (draft.kind === 'EXCHANGE' && !draft.exchangeSkuId) return '请选择换成什么';
  return {
    kind: draft.kind,
    reason: draft.reason,
    lines,
    ...(needsWay && draft.returnWay ? { returnWay: draft.returnWay } : {}),
    ...(needsWay && draft.returnWay === 'STORE' && draft.returnStoreId ? { returnStoreId: draft.returnStoreId } : {}),
    ...(draft.kind === 'EXCHANGE' && draft.exchangeSkuId ? { exchangeSkuId: draft.exchangeSkuId } : {}),
    ...(presents.length > 0 ? { presents } : {}),
  };
}

export function toneOfCase(state: AfterSaleState): '' | 'tag-warn' | 'tag-good' | 'tag-bad' | 'tag-off' {
  if (state === 'DONE') return 'tag-good';
  if (state === 'REFUSED') return 'tag-bad';
  if (state === 'CANCELLED') return 'tag-off';
  return state === 'APPROVED' || state === 'RESENT' ? 'tag-warn' : '';
}

/** What a person gains first, then what it costs, then the rest. */
export const byTone = (consequences: readonly Consequence[]): Consequence[] => {
  const order = { GAIN: 0, LOSS: 1, NEUTRAL: 2 } as const;
  return [...consequences].sort((a, b) => order[a.tone] - order[b.tone]);
};

/** What touches the person who asks; the rest is between the store, its guide and the brand. */
export const isMine = ({ kind }: Consequence): boolean => kind !== 'GUIDE' && kind !== 'SPLIT';
