import { View } from '@tarojs/components';
import { Sheet } from '@/ui/sheet';
import './catalog.scss';

/** The size table; its first row names the columns. */
export function SizeSheet({ table, isOpen, onClose }: { table: string[][]; isOpen: boolean; onClose(): void }) {
  return (
    <Sheet isOpen={isOpen} title="尺码对照" onClose={onClose} testId="size-sheet">
      <View className="size-table">
        {table.map((row, index) => (
          <View key={row.join('|')} className="size-table-row">
            {row.map((text, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity
              <View key={column} className={`size-table-cell ${index === 0 ? 'size-table-head' : ''}`}>
                {text}
              </View>
            ))}
          </View>
        ))}
      </View>
      <View className="store-why spacer-top">
        平铺手量，会有 1–2 cm 误差。两个尺码之间犹豫时，建议内搭厚就选大一码，也可以问你的导购。
      </View>
    </Sheet>
  );
}
