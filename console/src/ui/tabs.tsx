import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';

interface Tab {
  value: string;
  label: string;
}

/** Which part of a screen is shown; kept in the address. Filters belong to their tab and do not follow to the next. */
export function useTab(tabs: readonly Tab[]): [string, (next: string) => void] {
  const [params, setParams] = useSearchParams();
  const first = tabs[0]?.value ?? '';
  const wanted = params.get('tab');
  const tab = tabs.find((one) => one.value === wanted)?.value ?? first;
  // Tabs are one place: going back leaves the screen instead of walking through them.
  const choose = (next: string) =>
    setParams(
      (old) => {
        const store = old.get('store');
        return { ...(next === first ? {} : { tab: next }), ...(store ? { store } : {}) };
      },
      { replace: true },
    );
  return [tab, choose];
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
