import { Text, View } from '@tarojs/components';
import { priceText } from '@/lib/format';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Price } from '@/ui/price';
import { differenceText, dueOf } from '../model';
import type { PriceChange } from '../use-checkout';

/** The price is no longer what was shown: the difference, and nothing is bought before it is agreed to. */
export function PriceChangedDialog(props: {
  change: PriceChange | null;
  isBusy: boolean;
  onAgree(): void;
  onClose(): void;
}) {
  const { change } = props;
  return (
    <Dialog
      isOpen={change !== null}
      title="价格有变化"
      testId="price-changed"
      actions={
        <>
          <Button isBlock isBusy={props.isBusy} onTap={props.onAgree} testId="price-agree">
            按新价格提交
          </Button>
          <Button kind="quiet" isBlock onTap={props.onClose} testId="price-decline">
            再看看
          </Button>
        </>
      }
    >
      {change ? (
        <>
          <View className="price-step">
            <Text>刚才要付</Text>
            <Text className="digits">{priceText(change.beforeFen)}</Text>
          </View>
          <View className="price-step">
            <Text>现在要付</Text>
            <Price fen={dueOf(change.after)} size="m" />
          </View>
          <View className="price-step">
            <Text className="strong" data-testid="price-difference">
              {differenceText(change.beforeFen, dueOf(change.after))}
            </Text>
          </View>
        </>
      ) : null}
    </Dialog>
  );
}
