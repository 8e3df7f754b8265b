import type { PromotionCard, PromotionItem } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { go, pageUrl } from '@/lib/navigate';
import { Button } from '@/ui/button';
import { Picture } from '@/ui/picture';
import { ListPrice, Price } from '@/ui/price';
import { hasDeposit, leftPiecesText, takenPercent, takeOf } from '../model';
import './promotions.scss';

/** One piece of a promotion: what it costs now and before, what is left, and its one button. */
export function PromotionItemRow(props: {
  card: PromotionCard;
  item: PromotionItem;
  /** The only piece of its promotion is shown large. */
  isOnly?: boolean;
  /** It lies in the cart already. */
  isTaken?: boolean;
  /** What taking it is called here, where it may be taken. */
  takeText?: string;
  isBusy: boolean;
  onTake(): void;
}) {
  const { card, item } = props;
  const left = leftPiecesText(item);
  const { canTake, text } = takeOf(card, item);
  const words = canTake ? (props.takeText ?? text) : text;
  return (
    <View className={props.isOnly ? '' : 'promo-item'} data-testid={`promo-item-${item.skuId}`}>
      <View onClick={() => go(pageUrl.product(item.productId))}>
        <Picture
          url={item.imageUrl}
          className={props.isOnly ? 'picture-square promo-hero' : 'picture-thumb'}
          label={item.name}
        />
      </View>
      <View className="grow">
        <View className="strong two-lines">{item.name}</View>
        <View className="small soft one-line">{item.spec}</View>
        {left ? (
          <View className="promo-left">
            <View className="promo-bar">
              <View className="promo-bar-on" style={{ width: `${takenPercent(item)}%` }} />
            </View>
            <Text className="small mid" data-testid="left-pieces">
              {left}
            </Text>
          </View>
        ) : null}
        {hasDeposit(card) ? <View className="small mid">{card.text}</View> : null}
        <View className="row between gap-2 promo-item-foot">
          <View className="row gap-1 wrap promo-prices">
            <Price fen={item.priceFen} size="l" />
            <ListPrice fen={item.shelfPriceFen} priceFen={item.priceFen} />
          </View>
          <Button
            isSmall
            isBusy={props.isBusy}
            isDisabled={!canTake || props.isTaken === true}
            onTap={props.onTake}
            testId={`take-${item.skuId}`}
          >
            {props.isTaken ? '已加入' : words}
          </Button>
        </View>
      </View>
    </View>
  );
}
