import type { Cart } from '@shuke/shared/contracts';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toast } from '@/lib/toast';
import type { Query } from '@/lib/use-query';
import { useQuery } from '@/lib/use-query';
import { showCartCount } from '@/session/cart-count';

export interface CartActions extends Query<Cart> {
  busySku: string | null;
  add(skuId: string): Promise<void>;
  setQty(skuId: string, qty: number): Promise<void>;
  select(skuIds: string[], isSelected: boolean): Promise<void>;
}

/** The cart as this store prices it; every change comes back whole from the server, which alone knows prices. */
export function useCart(storeId: string, isMember: boolean): CartActions {
  const [busySku, setBusySku] = useState<string | null>(null);
  const query = useQuery(isMember ? `cart:${storeId}` : null, async () => {
    const cart = await api.mall.cart({ query: { storeId } });
    showCartCount(cart.lines);
    return cart;
  });
  const change = async (skuId: string, work: () => Promise<Cart>) => {
    setBusySku(skuId);
    try {
      const cart = await work();
      query.put(cart);
      showCartCount(cart.lines);
    } catch (reason) {
      toast(troubleOf(reason).message);
      await query.reload();
    } finally {
      setBusySku(null);
    }
  };
  return {
    ...query,
    busySku,
    add: (skuId) => change(skuId, () => api.mall.addToCart({ body: { storeId, skuId, qty: 1 } })),
    setQty: (skuId, qty) =>
      change(skuId, () => api.mall.setCartLine({ params: { id: skuId }, body: { storeId, qty } })),
    select: async (skuIds, isSelected) => {
      for (const skuId of skuIds)
        await change(skuId, () => api.mall.setCartLine({ params: { id: skuId }, body: { storeId, isSelected } }));
    },
  };
}
