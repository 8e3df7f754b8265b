import { Button } from 'antd';
import { useState } from 'react';
import { useIsHq } from '../../lib/me';
import { PageFrame } from '../../ui/page';
import { Tabs, useTab } from '../../ui/tabs';
import { ActivityList } from './components/activity-list';
import { AdjustmentList } from './components/adjustment-list';
import { BalanceRefundList } from './components/balance-refund-list';
import { InStoreList } from './components/in-store-list';
import { SettingsDrawer } from './components/settings-drawer';
import { SummaryFigures } from './components/summary-figures';
import { TopUpList } from './components/top-up-list';

const OURS = [
  { value: 'activities', label: '充值活动' },
  { value: 'top-ups', label: '充值记录' },
  { value: 'refunds', label: '余额退款' },
  { value: 'in-store', label: '到店付款' },
  { value: 'adjustments', label: '手动调整' },
];
const THEIRS = OURS.filter((one) => one.value === 'top-ups' || one.value === 'in-store');

/** Stored value: what is promised, what came in, what goes back. */
export default function WalletPage() {
  const isHq = useIsHq();
  const tabs = isHq ? OURS : THEIRS;
  const [tab, setTab] = useTab(tabs);
  const [isEditing, setEditing] = useState(false);
  return (
    <PageFrame
      title="储值"
      hint={isHq ? '顾客存在这里的钱随时能退；改活动不影响已经充的人。' : '你门店卖出的充值，和顾客用余额付的款。'}
      actions={
        isHq ? (
          <Button onClick={() => setEditing(true)} data-testid="wallet-settings">
            上限与协议
          </Button>
        ) : null
      }
    >
      {isHq ? <SummaryFigures /> : null}
      <Tabs tabs={tabs} value={tab} onChange={setTab} testId="wallet-tab" />
      {tab === 'activities' ? <ActivityList /> : null}
      {tab === 'top-ups' ? <TopUpList /> : null}
      {tab === 'refunds' ? <BalanceRefundList /> : null}
      {tab === 'in-store' ? <InStoreList /> : null}
      {tab === 'adjustments' ? <AdjustmentList /> : null}
      {isHq ? <SettingsDrawer isOpen={isEditing} onClose={() => setEditing(false)} /> : null}
    </PageFrame>
  );
}
