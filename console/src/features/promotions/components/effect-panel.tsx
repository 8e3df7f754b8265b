import { useMemo } from 'react';
import { countText, moneyText } from '../../../lib/money';
import type { PromotionEffect } from '../../../lib/types';
import { Chart } from '../../../ui/chart';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { usePromotionEffect } from '../api';
import { effectOption } from '../model';
import { BearersTable } from './bearers-table';

function Figures({ effect }: { effect: PromotionEffect }) {
  const figures = [
    ['用了', `${countText(effect.usedCount)} 次`],
    ['订单', `${countText(effect.orderCount)} 单`],
    ['会员', `${countText(effect.memberCount)} 位`],
    ['一共优惠', moneyText(effect.discountFen)],
  ];
  return (
    <dl className="figures" style={{ margin: 0 }} data-testid="effect-figures">
      {figures.map(([name, value]) => (
        <div key={name} className="figure">
          <dt>{name}</dt>
          <dd className="figure-value num" style={{ margin: 0 }}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Tables({ effect }: { effect: PromotionEffect }) {
  return (
    <div className="grid" style={{ gridTemplateColumns: 'minmax(260px, 1fr) minmax(0, 1.6fr)', alignItems: 'start' }}>
      <Card title="谁承担">
        <BearersTable shares={effect.byBearer} totalFen={effect.discountFen} />
      </Card>
      <Card title="哪些门店在用">
        <table className="plain">
          <thead>
            <tr>
              <th>门店</th>
              <th className="right">订单</th>
              <th className="right">优惠</th>
            </tr>
          </thead>
          <tbody>
            {effect.byStore.map((one) => (
              <tr key={one.storeId}>
                <td>{one.storeName}</td>
                <td className="right num">{countText(one.orderCount)}</td>
                <td className="right">
                  <Money fen={one.discountFen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </div>
  );
}

function Effect({ effect }: { effect: PromotionEffect }) {
  const option = useMemo(() => effectOption(effect.days), [effect.days]);
  if (effect.usedCount === 0)
    return (
      <div className="card">
        <Empty title="还没有人用过" hint="有订单用上后，这里按天、按门店、按承担方列出来；退掉的不算。" />
      </div>
    );
  const label = effect.days.map((day) => `${day.day} ${moneyText(day.discountFen)}`).join('，');
  return (
    <div className="stack">
      <Figures effect={effect} />
      <Card title="每天的优惠（元）">
        <Chart option={option} height={220} label={`每天的优惠：${label}`} />
      </Card>
      <Tables effect={effect} />
    </div>
  );
}

/** What a promotion has come to in my stores; what was given back does not count. */
export function EffectPanel({ id }: { id: string }) {
  const effect = usePromotionEffect(id);
  return <Loaded query={effect}>{(data) => <Effect effect={data} />}</Loaded>;
}
