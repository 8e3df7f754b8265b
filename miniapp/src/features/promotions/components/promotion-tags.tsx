import { Text, View } from '@tarojs/components';
import { tagsOf } from '../model';
import { useKnownPromotions } from '../store-promotions';
import './promotions.scss';

/** What this store's promotions say about the product. */
export function PromotionTags({ productId }: { productId: string }) {
  const tags = tagsOf(useKnownPromotions(), productId);
  if (tags.length === 0) return null;
  return (
    <View className="card-promos" data-testid="card-promos">
      {tags.map(({ key, text }) => (
        <Text key={key} className="card-promo">
          {text}
        </Text>
      ))}
    </View>
  );
}
