import { Input, View } from '@tarojs/components';

/** Whether a PIN is whole. */
export const isWhole = (pin: string): boolean => /^\d{6}$/.test(pin);

/** Six digits that nobody beside reads along. */
export function PinField(props: { label: string; value: string; onChange(pin: string): void; testId: string }) {
  return (
    <View className="spacer-top">
      <View className="mid">{props.label}</View>
      <Input
        className="pin"
        type="number"
        password
        maxlength={6}
        value={props.value}
        aria-label={props.label}
        data-testid={props.testId}
        onInput={(event) => props.onChange(event.detail.value.replace(/\D/g, ''))}
      />
    </View>
  );
}

/** What is wrong with what was typed. */
export function PinProblem({ text, testId }: { text: string | null; testId: string }) {
  return text ? (
    <View className="field-error" role="alert" data-testid={testId}>
      {text}
    </View>
  ) : null;
}
