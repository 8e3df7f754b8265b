import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { go, pageUrl } from '@/lib/navigate';
import { toast, toastDone } from '@/lib/toast';
import { showCartCount } from '@/session/cart-count';
import { checkoutDraft } from '@/session/checkout-draft';
import { chooseStore } from '@/session/current-store';
import { ensureMember } from '@/session/session';
import { track } from '@/session/tracker';

/** What the product page can do besides showing: to the cart, to the checkout, to another store. */
export function useProductActions(productId: string, storeId: string) {
  const [isBusy, setBusy] = useState(false);

  const asMember = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    try {
      if (!(await ensureMember())) {
        toast('请在微信里打开，登录后再购买');
        return false;
      }
      await work();
      return true;
    } catch (reason) {
      toast(troubleOf(reason).message);
      return false;
    } finally {
      setBusy(false);
    }
  };

  return {
    isBusy,
    addToCart: (skuId: string, qty: number) =>
      asMember(async () => {
        const cart = await api.mall.addToCart({ body: { storeId, skuId, qty } });
        showCartCount(cart.lines);
        track('ADD_CART', { productId });
        toastDone('已加入购物车');
      }),
    buyNow: (skuId: string, qty: number) =>
      asMember(async () => {
        checkoutDraft.set({ storeId, lines: [{ skuId, qty }], from: 'now' });
        go(pageUrl.checkout('now'));
      }),
    goStore: async (otherId: string) => {
      setBusy(true);
      try {
        const { resolution } = await api.mall.enter({ query: { storeId: otherId } });
        if (resolution.store) chooseStore(resolution.store);
      } catch (reason) {
        toast(troubleOf(reason).message);
      } finally {
        setBusy(false);
      }
    },
  };
}
