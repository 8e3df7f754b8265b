import { Drawer } from 'antd';
import { Link } from 'react-router';
import { useIsHq } from '../../../lib/me';
import { moneyText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import type { BillDifferenceDetail } from '../../../lib/types';
import { Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { useDifference } from '../api';
import { BILL, DIFFERENCE_CLASS, SIDE_KIND, signed } from '../model';
import { DifferenceActs } from './difference-acts';

type Side = BillDifferenceDetail['ours'];

/** Both sides of the number beside each other; what differs is marked. */
function Sides({ one }: { one: BillDifferenceDetail }) {
  if (!one.theirs && !one.ours) return null;
  const gone = <span className="muted">没有这笔</span>;
  const rows: [string, (side: NonNullable<Side>) => string][] = [
    ['类型', (side) => SIDE_KIND[side.kind]],
    ['金额', (side) => moneyText(side.amountFen)],
    ['手续费', (side) => moneyText(side.feeFen)],
    ['状态', (side) => (side.isDone ? '已完成' : '未完成')],
  ];
  return (
    <table className="plain" data-testid="difference-sides">
      <thead>
        <tr>
          <th> </th>
          <th className="right">微信账单</th>
          <th className="right">我方账本</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([name, of]) => {
          const [theirs, ours] = [one.theirs && of(one.theirs), one.ours && of(one.ours)];
          const look = `right num${theirs === ours ? '' : ' danger'}`;
          return (
            <tr key={name}>
              <td className="muted">{name}</td>
              <td className={look}>{theirs ?? gone}</td>
              <td className={look}>{ours ?? gone}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <td>差额</td>
          <td className="right" colSpan={2}>
            <span className="num">{signed(moneyText(one.gapFen), one.gapFen)}</span>
            <span className="muted small">{one.gapFen > 0 ? '，微信多' : one.gapFen < 0 ? '，我方多' : ''}</span>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function Numbers({ one }: { one: BillDifferenceDetail }) {
  // The split bill names a share by its request's number and the account behind it; the account is the receiver's.
  const [ourNumber] = one.receiver ? one.ref.split('/') : [one.ref];
  return (
    <dl className="pairs">
      <dt>账单</dt>
      <dd>
        <span className="num">{one.day}</span> {BILL[one.bill]}
      </dd>
      {one.orderId ? (
        <>
          <dt>订单</dt>
          <dd>
            <Link className="link num" to={`/orders?order=${one.orderId}`}>
              {one.orderNo}
            </Link>
            <span className="muted"> · {one.storeName}</span>
          </dd>
        </>
      ) : null}
      <dt>我方单号</dt>
      <dd className="mono" style={{ overflowWrap: 'anywhere' }}>
        {one.class === 'FILE' ? '整份账单' : ourNumber}
      </dd>
      {one.receiver ? (
        <>
          <dt>收款方</dt>
          <dd>
            {one.receiver.name}
            <div className="mono muted" style={{ overflowWrap: 'anywhere' }}>
              {one.receiver.account}
            </div>
          </dd>
        </>
      ) : null}
      {one.transactionId ? (
        <>
          <dt>微信单号</dt>
          <dd className="mono">{one.transactionId}</dd>
        </>
      ) : null}
      <dt>负责人</dt>
      <dd>{one.owner}</dd>
    </dl>
  );
}

function Content({ id }: { id: string }) {
  const query = useDifference(id);
  const isHq = useIsHq();
  return (
    <Loaded query={query} rows={10}>
      {(one) => (
        <div className="stack" data-testid="difference">
          <div className="between">
            <b style={{ fontSize: 16 }}>{DIFFERENCE_CLASS[one.class]}</b>
            <Status tone={one.status === 'OPEN' ? 'bad' : 'good'}>{one.status === 'OPEN' ? '未了结' : '已了结'}</Status>
          </div>
          <div className="says">
            <b>{one.classText}</b>
            {one.nextStep && isHq ? <span>{one.nextStep}</span> : null}
            {one.status === 'RESOLVED' ? <span>{one.resolution}</span> : null}
          </div>
          <Sides one={one} />
          <Numbers one={one} />
          {isHq && one.status === 'OPEN' ? <DifferenceActs one={one} /> : null}
          <section>
            <h3>处理记录</h3>
            <ul className="tier-list" data-testid="difference-history">
              {one.history.map((step) => (
                <li key={step.at + step.text}>
                  <span>
                    {step.text}
                    <span className="muted small"> · {step.by}</span>
                  </span>
                  <span className="muted small num">{exactText(step.at)}</span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      )}
    </Loaded>
  );
}

export function DifferenceDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Drawer title="账单差异" open={id !== null} onClose={onClose} size={640} destroyOnHidden>
      {id ? <Content key={id} id={id} /> : null}
    </Drawer>
  );
}
