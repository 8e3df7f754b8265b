import { Tabs } from 'antd';
import type { PromotionCheck, PromotionRun } from '../../../lib/types';
import { BEARER } from '../../../ui/bearers-input';
import { Money } from '../../../ui/money';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { runSentences } from '../model';

function ByBearer({ run }: { run: PromotionRun }) {
  return (
    <table className="plain" data-testid="run-bearers">
      <thead>
        <tr>
          <th>谁承担</th>
          <th className="right">优惠</th>
        </tr>
      </thead>
      <tbody>
        {run.byBearer.map((one) => (
          <tr key={one.party}>
            <td>{BEARER[one.party]}</td>
            <td className="right">
              <Money fen={one.fen} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>合计</td>
          <td className="right">
            <Money fen={run.discountFen} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

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

export function Conflicts({ check }: { check: PromotionCheck }) {
  if (check.conflicts.length === 0) return <Empty title="没有和别的活动撞上" />;
  return (
    <table className="plain" data-testid="conflicts">
      <thead>
        <tr>
          <th>活动</th>
          <th>关系</th>
          <th>说明</th>
          <th className="right">规格</th>
          <th className="right">门店</th>
          <th>同时进行</th>
        </tr>
      </thead>
      <tbody>
        {check.conflicts.map((one) => (
          <tr key={one.promotionId}>
            <td style={{ minWidth: 128 }}>
              {one.name}
              <div className="muted small">{one.label}</div>
            </td>
            <td className="nowrap">
              <Status tone={one.severity === 'WARN' ? 'warn' : 'idle'}>
                {one.effect === 'STACKS' ? '会叠加' : '只算一个'}
              </Status>
            </td>
            <td>{one.text}</td>
            <td className="right num">{one.skuCount}</td>
            <td className="right num">{one.storeCount ?? '全部'}</td>
            <td className="nowrap">
              <When at={one.fromAt} /> – <When at={one.untilAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function WorstPrices({ check }: { check: PromotionCheck }) {
  if (check.worst.length === 0) return <Empty title="没有商品会因此降价" hint="看看商品范围和门店是不是选对了。" />;
  return (
    <>
      <p className="muted" style={{ marginBottom: 8 }}>
        看了 {check.checkedSkuCount} 个规格在各家店的价格：{check.belowFloorCount} 个叠加后低于底价，
        {check.dishonestCount} 个不低于七天内的最低价。最危险的排在前面。
      </p>
      <div className="plain-scroll">
        <table className="plain" data-testid="worst">
          <thead>
            <tr>
              <th>商品</th>
              <th>门店</th>
              <th className="right">售价</th>
              <th className="right">最低可能</th>
              <th className="right">底价</th>
              <th className="right">七天最低</th>
              <th>由谁叠加</th>
            </tr>
          </thead>
          <tbody>
            {check.worst.map((one) => (
              <tr key={`${one.storeId} ${one.skuId}`}>
                <td>
                  {one.name}
                  <div className="muted small num">{one.skuCode}</div>
                </td>
                <td>{one.storeName}</td>
                <td className="right">
                  <Money fen={one.priceFen} />
                </td>
                <td className="right">
                  <Money fen={one.worstFen} isDue={one.isBelowFloor || one.isDishonest} strong />
                </td>
                <td className="right">
                  <Money fen={one.floorFen} />
                </td>
                <td className="right">
                  {one.sevenDayLowFen === null ? <span className="muted">—</span> : <Money fen={one.sevenDayLowFen} />}
                </td>
                <td>
                  {one.by.join(' + ')}
                  {one.isDishonest ? <div className="danger small">不低于七天最低价，不能当折扣宣传</div> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
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
                  <ByBearer run={run} />
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
