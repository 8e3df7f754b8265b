import { Tabs } from 'antd';
import type { PromotionRun } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { runSentences } from '../model';
import { BearersTable } from './bearers-table';
import { Conflicts, WorstPrices } from './price-check';

function ByStore({ run }: { run: PromotionRun }) {
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>门店</th>
          <th className="right">用上的订单</th>
          <th className="right">优惠</th>
        </tr>
      </thead>
      <tbody>
        {run.byStore.map((one) => (
          <tr key={one.storeId}>
            <td>{one.storeName}</td>
            <td className="right num">{one.changedCount}</td>
            <td className="right">
              <Money fen={one.discountFen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Samples({ run }: { run: PromotionRun }) {
  return (
    <table className="plain" data-testid="run-samples">
      <thead>
        <tr>
          <th>订单</th>
          <th className="right">商品金额</th>
          <th className="right">原来付</th>
          <th className="right">有活动付</th>
          <th>为什么</th>
        </tr>
      </thead>
      <tbody>
        {run.samples.map((one) => (
          <tr key={one.orderNo}>
            <td className="num">{one.orderNo}</td>
            <td className="right">
              <Money fen={one.goodsFen} />
            </td>
            <td className="right">
              <Money fen={one.beforeFen} />
            </td>
            <td className="right">
              <Money fen={one.afterFen} strong />
            </td>
            <td>{one.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A run on past orders: sentences first, then who pays, where, on which orders, and what it does to prices. */
export function RunResult({ run }: { run: PromotionRun }) {
  const { check } = run;
  const warns = check.conflicts.filter((one) => one.severity === 'WARN').length;
  return (
    <div className="stack" data-testid="run-result">
      <div className="says">
        {runSentences(run).map((sentence) => (
          <span key={sentence}>{sentence}</span>
        ))}
        <span className="muted small">
          试算于 <When at={run.at} />
          {run.isCurrent ? '' : '，之后内容改过，请重新试算'}
        </span>
      </div>
      <Tabs
        items={[
          {
            key: 'cost',
            label: '谁承担',
            children: (
              <div className="grid" style={{ gridTemplateColumns: 'minmax(240px, 1fr) minmax(0, 1.6fr)' }}>
                <div>
                  <BearersTable head="谁承担" testId="run-bearers" shares={run.byBearer} totalFen={run.discountFen} />
                </div>
                <div>{run.byStore.length > 0 ? <ByStore run={run} /> : <Empty title="没有门店会用上" />}</div>
              </div>
            ),
          },
          {
            key: 'samples',
            label: `举例（${run.samples.length}）`,
            children: run.samples.length > 0 ? <Samples run={run} /> : <Empty title="没有会变便宜的订单" />,
          },
          {
            key: 'worst',
            label:
              check.belowFloorCount + check.dishonestCount > 0
                ? `最低价（${check.belowFloorCount + check.dishonestCount} 个要看）`
                : '最低价',
            children: <WorstPrices check={check} />,
          },
          {
            key: 'conflicts',
            label: warns > 0 ? `冲突（${warns} 个要看）` : `冲突（${check.conflicts.length}）`,
            children: <Conflicts check={check} />,
          },
        ]}
      />
    </div>
  );
}
