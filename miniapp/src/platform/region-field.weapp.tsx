import { Picker, View } from '@tarojs/components';

export interface RegionFieldProps {
  value: string;
  onChange(region: string): void;
}

export function RegionField({ value, onChange }: RegionFieldProps) {
  return (
    <Picker mode="region" onChange={(event) => onChange((event.detail.value as unknown as string[]).join(' '))}>
      <View className={`field-input ${value ? '' : 'soft'}`}>{value || '选择省 / 市 / 区'}</View>
    </Picker>
  );
}
