import { useIsHq } from '../../lib/me';
import { PageFrame } from '../../ui/page';
import { Tabs, useTab } from '../../ui/tabs';
import { ClosingList } from './components/closing-list';
import { EntryTab } from './components/entry-tab';
import { ListingRules } from './components/listing-rules';
import { OverlapTab } from './components/overlap-tab';
import { SettingsTab } from './components/settings-tab';

const TABS = [
  { value: 'settings', label: '模式与规则' },
  { value: 'overlaps', label: '范围重叠' },
  { value: 'listing', label: '上架规则' },
  { value: 'entries', label: '顾客怎么进的店' },
  { value: 'closings', label: '关店' },
];

/** How the store malls stand beside each other. */
export default function MallPage() {
  const [tab, setTab] = useTab(TABS);
  const isHq = useIsHq();
  return (
    <PageFrame title="商城设置" hint="顾客进哪家店、能不能逛别家、缺货谁来发，都在这里定。">
      <Tabs tabs={TABS} value={tab} onChange={setTab} testId="mall-tab" />
      {tab === 'settings' ? <SettingsTab /> : null}
      {tab === 'overlaps' ? <OverlapTab /> : null}
      {tab === 'listing' ? <ListingRules isHq={isHq} /> : null}
      {tab === 'entries' ? <EntryTab /> : null}
      {tab === 'closings' ? <ClosingList /> : null}
    </PageFrame>
  );
}
