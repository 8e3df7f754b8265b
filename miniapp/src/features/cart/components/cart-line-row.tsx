import { Text, View } from '@tarojs/components';
import { go, pageUrl } from '@/lib/navigate';
import { Icon } from '@/ui/icon';
import { Picture } from '@/ui/picture';
import { Price } from '@/ui/price';
import { Stepper } from '@/ui/stepper';
import { Tick } from '@/ui/tick';
import { type CartLine, elsewhereText, isBuyable, mostOf, problemOf } from '../model';
import './cart.scss';

interface CheckMarkProps {
  isOn: boolean;
  isOff?: boolean;
  /** Words beside the mark, which are tapped as well. */
  text?: string;
  onTap(): void;
  testId: string;
}

export function CheckMark({ isOn, isOff, text, onTap, testId }: CheckMarkProps) {
  return (
    <View
      className={`check-box ${isOn ? 'check-on' : ''} ${isOff ? 'check-off' : ''} ${text ? 'check-words' : ''}`}
      role="checkbox"
      aria-checked={isOn}
      data-testid={testId}
      onClick={() => !isOff && onTap()}
    >
      <Tick />
      {text}
    </View>
  );
}

export interface CartLineRowProps {
  line: CartLine;
  /** What was tapped last, which the line itself may not know yet. */
  qty: number;
  isBusy: boolean;
  onQty(qty: number): void;
  onSelect(isSelected: boolean): void;
  onRemove(): void;
  /** Shows which stores near by have it. */
  onElsewhere(): void;
}

export function CartLineRow(props: CartLineRowProps) {
  const { line, qty, isBusy, onQty, onSelect, onRemove, onElsewhere } = props;
  const open = () => go(pageUrl.product(line.productId));
  const canBuy = isBuyable(line);
  const problem = problemOf(line);
  return (
    <View className={`cart-line ${isBusy ? 'cart-line-busy' : ''}`} data-testid={`cart-line-${line.skuId}`}>
      <CheckMark
        isOn={canBuy && line.isSelected}
        isOff={!canBuy}
        onTap={() => onSelect(!line.isSelected)}
        testId={`select-${line.skuId}`}
      />
      <View onClick={open}>
        <Picture url={line.imageUrl} className="picture-thumb" label={line.name} />
      </View>
      <View className="grow">
        <View className="cart-line-what" onClick={open}>
          <View className="strong two-lines">{line.name}</View>
          <View className="small soft">
            {line.colour} · {line.size}
          </View>
        </View>
        {problem ? <Text className={`tag tag-${problem.tone}`}>{problem.text}</Text> : null}
        {line.fromElsewhere ? (
          <View className="small mid" data-testid={`sent-from-${line.skuId}`}>
            {elsewhereText(line)}
          </View>
        ) : null}
        {line.nearbyCount ? (
          <View className="text-tap" role="button" data-testid={`nearby-${line.skuId}`} onClick={onElsewhere}>
            <Icon name="store" size={16} />
            {elsewhereText(line)}
          </View>
        ) : null}
        <View className="cart-line-foot">
          <Price fen={line.priceFen} />
          {canBuy ? (
            <Stepper
              value={qty}
              min={0}
              max={mostOf(line)}
              onChange={(next) => (next === 0 ? onRemove() : onQty(next))}
              testId={`qty-${line.skuId}`}
            />
          ) : (
            <View className="text-tap" role="button" data-testid={`remove-${line.skuId}`} onClick={onRemove}>
              <Icon name="trash" size={16} />
              移除
            </View>
          )}
        </View>
      </View>
    </View>
  );
}
