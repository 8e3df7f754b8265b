import type { PromotionCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { tidyMoney } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { Icon } from '@/ui/icon';
import { Picture } from '@/ui/picture';
import { ListPrice, Price } from '@/ui/price';
import { countsTo, iconOf, leftPiecesText } from '../model';
import { Countdown } from './countdown';
import './promotions.scss';

const PIECES_SHOWN = 6;

/** The campaigns of a store on its home page: a row for each, with its goods where it names them. */
export function CampaignRows({ cards }: { cards: readonly PromotionCard[] }) {
  const shown = cards.filter((card) => card.state !== 'ENDED');
  if (shown.length === 0) return null;
  return (
    <View className="section" data-testid="campaigns">
      <View className="section-head">
        <View className="section-title">这家店的活动</View>
      </View>
      {shown.map((card) => (
        <Campaign key={card.id} card={card} />
      ))}
    </View>
  );
}

export function Campaign({ card }: { card: PromotionCard }) {
  const { instant, label } = countsTo(card);
  const isSoon = card.kind === 'SECKILL' || card.kind === 'LIMITED_DISCOUNT' || card.state === 'SCHEDULED';
  return (
    <View
      className="card campaign"
      hoverClass="card-pressed"
      role="link"
      data-testid={`campaign-${card.kind}`}
      onClick={() => go(pageUrl.promotion(card.id))}
    >
      <View className="row gap-2">
        <View className="campaign-icon">
          <Icon name={iconOf(card.kind)} />
        </View>
        <View className="grow">
          <View className="row gap-1">
            <Text className="strong one-line">{card.name}</Text>
            <Text className="tag campaign-tag">{card.label}</Text>
          </View>
          <View className="small mid one-line">{tidyMoney(card.text)}</View>
        </View>
        <Icon name="right" size={16} className="soft" />
      </View>
      {isSoon ? (
        <View className="campaign-time">
          <Countdown instant={instant} label={label} over="马上更新" />
        </View>
      ) : null}
      {card.items.length > 0 ? (
        <View className={card.items.length === 1 ? 'campaign-one' : 'campaign-pieces'}>
          {card.items.slice(0, PIECES_SHOWN).map((item) => (
            <View key={item.skuId} className="campaign-piece">
              <Picture url={item.imageUrl} className="campaign-picture" label={item.name} />
              <View className="small one-line">{item.name}</View>
              <View className="row gap-1 wrap">
                <Price fen={item.priceFen} size="s" />
                <ListPrice fen={item.shelfPriceFen} priceFen={item.priceFen} />
              </View>
              {item.leftQty !== null ? <View className="small soft">{leftPiecesText(item)}</View> : null}
            </View>
          ))}
        </View>
      ) : null}
    </View>
  );
}
