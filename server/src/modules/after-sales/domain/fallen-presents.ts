import type { FallenPresent, PresentChoice } from '@shuke/shared/contracts';
import { addFen, type Fen, fen, moneyText, sumFen, ZERO_FEN } from '@shuke/shared/kernel';

/** A present of which what stays earns fewer pieces than the consumer would still have. */
export interface PresentFacts extends Pick<FallenPresent, 'lineId' | 'name' | 'spec' | 'imageUrl' | 'qty'> {
  /** What these pieces cost whoever keeps them. */
  priceFen: Fen;
  promotions: readonly string[];
}

export interface PresentRoom {
  /** What goes back for the goods when every present goes back too. */
  refundFen: Fen;
  hadLeft: boolean;
  /** Bought goods stay, with which a present that has not left may still go out. */
  hasCompany: boolean;
}

type Wished = readonly { lineId: string; choice: PresentChoice }[];

function keepText(one: PresentFacts, canKeep: boolean, { hadLeft, hasCompany }: PresentRoom): string {
  if (canKeep) return `按下单时的售价从退款里扣 ${moneyText(one.priceFen)}；以后把赠品退回，这笔钱会退给你`;
  if (!hadLeft && !hasCompany) return '买的商品都退了，赠品不再单独送出';
  return `这次的退款不够付赠品的 ${moneyText(one.priceFen)}，只能一起退回`;
}

/**
 * What becomes of each present that falls away, as the consumer wishes or back with the goods (reference/features.md B11:
 * gift returned or price kept). Kept is only what the refund pays with something left over, in the order of the lines: a
 * consumer who gives goods back never pays for it.
 */
export function choosePresents(fallen: readonly PresentFacts[], wished: Wished, room: PresentRoom): FallenPresent[] {
  const mayStay = room.hadLeft || room.hasCompany;
  const fits = (kept: Fen, one: PresentFacts) => mayStay && addFen(kept, one.priceFen) < room.refundFen;
  const kept = new Set<string>();
  let keptFen = ZERO_FEN;
  for (const one of fallen) {
    const wantsIt = wished.some(({ lineId, choice }) => lineId === one.lineId && choice === 'KEEP');
    if (!wantsIt || !fits(keptFen, one)) continue;
    kept.add(one.lineId);
    keptFen = addFen(keptFen, one.priceFen);
  }
  return fallen.map((one) => {
    const isKept = kept.has(one.lineId);
    const canKeep = isKept || fits(keptFen, one);
    const { lineId, name, spec, imageUrl, qty } = one;
    return {
      ...{ lineId, name, spec, imageUrl, qty },
      why: `${one.promotions.map((promotion) => `「${promotion}」`).join('')}送的，退货后不满赠送的条件`,
      choice: isKept ? 'KEEP' : 'BACK',
      backText: room.hadLeft ? '和商品一起退回，退款金额不变' : '赠品不再送出，退款金额不变',
      keepFen: one.priceFen,
      canKeep,
      keepText: keepText(one, canKeep, room),
    };
  });
}

/** The presents that are kept, and what of the refund pays for them. */
export function keptOf(presents: readonly FallenPresent[]): { kept: FallenPresent[]; fen: Fen } {
  const kept = presents.filter((one) => one.choice === 'KEEP');
  return { kept, fen: sumFen(kept.map((one) => fen(one.keepFen))) };
}

/** The pieces of a wish with the presents that go back with them. */
export function withPresents(
  lines: readonly { lineId: string; qty: number }[],
  presents: readonly FallenPresent[],
): { lineId: string; qty: number }[] {
  const all = new Map(lines.map((one) => [one.lineId, one.qty]));
  for (const one of presents) if (one.choice === 'BACK') all.set(one.lineId, (all.get(one.lineId) ?? 0) + one.qty);
  return [...all].map(([lineId, qty]) => ({ lineId, qty }));
}
