import { Switch } from '@tarojs/components';
import { useCell } from '@/lib/state';
import { brand } from '@/session/brand';

/** On or off, in the brand's colour. */
export function Toggle(props: {
  isOn: boolean;
  label: string;
  isOff?: boolean;
  testId?: string;
  onTurn(on: boolean): void;
}) {
  const info = useCell(brand);
  return (
    <Switch
      className="toggle"
      checked={props.isOn}
      disabled={props.isOff}
      color={info?.theme.primary ?? '#28504a'}
      aria-label={props.label}
      data-testid={props.testId}
      onChange={(event) => props.onTurn(event.detail.value)}
    />
  );
}
