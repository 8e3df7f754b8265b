import { View } from '@tarojs/components';
import { Icon } from './icon';

export interface StepperProps {
  value: number;
  min?: number;
  max: number;
  onChange(value: number): void;
  testId?: string;
}

export function Stepper({ value, min = 1, max, onChange, testId = 'stepper' }: StepperProps) {
  const step = (by: number) => {
    const next = value + by;
    if (next >= min && next <= max) onChange(next);
  };
  return (
    <View className="stepper" data-testid={testId}>
      <View
        className={`stepper-tap ${value <= min ? 'stepper-off' : ''}`}
        role="button"
        aria-label="减一件"
        data-testid={`${testId}-minus`}
        onClick={() => step(-1)}
      >
        <Icon name="minus" size={16} />
      </View>
      <View className="stepper-value" aria-label={`${value} 件`}>
        {value}
      </View>
      <View
        className={`stepper-tap ${value >= max ? 'stepper-off' : ''}`}
        role="button"
        aria-label="加一件"
        data-testid={`${testId}-plus`}
        onClick={() => step(1)}
      >
        <Icon name="plus" size={16} />
      </View>
    </View>
  );
}
