import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import type { Listing, Page } from '../../lib/types';

/** Puts the answered row in place, so that the list neither jumps nor reloads. */
export function useListingActions(storeId: string) {
  const client = useQueryClient();
  const keep = (saved: Listing) => {
    client.setQueriesData<InfiniteData<Page<Listing>>>({ queryKey: ['listings', storeId] }, (old) =>
      old
        ? {
            ...old,
            pages: old.pages.map((page) => ({
              ...page,
              items: page.items.map((one) => (one.productId === saved.productId ? saved : one)),
            })),
          }
        : old,
    );
    return saved;
  };
  return {
    list: (productId: string, isListed: boolean) =>
      api.console.setListed({ params: { id: storeId, productId }, body: { isListed } }).then(keep),
    askDelisting: (productId: string, reason: string) =>
      api.console.askDelisting({ params: { id: storeId, productId }, body: { reason } }),
    channels: (skuId: string, body: { forPickup: boolean; forDelivery: boolean }) =>
      api.console.setChannels({ params: { id: storeId, skuId }, body }).then(keep),
    price: (skuId: string, priceFen: number | null) =>
      api.console.setPrice({ params: { id: storeId, skuId }, body: { priceFen } }).then(keep),
    stock: (skuId: string, body: { onHand?: number; safety?: number; reason: string }) =>
      api.console.setStock({ params: { id: storeId, skuId }, body }).then(keep),
  };
}
