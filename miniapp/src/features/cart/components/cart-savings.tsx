import type { CheckoutPreview, PromotionCard } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { priceText } from '@/lib/format';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { PriceSteps } from '@/ui/price-steps';
import { Sheet } from '@/ui/sheet';
import type { CartLine } from '../model';
import './cart.scss';

interface SavingsProps {
  storeId: string;
  chosen: CartLine[];
  canShip: boolean;
}

/** The chosen lines with the best promotions and coupons; asked for again whenever they change. */
function useSavings({ storeId, chosen, canShip }: SavingsProps): CheckoutPreview | null {
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

/** Best combination in one line; a tap explains every step. The checkout decides, so nothing here blocks it. */
export function CartSavings(props: SavingsProps) {
  const [isOpen, setOpen] = useState(false);
  const best = useSavings(props);
  if (!best) return null;
  const saved = (best.money?.promotionFen ?? 0) + (best.money?.couponFen ?? 0);
  if (saved <= 0) return null;
  return (
    <>
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
      <Sheet isOpen={isOpen} title="怎么算的" onClose={() => setOpen(false)} testId="savings-sheet">
        <PriceSteps steps={best.steps} totalFen={best.totalFen} totalLabel="到手" />
        {best.offers?.coupons.reason ? <View className="small mid">{best.offers.coupons.reason}</View> : null}
        <View className="small soft">结算时会自动帮你用上，也可以改。</View>
      </Sheet>
    </>
  );
}

/** Pieces that cost little beside a full cart. */
export function AddOns(props: {
  card: PromotionCard;
  busySku: string | null;
  inCart: readonly string[];
  onAdd(skuId: string): void;
}) {
  const [isOpen, setOpen] = useState(false);
  const { card } = props;
  return (
    <>
      <View
        className="card row gap-2 add-on"
        hoverClass="card-pressed"
        role="button"
        data-testid="add-ons"
        onClick={() => setOpen(true)}
      >
        <Icon name="plus" className="cell-icon" />
        <View className="grow">
          <View className="strong one-line">{card.name}</View>
          <View className="small mid one-line">{card.text}</View>
        </View>
        <View className="text-tap">去换购</View>
      </View>
      <Sheet isOpen={isOpen} title="换购" onClose={() => setOpen(false)} testId="add-on-sheet">
        <View className="small mid">{[card.text, ...card.rules].join('；')}</View>
        {card.items.map((item) => {
          const isIn = props.inCart.includes(item.skuId);
          return (
            <View key={item.skuId} className="change-row row gap-2">
              <View className="grow">
                <View className="two-lines">{item.name}</View>
                <View className="small soft">{item.spec}</View>
                <View className="small">
                  换购价 {priceText(item.priceFen)}，平时 {priceText(item.shelfPriceFen)}
                </View>
              </View>
              <Button
                kind="soft"
                isSmall
                isBusy={props.busySku === item.skuId}
                isDisabled={isIn}
                onTap={() => props.onAdd(item.skuId)}
                testId={`add-on-${item.skuId}`}
              >
                {isIn ? '已加入' : '换购'}
              </Button>
            </View>
          );
        })}
      </Sheet>
    </>
  );
}
