import { InputNumber } from 'antd';

interface BpInputProps {
  /** Ten-thousandths (or hundredths of the unit when `whole` is 100). */
  value?: number;
  onChange?: (bp: number) => void;
  unit: string;
  /** How many make one of the shown unit: 10000 for "times", 100 for percent. */
  whole?: number;
  min: number;
  max: number;
  label?: string;
  /** Of the form's field, so that its label names this. */
  id?: string;
  testId?: string;
}

/** Typed as people say it (1.5 倍, 30 %), kept as whole basis points. */
export function BpInput({ value, onChange, unit, whole = 10_000, min, max, label, id, testId }: BpInputProps) {
  const digits = String(whole).length - 1;
  const read = (text: string): number => {
    const [head = '0', tail = ''] = text.split('.');
    return Number(head) * whole + Number((tail + '0000').slice(0, digits));
  };
  return (
    <InputNumber<string>
      id={id}
      aria-label={label}
      stringMode
      min={String(min / whole)}
      max={String(max / whole)}
      precision={whole === 10_000 ? 1 : 2}
      value={value === undefined ? undefined : String(value / whole)}
      onChange={(text) => text !== null && onChange?.(read(String(text)))}
      suffix={unit}
      style={{ width: 130 }}
      data-testid={testId}
    />
  );
}
