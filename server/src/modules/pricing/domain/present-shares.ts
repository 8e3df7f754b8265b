import { type Fen, ZERO_FEN } from '@shuke/shared/kernel';
import type { AppliedShare, Gift, PricedPromotion } from '@shuke/shared/rules';

/**
 * What a present's line keeps: each promotion that gave pieces of it, and what the store asked for a piece then, which is
 * the price for whoever keeps it when the goods that earned it go back.
 */
export const presentShares = (
  of: { skuId: string; unitPriceFen: Fen },
  promised: readonly Gift[],
  promotions: readonly PricedPromotion[],
): AppliedShare[] =>
  promised.flatMap(({ promotionId, skuId, qty }): AppliedShare[] => {
    const giver = skuId === of.skuId ? promotions.find((one) => one.id === promotionId) : undefined;
    if (!giver) return [];
    const { id, name, bearers } = giver;
    return [{ kind: 'PROMOTION', id, name, bearers, fen: ZERO_FEN, gift: { qty, unitPriceFen: of.unitPriceFen } }];
  });
