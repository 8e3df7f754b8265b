import type { ProductDetail } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { Button } from '@/ui/button';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';
import { Sheet } from '@/ui/sheet';
import { Stepper } from '@/ui/stepper';
import { type Choice, galleryOf, missingText, priceStory, skuOf, stockText } from '../model';
import { SkuPicker } from './sku-picker';

export interface SkuSheetProps {
  product: ProductDetail;
  storeName: string;
  choice: Choice;
  intent: 'cart' | 'buy' | null;
  isBusy: boolean;
  onChoose(choice: Choice): void;
  onClose(): void;
  onDone(skuId: string, qty: number): void;
  /** The ways out, where the chosen size is sold out here. */
  soldOut: ReactNode;
}

/** Colour, size and number before the cart or the checkout. */
export function SkuSheet(props: SkuSheetProps) {
  const { product, choice, intent, isBusy, onChoose, onClose, onDone, storeName } = props;
  const [qty, setQty] = useState(1);
  const sku = skuOf(product, choice);
  const story = priceStory(product, sku, storeName);
  const missing = missingText(choice, sku);
  const most = Math.max(1, sku?.available ?? 1);
  const amount = Math.min(qty, most);
  return (
    <Sheet
      isOpen={intent !== null}
      title={intent === 'buy' ? '立即购买' : '加入购物车'}
      onClose={onClose}
      testId="sku-sheet"
      footer={
        <Button
          isBlock
          isBusy={isBusy}
          isDisabled={missing !== null}
          testId="sku-confirm"
          onTap={() => sku && onDone(sku.id, amount)}
        >
          {missing ?? (intent === 'buy' ? '去结算' : '加入购物车')}
        </Button>
      }
    >
      <View className="sku-head">
        <Picture url={sku?.imageUrl ?? galleryOf(product, choice.colour)[0] ?? null} className="picture-thumb" />
        <View className="grow">
          <Price fen={story.priceFen} size="l" isFrom={story.isFrom} />
          <View className="small soft">{[choice.colour, choice.size].filter(Boolean).join(' · ') || '请选择'}</View>
          {sku && stockText(sku.available) ? <Text className="tag tag-warn">{stockText(sku.available)}</Text> : null}
        </View>
      </View>
      <SkuPicker product={product} choice={choice} onChoose={onChoose} />
      {props.soldOut ? (
        <View className="spacer-top">{props.soldOut}</View>
      ) : (
        <View className="row between spacer-top">
          <Text className="mid">数量</Text>
          <Stepper value={amount} max={most} onChange={setQty} testId="sku-qty" />
        </View>
      )}
    </Sheet>
  );
}
