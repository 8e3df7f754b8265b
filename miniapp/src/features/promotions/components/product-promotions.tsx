import type { PromotionCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { go, pageUrl } from '@/lib/navigate';
import { Icon } from '@/ui/icon';
import { Price } from '@/ui/price';
import { countsTo, type Deal, leftPiecesText } from '../model';
import { Countdown } from './countdown';
import './promotions.scss';

/** Under the picture: the price that counts now, until when, and how many are left. */
export function DealBar({ deal }: { deal: Deal }) {
  const { card, item } = deal;
  const { instant, label } = countsTo(card);
  const left = leftPiecesText(item);
  return (
    <View
      className="deal-bar"
      hoverClass="card-pressed"
      role="link"
      data-testid="deal-bar"
      onClick={() => go(pageUrl.promotion(card.id))}
    >
      <View className="grow">
        <View className="row gap-1">
          <Text className="deal-label">{card.label}</Text>
          <Price fen={item.priceFen} size="l" testId="deal-price" />
        </View>
        <View className="small one-line">
          {item.spec}
          {left ? ` · ${left}` : ''}
        </View>
      </View>
      <Countdown instant={instant} label={label} testId="deal-countdown" />
    </View>
  );
}

/** All promotions that a product takes part in, one line each, in the words of the promotion. */
export function ProductPromotions({ cards }: { cards: readonly PromotionCard[] }) {
  if (cards.length === 0) return null;
  return (
    <View className="card card-flush" data-testid="product-promotions">
      {cards.map((card) => (
        <View
          key={card.id}
          className="cell promo-line"
          hoverClass="cell-pressed"
          role="link"
          data-testid={`product-promotion-${card.kind}`}
          onClick={() => go(pageUrl.promotion(card.id))}
        >
          <Text className="tag campaign-tag">{card.label}</Text>
          <View className="grow">
            <View className="cell-title two-lines">{card.text}</View>
            {card.state === 'SCHEDULED' ? <View className="cell-note">即将开始</View> : null}
          </View>
          <Icon name="right" size={16} className="soft" />
        </View>
      ))}
    </View>
  );
}
