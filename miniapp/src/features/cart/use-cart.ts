import type { Cart } from '@shuke/shared/contracts';
import { useRef, useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { toast } from '@/lib/toast';
import type { Query } from '@/lib/use-query';
import { useQuery } from '@/lib/use-query';
import { showCartCount } from '@/session/cart-count';

export interface CartActions extends Query<Cart> {
  busySku: string | null;
  /** Quantities that were tapped and have not been answered yet, by SKU. */
  wished: Readonly<Record<string, number>>;
  add(skuId: string): Promise<void>;
  setQty(skuId: string, qty: number): Promise<void>;
  select(skuIds: string[], isSelected: boolean): Promise<void>;
}

type Put = (skuId: string, qty: number) => Promise<boolean>;

/**
 * Quantities as fast as they are tapped: the newest wish shows at once, and one request at a time carries it, so that no tap
 * is lost and no older answer comes last.
 */
function useWishedQty(put: Put) {
  const [wished, setWished] = useState<Record<string, number>>({});
  const wishes = useRef<Record<string, number>>({});
  const sending = useRef(new Set<string>());
  const keep = (next: Record<string, number>) => {
    wishes.current = next;
    setWished(next);
  };
  const setQty = async (skuId: string, qty: number) => {
    keep({ ...wishes.current, [skuId]: qty });
    if (sending.current.has(skuId)) return;
    sending.current.add(skuId);
    let asked: number | undefined;
    let isTaken = true;
    while (isTaken && asked !== wishes.current[skuId]) {
      asked = wishes.current[skuId] ?? qty;
      isTaken = await put(skuId, asked);
    }
    sending.current.delete(skuId);
    const { [skuId]: _, ...rest } = wishes.current;
    keep(rest);
  };
  return { wished, setQty };
}

/** The cart as this store prices it; every change comes back whole from the server, which alone knows prices. */
export function useCart(storeId: string, isMember: boolean): CartActions {
  const [busySku, setBusySku] = useState<string | null>(null);
  const query = useQuery(isMember ? `cart:${storeId}` : null, async () => {
    const cart = await api.mall.cart({ query: { storeId } });
    showCartCount(cart.lines);
    return cart;
  });
  /** Answers whether the server took it. */
  const change = async (skuId: string, work: () => Promise<Cart>): Promise<boolean> => {
    setBusySku(skuId);
    try {
      const cart = await work();
      query.put(cart);
      showCartCount(cart.lines);
      return true;
    } catch (reason) {
      toast(troubleOf(reason).message);
      await query.reload();
      return false;
    } finally {
      setBusySku(null);
    }
  };
  const line = (skuId: string, body: { qty: number } | { isSelected: boolean }) =>
    change(skuId, () => api.mall.setCartLine({ params: { id: skuId }, body: { storeId, ...body } }));
  const { wished, setQty } = useWishedQty((skuId, qty) => line(skuId, { qty }));
  return {
    ...query,
    busySku,
    wished,
    add: async (skuId) => {
      await change(skuId, () => api.mall.addToCart({ body: { storeId, skuId, qty: 1 } }));
    },
    setQty,
    select: async (skuIds, isSelected) => {
      // What one line could not be told, the next ones could not either.
      for (const skuId of skuIds) if (!(await line(skuId, { isSelected }))) return;
    },
  };
}
