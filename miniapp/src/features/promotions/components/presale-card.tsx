import type { PresaleDeal } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { clock } from '@/lib/clock';
import { momentText, priceText } from '@/lib/format';
import { Picture } from '@/ui/picture';
import './promotions.scss';

/**
 * A presale in three facts: what the deposit is worth, when and how much the tail is, and what happens without it. In a
 * list it names its piece; an order shows its pieces anyway.
 */
export function PresaleCard({ deal, onTap }: { deal: PresaleDeal; onTap?(): void }) {
  const now = clock.now();
  return (
    <View
      className="card"
      hoverClass={onTap ? 'card-pressed' : 'none'}
      role={onTap ? 'link' : undefined}
      data-testid={`presale-${deal.orderId}`}
      onClick={onTap}
    >
      <View className="row-top between gap-2">
        <View className="card-title one-line">{deal.name}</View>
        <Text className="tag" data-testid="presale-state">
          {deal.stateText}
        </Text>
      </View>
      {deal.item && onTap ? (
        <View className="row gap-3 presale-piece">
          <Picture url={deal.item.imageUrl} className="picture-mini" label={deal.item.name} />
          <View className="grow">
            <View className="two-lines">{deal.item.name}</View>
            <View className="small soft one-line">{deal.item.spec}</View>
          </View>
        </View>
      ) : null}
      <View className="price-step">
        <Text>
          定金 {priceText(deal.depositFen)}，抵 {priceText(deal.depositWorthFen)}
        </Text>
      </View>
      <View className="price-step">
        <Text>尾款</Text>
        <Text className="digits strong">{priceText(deal.tailFen)}</Text>
      </View>
      <View className="small mid">
        {momentText(deal.tailFromAt, now)} 至 {momentText(deal.tailUntilAt, now)} 付尾款
      </View>
      {deal.shipByAt ? <View className="small mid">最晚 {momentText(deal.shipByAt, now)} 发货</View> : null}
      <View className="small soft">{deal.rule}</View>
    </View>
  );
}
