import type { CheckoutPreview, PromotionCard, PromotionItem } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { type ReactNode, useState } from 'react';
import { Icon } from '@/ui/icon';
import { Sheet } from '@/ui/sheet';
import { addOnWords } from '../near-offer';
import './cart.scss';

/** Pieces that cost little beside a full cart: what is still missing for them, or that one may be chosen now. */
export function AddOns(props: {
  card: PromotionCard;
  /** The cart with its best promotions; null while it is not known. */
  best: CheckoutPreview | null;
  /** How the page shows one of the pieces. */
  row(item: PromotionItem): ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const { card } = props;
  const words = addOnWords(card, props.best);
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
          <View className="small mid one-line" data-testid="add-ons-state">
            {words}
          </View>
        </View>
        <View className="text-tap">去换购</View>
      </View>
      <Sheet isOpen={isOpen} title={card.name} onClose={() => setOpen(false)} testId="add-on-sheet">
        <View className="small mid">{[...new Set([words, card.text, ...card.rules])].join('；')}</View>
        {card.items.map(props.row)}
      </Sheet>
    </>
  );
}
