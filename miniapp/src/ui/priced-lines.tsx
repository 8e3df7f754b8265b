import { View } from '@tarojs/components';
import { goodsName } from '@/lib/format';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';

export interface PricedLine {
  key: string;
  name: string;
  spec: string;
  imageUrl: string | null;
  qty: number;
  unitPriceFen: number;
  note?: string | null;
  onTap?: () => void;
}

/** Pieces with unit price and number, in checkout and orders alike. */
export function PricedLines({ lines }: { lines: PricedLine[] }) {
  return (
    <View>
      {lines.map((line) => (
        <View key={line.key} className="line-row" onClick={line.onTap}>
          <Picture url={line.imageUrl} className="picture-mini" label={line.name} />
          <View className="grow">
            <View className="one-line">{goodsName(line.name)}</View>
            <View className="small soft">{line.spec}</View>
            {line.note ? <View className="tag tag-warn">{line.note}</View> : null}
          </View>
          <View className="line-row-right">
            <Price fen={line.unitPriceFen} size="s" tone="ink" />
            <View className="small soft digits">×{line.qty}</View>
          </View>
        </View>
      ))}
    </View>
  );
}
