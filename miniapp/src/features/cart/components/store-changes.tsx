import { Text, View } from '@tarojs/components';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import type { LineChange } from '../model';
import './cart.scss';

/** After a store switch: what the new store makes of the cart, line by line, with the way back. */
export function StoreChanges(props: {
  changes: LineChange[];
  fromName: string;
  toName: string;
  onBack(): void;
  onClose(): void;
}) {
  const { changes } = props;
  return (
    <Sheet
      isOpen={changes.length > 0}
      title="换店后有变化"
      onClose={props.onClose}
      testId="store-changes"
      footer={
        <View className="row gap-2">
          <View className="grow">
            <Button kind="quiet" isBlock onTap={props.onBack} testId="changes-back">
              换回原来的店
            </Button>
          </View>
          <View className="grow">
            <Button isBlock onTap={props.onClose} testId="changes-ok">
              就在这家买
            </Button>
          </View>
        </View>
      }
    >
      <View className="small mid">
        从{props.fromName}换到{props.toName}，价格和库存以这家店为准。
      </View>
      {changes.map((change) => (
        <View key={change.skuId} className="change-row" data-testid={`change-${change.skuId}`}>
          <View className="two-lines">{change.name}</View>
          <View className="small soft">{change.spec}</View>
          <Text className={`tag tag-${change.tone}`}>{change.text}</Text>
        </View>
      ))}
    </Sheet>
  );
}
