import { useIsHq } from '../../lib/me';
import { PageFrame } from '../../ui/page';
import { Tabs, useTab } from '../../ui/tabs';
import { DayTable } from './components/day-table';
import { DifferenceList } from './components/difference-list';

const TABS = [
  { value: 'differences', label: '差异' },
  { value: 'days', label: '每天的账单' },
];

/** Where WeChat's bills and our books differ, who looks into it, and whether every day's bill is in. */
export default function BillsPage() {
  const isHq = useIsHq();
  const [tab, setTab] = useTab(isHq ? TABS : TABS.slice(0, 1));
  return (
    <PageFrame
      title="账单核对"
      hint={
        isHq
          ? '每天上午拿微信支付前一天的交易账单和分账账单，和我们的账逐笔对一遍；对不上的在这里，了结前账目自检会一直提醒。'
          : '每天拿微信支付的账单和我们的账逐笔对一遍；和你门店的订单有关、对不上的在这里，由总部财务处理。'
      }
    >
      {isHq ? <Tabs tabs={TABS} value={tab} onChange={setTab} testId="bills-tab" /> : null}
      {tab === 'days' ? <DayTable /> : <DifferenceList />}
    </PageFrame>
  );
}
