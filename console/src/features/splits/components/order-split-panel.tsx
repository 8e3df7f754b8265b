import { ApiError } from '@shuke/shared/api';
import { keyed } from '../../../lib/keys';
import { exactText } from '../../../lib/time';
import { SPLIT_TONE } from '../../../lib/tones';
import type { OrderSplit } from '../../../lib/types';
import { COLLECT_MODE } from '../../../lib/words';
import { Money } from '../../../ui/money';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useOrderSplit } from '../api';
import { chainOf } from '../model';
import { FormulaTree } from './formula-tree';
import { LegsTable } from './legs-table';
import { ReceiverList } from './receiver-list';

function Movements({ split }: { split: OrderSplit }) {
  if (split.movements.length === 0)
    return <p className="muted">还没有资金动过：钱在收款方账上，等到可以分账的时候再转。</p>;
  return (
    <table className="plain" data-testid="movements">
      <thead>
        <tr>
          <th>时间</th>
          <th>发生了什么</th>
          <th>账户</th>
          <th className="right">金额</th>
        </tr>
      </thead>
      <tbody>
        {keyed(split.movements, (movement) => movement.at + movement.text).map(({ key, row: movement }) => (
          <tr key={key}>
            <td className="num nowrap">{exactText(movement.at)}</td>
            <td>{movement.text}</td>
            <td className="mono">{movement.account}</td>
            <td className="right">
              <Money fen={movement.fen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Entries({ split }: { split: OrderSplit }) {
  const chain = chainOf(split.entries);
  const broken = chain.filter((link) => !link.isWhole);
  return (
    <div className="stack tight">
      {chain.map(({ entry }) => (
        <FormulaTree key={entry.seq} entry={entry} />
      ))}
      {broken.length > 0 ? (
        <p className="danger" role="alert">
          第 {broken.map((link) => link.entry.seq).join('、')} 条各方相加与金额不符，请到「账目自检」查看。
        </p>
      ) : null}
      <p className="muted small">
        每一条都含上一条的哈希，连成这家门店的一条链；改动任何一个字，后面的哈希都会对不上。对账单里的「证明」可以离线重算整条链。
      </p>
    </div>
  );
}

function SplitView({ split }: { split: OrderSplit }) {
  return (
    <div className="stack" data-testid="order-split">
      <div className="row wrap" style={{ columnGap: 20 }}>
        <Status tone={SPLIT_TONE[split.state]}>{split.stateText}</Status>
        <span className="muted">{COLLECT_MODE[split.collectMode]}</span>
        {split.dueAt && split.state !== 'FINISHED' ? (
          <span className="muted">
            最晚 <When at={split.dueAt} /> 分账
          </span>
        ) : null}
      </div>
      <Card title="这笔钱归谁">
        <LegsTable split={split} />
      </Card>
      <Card title="转到哪里了">
        <div className="plain-scroll">
          <ReceiverList split={split} />
        </div>
      </Card>
      <Card title="怎么算出来的">
        <Entries split={split} />
      </Card>
      <Card title="资金动向">
        <Movements split={split} />
      </Card>
    </div>
  );
}

/** Everything about how one order was split. */
export function OrderSplitPanel({ orderId }: { orderId: string }) {
  const split = useOrderSplit(orderId);
  if (split.error instanceof ApiError && split.error.status === 404)
    return <Empty title="这单没有分账" hint="还没有付款，或是门店 POS 收的款，不经过线上分账。" />;
  return (
    <Loaded query={split} rows={8}>
      {(view) => <SplitView split={view} />}
    </Loaded>
  );
}
