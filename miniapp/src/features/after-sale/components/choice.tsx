import { View } from '@tarojs/components';
import { Tick } from '@/ui/tick';

export interface ChoiceProps {
  text: string;
  hint?: string;
  isOn: boolean;
  isOff?: boolean;
  onTap(): void;
  testId: string;
}

/** One of several ways; the hint says what it means for the person. */
export function Choice({ text, hint, isOn, isOff, onTap, testId }: ChoiceProps) {
  return (
    <View
      className={`choice ${isOn ? 'check-on' : ''} ${isOff ? 'choice-off' : ''}`}
      role="radio"
      aria-checked={isOn}
      aria-disabled={Boolean(isOff)}
      data-testid={testId}
      onClick={() => (isOff ? undefined : onTap())}
    >
      <View className="grow">
        <View>{text}</View>
        {hint ? <View className="small soft">{hint}</View> : null}
      </View>
      <Tick />
    </View>
  );
}
