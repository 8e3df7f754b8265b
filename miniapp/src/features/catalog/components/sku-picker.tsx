import type { ProductDetail } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { Icon } from '@/ui/icon';
import { Picture } from '@/ui/picture';
import { type Choice, isColourOut, sizesOf, stockText } from '../model';
import './catalog.scss';

export interface SkuPickerProps {
  product: ProductDetail;
  choice: Choice;
  onChoose(choice: Choice): void;
  onSizeHelp?(): void;
}

/** Colours as pictures, sizes with what is left of each. */
export function SkuPicker({ product, choice, onChoose, onSizeHelp }: SkuPickerProps) {
  return (
    <View>
      <View className="pick-label">
        <Text>
          颜色 <Text className="strong">{choice.colour}</Text>
        </Text>
      </View>
      <View className="colour-row">
        {product.colours.map(({ name, imageUrl }) => (
          <View
            key={name}
            className={`colour-pick ${name === choice.colour ? 'colour-pick-on' : ''} ${isColourOut(product, name) ? 'colour-pick-out' : ''}`}
            role="radio"
            aria-checked={name === choice.colour}
            data-testid={`colour-${name}`}
            onClick={() => onChoose({ ...choice, colour: name })}
          >
            <Picture url={imageUrl} className="colour-pick-image" />
            <View className="one-line">{name}</View>
          </View>
        ))}
      </View>
      <View className="pick-label">
        <Text>尺码</Text>
        {onSizeHelp && product.sizeTable.length > 0 ? (
          <View className="text-tap" role="button" data-testid="size-help" onClick={onSizeHelp}>
            <Icon name="ruler" size={16} />
            尺码对照
          </View>
        ) : null}
      </View>
      <View className="chips">
        {sizesOf(product, choice.colour).map(({ size, available }) => {
          const note = stockText(available);
          return (
            <View
              key={size}
              className={`chip size-chip ${size === choice.size ? 'chip-on' : ''} ${available <= 0 ? 'chip-off' : ''}`}
              role="radio"
              aria-checked={size === choice.size}
              aria-label={note ? `${size} ${note}` : size}
              data-testid={`size-${size}`}
              onClick={() => onChoose({ ...choice, size })}
            >
              <Text>{size}</Text>
              {note && available > 0 ? <Text className="size-chip-few">{note}</Text> : null}
            </View>
          );
        })}
      </View>
    </View>
  );
}
