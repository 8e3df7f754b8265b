import { useIsHq } from '../../lib/me';
import { PageFrame } from '../../ui/page';
import { Tabs, useTab } from '../../ui/tabs';
import { ExchangeList } from './components/exchange-list';
import { GoodList } from './components/good-list';
import { RuleBoard } from './components/rule-board';

const OURS = [
  { value: 'rule', label: '怎么得、怎么用' },
  { value: 'goods', label: '积分商城' },
  { value: 'exchanges', label: '兑换记录' },
];
const THEIRS = OURS.slice(2);

/** Points: the rule, the goods they buy, and who took what. */
export default function PointsPage() {
  const isHq = useIsHq();
  const tabs = isHq ? OURS : THEIRS;
  const [tab, setTab] = useTab(tabs);
  return (
    <PageFrame
      title="积分"
      hint={isHq ? '改规则只影响之后的订单；已经得到的积分不变。' : '顾客来你门店领取的积分兑换。'}
    >
      {isHq ? <Tabs tabs={tabs} value={tab} onChange={setTab} testId="points-tab" /> : null}
      {tab === 'rule' ? <RuleBoard /> : null}
      {tab === 'goods' ? <GoodList /> : null}
      {tab === 'exchanges' ? <ExchangeList isHq={isHq} /> : null}
    </PageFrame>
  );
}
