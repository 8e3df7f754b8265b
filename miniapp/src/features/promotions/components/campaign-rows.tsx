import type { PromotionCard } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { go, pageUrl } from '@/lib/navigate';
import { Icon } from '@/ui/icon';
import { Picture } from '@/ui/picture';
import { ListPrice, Price } from '@/ui/price';
import { countsTo, iconOf, leftPiecesText } from '../model';
import { Countdown } from './countdown';
import './promotions.scss';

const PIECES_SHOWN = 6;

/** Counts down in public: what is short by nature, and what has not begun. */
const isUrgent = ({ kind, state }: PromotionCard): boolean =>
  kind === 'SECKILL' || kind === 'LIMITED_DISCOUNT' || state === 'SCHEDULED';

/** What runs out soon or has many goods takes the whole width; the rest stand in pairs. */
const isWide = (card: PromotionCard): boolean => isUrgent(card) || card.items.length !== 1;

/** The campaigns of a store on its home page, each with its goods where it names them. */
export function CampaignRows({ cards }: { cards: readonly PromotionCard[] }) {
  const shown = cards.filter((card) => card.state !== 'ENDED');
  if (shown.length === 0) return null;
  return (
    <View className="section" data-testid="campaigns">
      <View className="section-head">
        <View className="section-title">这家店的活动</View>
      </View>
      {shown.filter(isWide).map((card) => (
        <Campaign key={card.id} card={card} />
      ))}
      <View className="campaign-tiles">
        {shown
          .filter((card) => !isWide(card))
          .map((card) => (
            <CampaignTile key={card.id} card={card} />
          ))}
      </View>
    </View>
  );
}

/** A campaign of one piece: what it is called, what it costs, the piece. */
function CampaignTile({ card }: { card: PromotionCard }) {
  const [item] = card.items;
  return (
    <View
      className="card campaign-tile"
      hoverClass="card-pressed"
      role="link"
      data-testid={`campaign-${card.kind}`}
      onClick={() => go(pageUrl.promotion(card.id))}
    >
      <View className="strong one-line">{card.name}</View>
      <View className="small campaign-tile-text two-lines">{card.text}</View>
      <View className="campaign-tile-foot">
        <Text className="tag campaign-tag">{card.label}</Text>
        <Picture url={item?.imageUrl ?? null} className="campaign-tile-picture" label={item?.name ?? card.name} />
      </View>
    </View>
  );
}

export function Campaign({ card }: { card: PromotionCard }) {
  const { instant, label } = countsTo(card);
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
          <View className="small mid one-line">{card.text}</View>
        </View>
        <Icon name="right" size={16} className="soft" />
      </View>
      {isUrgent(card) ? (
        <View className="campaign-time">
          <Countdown instant={instant} label={label} over="马上更新" />
        </View>
      ) : null}
      {card.items.length > 0 ? (
        <View className={card.items.length === 1 ? 'campaign-one' : 'campaign-pieces'}>
          {card.items.slice(0, PIECES_SHOWN).map((item) => (
            <View key={item.skuId} className="campaign-piece">
              <Picture url={item.imageUrl} className="campaign-picture" label={item.name} />
              <View className="campaign-piece-words">
                <View className="small one-line">{item.name}</View>
                <View className="row gap-1 wrap">
                  <Price fen={item.priceFen} size="s" />
                  <ListPrice fen={item.shelfPriceFen} priceFen={item.priceFen} />
                </View>
                {item.leftQty !== null ? <View className="small soft">{leftPiecesText(item)}</View> : null}
              </View>
            </View>
          ))}
        </View>
      ) : null}
    </View>
  );
}
