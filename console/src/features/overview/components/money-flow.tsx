import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { groupBy } from '../../../lib/group';
import { moneyText, totalOf } from '../../../lib/money';
import type { Overview } from '../../../lib/types';
import { Chart } from '../../../ui/chart';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { Empty } from '../../../ui/states';
import { acyclic, flowOption } from '../model';

function FlowTable({ flows }: { flows: Overview['flows'] }) {
  const groups = groupBy(flows, (flow) => flow.from);
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>从</th>
          <th>到</th>
          <th className="right">金额</th>
        </tr>
      </thead>
      {groups.map(([from, members]) => (
        <tbody key={from}>
          {members.map((flow) => (
            <tr key={flow.to}>
              <td>{flow.from}</td>
              <td>{flow.to}</td>
              <td className="right">
                <Money fen={flow.fen} />
              </td>
            </tr>
          ))}
          <tr>
            <td />
            <td className="muted">{from} 流出合计</td>
            <td className="right">
              <Money fen={totalOf(members, (flow) => flow.fen)} strong />
            </td>
          </tr>
        </tbody>
      ))}
    </table>
  );
}

/** Where the day's money came from and went: as a picture, and as a table that sums. */
export function MoneyFlow({ flows }: { flows: Overview['flows'] }) {
  const [view, setView] = useState<'图' | '表'>('图');
  const option = useMemo(() => flowOption(flows), [flows]);
  const canDraw = acyclic(flows).length > 0;
  const words = flows.map((flow) => `${flow.from} 到 ${flow.to} ${moneyText(flow.fen)}`).join('，');
  return (
    <Card
      title="今天的钱怎么流"
      extra={
        canDraw ? (
          <Segmented size="small" options={['图', '表']} value={view} onChange={setView} aria-label="看图还是看表" />
        ) : null
      }
    >
      {!canDraw ? (
        <Empty title="今天还没有钱进出" hint="有订单付款后，这里会画出钱从哪来、到哪去。" />
      ) : view === '图' ? (
        <Chart option={option} height={360} label={`资金流向：${words}`} />
      ) : (
        <FlowTable flows={flows} />
      )}
    </Card>
  );
}
