import type { PromotionCheck } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';

/** Promotions that meet this one on the same goods, and what comes of it. */
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

/** The lowest prices that goods could come to, the most dangerous first. */
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
