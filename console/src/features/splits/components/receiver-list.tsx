import { keyed } from '../../../lib/keys';
import { RECEIVER_TONE } from '../../../lib/tones';
import type { SplitRow } from '../../../lib/types';
import { PARTY } from '../../../lib/words';
import { Money } from '../../../ui/money';
import { Status } from '../../../ui/status';
import { noReceiversText } from '../model';

/** Who is to receive what through the payment channel, how far it got, and what to do when it did not. */
export function ReceiverList({ split }: { split: SplitRow }) {
  const { receivers } = split;
  if (receivers.length === 0)
    return (
      <p className="muted" style={{ padding: '8px 4px' }}>
        {noReceiversText(split)}
      </p>
    );
  return (
    <table className="plain" data-testid="receivers">
      <thead>
        <tr>
          <th>接收方</th>
          <th>账户</th>
          <th className="right">金额</th>
          <th className="right">已退回</th>
          <th>状态</th>
          <th>原因与下一步</th>
        </tr>
      </thead>
      <tbody>
        {keyed(receivers, (receiver) => receiver.account + receiver.partyName).map(({ key, row: receiver }) => (
          <tr key={key}>
            <td className="nowrap">
              <i className="swatch" style={{ background: PARTY[receiver.party].colour }} />
              {receiver.partyName}
            </td>
            <td className="mono">{receiver.account}</td>
            <td className="right">
              <Money fen={receiver.amountFen} />
            </td>
            <td className="right">
              {receiver.returnedFen === 0 ? <span className="muted">—</span> : <Money fen={receiver.returnedFen} />}
            </td>
            <td>
              <Status tone={RECEIVER_TONE[receiver.state]}>{receiver.stateText}</Status>
            </td>
            <td style={{ maxWidth: 320 }}>
              {receiver.failReason ? <div className="danger">{receiver.failReason}</div> : null}
              {receiver.nextStep ? <div>下一步：{receiver.nextStep}</div> : null}
              {!receiver.failReason && !receiver.nextStep ? <span className="muted">—</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
