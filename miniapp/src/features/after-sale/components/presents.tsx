import type { FallenPresent, PresentChoice } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { goodsName, priceText } from '@/lib/format';
import { Picture } from '@/ui/picture';
import { Choice } from './choice';

export interface PresentsProps {
  items: readonly FallenPresent[];
  /** The goods have not left: a present is not sent, and nothing has to be carried back. */
  isUnsent: boolean;
  onChoose(lineId: string, choice: PresentChoice): void;
}

/** Presents that fall away with the goods that go back: both ways out, with what each costs, before anything is sent. */
export function Presents({ items, isUnsent, onChoose }: PresentsProps) {
  return (
    <View className="card" data-testid="presents">
      <View className="card-title">赠品怎么处理</View>
      {items.map((one) => (
        <View key={one.lineId} className="present" role="radiogroup">
          <View className="line-row">
            <Picture url={one.imageUrl} className="picture-mini" />
            <View className="grow">
              <View className="one-line">{goodsName(one.name)}</View>
              <View className="small soft">
                {one.spec} × {one.qty}
              </View>
              <View className="small mid">{one.why}</View>
            </View>
          </View>
          <Choice
            text={isUnsent ? '赠品不要了' : '赠品一起退'}
            hint={one.backText}
            isOn={one.choice === 'BACK'}
            onTap={() => onChoose(one.lineId, 'BACK')}
            testId={`present-back-${one.lineId}`}
          />
          <Choice
            text={`留下赠品，付 ${priceText(one.keepFen)}`}
            hint={one.keepText}
            isOn={one.choice === 'KEEP'}
            isOff={!one.canKeep}
            onTap={() => onChoose(one.lineId, 'KEEP')}
            testId={`present-keep-${one.lineId}`}
          />
        </View>
      ))}
    </View>
  );
}
