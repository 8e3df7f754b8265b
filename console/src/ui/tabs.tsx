import { Segmented } from 'antd';
import { useUrlFilters } from '../lib/url-state';

interface Tab {
  value: string;
  label: string;
}

/** Which part of a screen is shown; kept in the address. The first one needs no word there. */
export function useTab(tabs: readonly Tab[]): [string, (next: string) => void] {
  const [filters, setFilters] = useUrlFilters(['tab']);
  const first = tabs[0]?.value ?? '';
  const tab = tabs.some((one) => one.value === filters.tab) ? (filters.tab as string) : first;
  return [tab, (next) => setFilters({ tab: next === first ? undefined : next })];
}

export function Tabs(props: { tabs: readonly Tab[]; value: string; onChange: (next: string) => void; testId: string }) {
  return (
    <Segmented
      options={[...props.tabs]}
      value={props.value}
      onChange={props.onChange}
      style={{ marginBottom: 12 }}
      data-testid={props.testId}
    />
  );
}
