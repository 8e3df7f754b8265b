import { Input } from '@tarojs/components';

export interface RegionFieldProps {
  value: string;
  onChange(region: string): void;
}

/** Browsers have no region picker; the text is split into province, city and district by the address model. */
export function RegionField({ value, onChange }: RegionFieldProps) {
  return (
    <Input
      className="field-input"
      value={value}
      placeholder="如：浙江省 杭州市 西湖区"
      data-testid="address-region"
      onInput={(event) => onChange(event.detail.value)}
    />
  );
}
