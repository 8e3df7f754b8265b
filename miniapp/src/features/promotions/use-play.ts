import type { PromotionCard, PromotionItem } from '@shuke/shared/contracts';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { go, pageUrl } from '@/lib/navigate';
import { toast, toastDone } from '@/lib/toast';
import { showCartCount } from '@/session/cart-count';
import { checkoutDraft } from '@/session/checkout-draft';
import { ensureMember } from '@/session/session';
import { actionOf } from './model';

/** Takes a piece of a promotion the way its play wants it: to the checkout, into a group, a bargain, or the cart. */
export function usePlay(storeId: string) {
  const [busySku, setBusySku] = useState<string | null>(null);
  const take = async (card: PromotionCard, item: PromotionItem, groupId?: string) => {
    setBusySku(item.skuId);
    try {
      if (!(await ensureMember())) return toast('请在微信里打开，登录后再参加');
      const action = actionOf(card.kind);
      if (action === 'look') return go(pageUrl.product(item.productId));
      if (action === 'bargain') {
        const bargain = await api.mall.startBargain({ body: { promotionId: card.id, skuId: item.skuId, storeId } });
        return go(pageUrl.bargain(bargain.id));
      }
      if (action === 'cart') {
        const cart = await api.mall.addToCart({ body: { storeId, skuId: item.skuId, qty: 1 } });
        showCartCount(cart.lines);
        return toastDone('已加入购物车');
      }
      const activity =
        action === 'buy' ? {} : { activity: { promotionId: card.id, ...(groupId ? { sessionId: groupId } : {}) } };
      checkoutDraft.set({
        storeId,
        lines: [{ skuId: item.skuId, qty: 1 }],
        from: 'now',
        isOfGroup: action === 'group',
        ...activity,
      });
      go(pageUrl.checkout('now'));
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusySku(null);
    }
  };
  return { busySku, take };
}
