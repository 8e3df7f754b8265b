import type { CheckoutPreview } from '@shuke/shared/contracts';
import { Text, View } from '@tarojs/components';
import { Price } from '@/ui/price';

/** Every line of the price with its reason; they add up to the total. */
export function PriceSteps({
  steps,
  totalFen,
  totalLabel,
}: {
  steps: CheckoutPreview['steps'];
  totalFen: number;
  totalLabel: string;
}) {
  return (
    <View data-testid="price-steps">
      {steps.map((step) => (
        <View key={step.label + step.explain} className="price-step">
          <View className="grow">
            <View>{step.label}</View>
            {step.explain ? <View className="small soft">{step.explain}</View> : null}
          </View>
          <Price fen={step.amountFen} size="s" tone={step.amountFen < 0 ? 'price' : 'ink'} />
        </View>
      ))}
      <View className="price-step price-step-total">
        <Text className="strong">{totalLabel}</Text>
        <Price fen={totalFen} size="l" testId="total" />
      </View>
    </View>
  );
}
