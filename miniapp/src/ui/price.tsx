import { Text, View } from '@tarojs/components';
import { priceParts } from '@/lib/format';

export interface PriceProps {
  fen: number;
  size?: 's' | 'm' | 'l' | 'xl';
  isFrom?: boolean;
  tone?: 'price' | 'ink';
  testId?: string;
}

/** ¥ small, yuan large, fen small, digits of equal width. */
export function Price({ fen, size = 'm', isFrom, tone = 'price', testId }: PriceProps) {
  const { sign, yuan, cents } = priceParts(fen);
  return (
    <View className={`price price-${size} price-tone-${tone}`} data-testid={testId}>
      {sign ? <Text className="price-sign">−</Text> : null}
      <Text className="price-mark">¥</Text>
      <Text className="price-yuan">{yuan}</Text>
      {cents ? <Text className="price-cents">.{cents}</Text> : null}
      {isFrom ? <Text className="price-from">起</Text> : null}
    </View>
  );
}

/** The list price, struck through; nothing when it is not higher. */
export function ListPrice({ fen, priceFen }: { fen: number; priceFen: number }) {
  if (fen <= priceFen) return null;
  const { yuan, cents } = priceParts(fen);
  return (
    <Text className="list-price" aria-label={`吊牌价 ${yuan} 元`}>
      ¥{yuan}
      {cents ? `.${cents}` : ''}
    </Text>
  );
}
