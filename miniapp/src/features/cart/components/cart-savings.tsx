import type { CheckoutPreview } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { priceText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useQuery } from '@/lib/use-query';
import { Icon } from '@/ui/icon';
import { PriceSteps } from '@/ui/price-steps';
import { Sheet } from '@/ui/sheet';
import type { CartLine } from '../model';
import { type NearPromotion, nearestOffer } from '../near-offer';
import './cart.scss';

interface CartGoods {
  storeId: string;
  chosen: CartLine[];
  canShip: boolean;
}

/** The chosen lines with the best promotions and coupons; asked for again whenever they change. */
export function useSavings({ storeId, chosen, canShip }: CartGoods): CheckoutPreview | null {
  const body = {
    storeId,
    lines: chosen.map(({ skuId, qty }) => ({ skuId, qty })),
    fulfil: canShip ? ('SHIP' as const) : ('PICKUP' as const),
    withOffers: true,
  };
  const isAble = chosen.length > 0 && chosen.every((line) => line.qty <= line.available);
  const query = useQuery(isAble ? `cart-savings:${JSON.stringify(body)}` : null, async () => {
    const first = await api.mall.preview({ body });
    const couponIds = first.offers?.coupons.bestIds ?? [];
    return couponIds.length > 0 ? api.mall.preview({ body: { ...body, couponIds } }) : first;
  });
  return query.data;
}

/** The offer that the least money is missing for. */
function NearOffer({ near }: { near: NearPromotion }) {
  return (
    <View
      className="cart-near"
      hoverClass="card-pressed"
      role="link"
      data-testid="near-offer"
      onClick={() => go(pageUrl.promotion(near.promotionId))}
    >
      <View className="grow two-lines">{near.failing}</View>
      <View className="cart-near-go">去凑单</View>
      <Icon name="right" size={14} />
    </View>
  );
}

/** Best combination in one line; a tap explains every step. What is said elsewhere is left out. The checkout decides. */
export function CartSavings({ best, except }: { best: CheckoutPreview | null; except: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  if (!best) return null;
  const saved = (best.money?.promotionFen ?? 0) + (best.money?.couponFen ?? 0);
  const near = nearestOffer(best, except);
  return (
    <>
      {near ? <NearOffer near={near} /> : null}
      {saved > 0 ? (
        <View
          className="cart-savings"
          hoverClass="card-pressed"
          role="button"
          data-testid="cart-savings"
          onClick={() => setOpen(true)}
        >
          <Icon name="ticket" size={16} />
          <View className="grow one-line">
            最省的组合能省 {priceText(saved)}，到手 {priceText(best.totalFen)}
          </View>
          <Icon name="right" size={14} />
        </View>
      ) : null}
      <Sheet isOpen={isOpen} title="怎么算的" onClose={() => setOpen(false)} testId="savings-sheet">
        <PriceSteps steps={best.steps} totalFen={best.totalFen} totalLabel="到手" />
        {best.offers?.coupons.reason ? <View className="small mid">{best.offers.coupons.reason}</View> : null}
        <View className="small soft">结算时会自动帮你用上，也可以改。</View>
      </Sheet>
    </>
  );
}
