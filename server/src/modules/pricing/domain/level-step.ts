import { addFen, basisPoints, type Fen, floorShare, negFen, WHOLE_BP, ZERO_FEN } from '@shuke/shared/kernel';
import type { Basket, PriceStepText } from '@shuke/shared/rules';

/** What a member's level takes off the price. */
export interface LevelTerms {
  level: number;
  name: string;
  /** What is paid of a price, in basis points: 9500 is five percent off. */
  payBp: number;
}

const HQ = [{ party: 'HQ', bp: WHOLE_BP }];

/** 9500 → 「95 折」, 9000 → 「9 折」 */
const zheText = (bp: number): string => `${bp % 1000 === 0 ? bp / 1000 : bp / 100} 折`;

/**
 * The price for a member's level, on what promotions have left of each line; goods of an exclusive promotion stay as they
 * are. Headquarters bears it. Null when nothing is taken off.
 */
export function applyLevel(basket: Basket, terms: LevelTerms | null): PriceStepText | null {
  if (!terms || terms.payBp >= WHOLE_BP) return null;
  const share = { kind: 'LEVEL' as const, id: String(terms.level), name: `${terms.name}会员价`, bearers: HQ };
  const cut = basket.lines.reduce<Fen>((sum, _, at) => {
    const wanted = floorShare(basket.openFen(at, 'ORDER'), basisPoints(WHOLE_BP - terms.payBp));
    return addFen(sum, basket.take(at, wanted, share));
  }, ZERO_FEN);
  if (cut === 0) return null;
  return {
    label: '会员价',
    amountFen: negFen(cut),
    explain: `${terms.name}会员，优惠后的商品再打 ${zheText(terms.payBp)}`,
  };
}
