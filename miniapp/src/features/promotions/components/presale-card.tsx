import type { PresaleDeal } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { exactTimeText, priceText } from '@/lib/format';
import './promotions.scss';

/** A presale in three facts: what the deposit is worth, when and how much the tail is, and what happens without it. */
export function PresaleCard({ deal, onTap }: { deal: PresaleDeal; onTap?(): void }) {
  return (
    <View
      className="card"
      hoverClass={onTap ? 'card-pressed' : 'none'}
      role={onTap ? 'link' : undefined}
      data-testid={`presale-${deal.orderId}`}
      onClick={onTap}
    >
      <View className="row between gap-2">
        <View className="card-title one-line">{deal.name}</View>
        <Text className="tag" data-testid="presale-state">
          {deal.stateText}
        </Text>
      </View>
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
        付尾款时间 {exactTimeText(deal.tailFromAt)} 至 {exactTimeText(deal.tailUntilAt)}
      </View>
      {deal.shipByAt ? <View className="small mid">最晚 {exactTimeText(deal.shipByAt)} 发货</View> : null}
      <View className="small soft">{deal.rule}</View>
    </View>
  );
}
