import { View } from '@tarojs/components';

const WORDS = ['很不满意', '不太满意', '一般', '满意', '很满意'];
const FIVE = [1, 2, 3, 4, 5];

/** Stars to read. No score is shown as no stars, never as five. */
export function Stars({ value, size = 'small' }: { value: number; size?: 'small' | 'large' }) {
  return (
    <View className={`stars stars-${size}`} aria-label={`${value} 星`}>
      {FIVE.map((star) => (
        <View key={star} className={`star ${star <= value ? 'star-on' : ''}`} />
      ))}
    </View>
  );
}

export interface StarFieldProps {
  label: string;
  value: number;
  onChange(value: number): void;
  testId: string;
}

/** Stars to give; nothing is chosen beforehand. */
export function StarField({ label, value, onChange, testId }: StarFieldProps) {
  return (
    <View className="field star-field" data-testid={testId}>
      <View className="field-label star-label">
        {label}
        {value > 0 ? <View className="small soft">{WORDS[value - 1]}</View> : null}
      </View>
      <View className="stars stars-large stars-field" role="radiogroup" aria-label={label}>
        {FIVE.map((star) => (
          <View
            key={star}
            className="star-tap"
            role="radio"
            aria-checked={star === value}
            aria-label={WORDS[star - 1]}
            data-testid={`${testId}-${star}`}
            onClick={() => onChange(star)}
          >
            <View className={`star ${star <= value ? 'star-on' : ''}`} />
          </View>
        ))}
      </View>
    </View>
  );
}
