import { ScrollView, View } from '@tarojs/components';

export interface TabsProps<K extends string> {
  tabs: readonly { key: K; label: string; count?: number }[];
  value: K;
  onChange(key: K): void;
  testId: string;
}

export function Tabs<K extends string>({ tabs, value, onChange, testId }: TabsProps<K>) {
  return (
    <ScrollView scrollX className="tabs" showScrollbar={false}>
      <View className="tabs-row" role="tablist">
        {tabs.map((tab) => (
          <View
            key={tab.key}
            className={`tab ${tab.key === value ? 'tab-on' : ''}`}
            role="tab"
            aria-selected={tab.key === value}
            data-testid={`${testId}-${tab.key}`}
            onClick={() => onChange(tab.key)}
          >
            {tab.label}
          </View>
        ))}
      </View>
    </ScrollView>
  );
}
