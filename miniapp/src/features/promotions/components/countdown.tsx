import { Text, View } from '@tarojs/components';
import { useNow } from '@/lib/use-now';

const two = (n: number) => String(n).padStart(2, '0');

/** Time to a moment, in boxes of two digits that do not change their width; says when it has come. */
export function Countdown(props: { instant: string; label: string; over?: string; testId?: string }) {
  const now = useNow(true);
  const left = Math.floor((Date.parse(props.instant) - now) / 1_000);
  if (left <= 0) return <Text className="small">{props.over ?? '时间到了'}</Text>;
  const days = Math.floor(left / 86_400);
  const parts = [Math.floor((left % 86_400) / 3_600), Math.floor((left % 3_600) / 60), left % 60];
  return (
    <View className="countdown" data-testid={props.testId} aria-label={`${props.label} ${days} 天 ${parts[0]} 小时`}>
      <Text>{props.label}</Text>
      {days > 0 ? <Text className="digits">{days} 天</Text> : null}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: hours, minutes and seconds have no other identity
        <Text key={index} className="countdown-box">
          {two(part)}
        </Text>
      ))}
    </View>
  );
}
