import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { moneyText, percentText, shareBp } from '../../../lib/money';
import type { SplitRow } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { ShareBar } from '../../../ui/share-bar';
import { sharesOf, sumSplit } from '../model';

/** The parts of the whole: bar, table, and the sum computed again on this page. */
export function LegsTable({ split }: { split: Pick<SplitRow, 'paidFen' | 'refundedFen' | 'legs'> }) {
  const sum = sumSplit(split);
  const shares = sharesOf(split.legs);
  return (
    <div className="stack tight">
      <ShareBar shares={shares} />
      <table className="plain" data-testid="legs">
        <thead>
          <tr>
            <th>归谁</th>
            <th className="right">占比</th>
            <th className="right">金额</th>
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => (
            <tr key={share.name}>
              <td>
                <i className="swatch" style={{ background: share.colour }} />
                {share.name}
              </td>
              <td className="right num">{sum.netFen > 0 ? percentText(shareBp(share.fen, sum.netFen)) : '—'}</td>
              <td className="right">
                <Money fen={share.fen} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>各方合计</td>
            <td />
            <td className="right">
              <Money fen={sum.legsFen} />
            </td>
          </tr>
          <tr>
            <td colSpan={2} style={{ fontWeight: 400 }}>
              实付 {moneyText(split.paidFen)} 减已退 {moneyText(split.refundedFen)}
            </td>
            <td className="right">
              <Money fen={sum.netFen} />
            </td>
          </tr>
        </tfoot>
      </table>
      {sum.isWhole ? (
        <div className="good row" data-testid="sum-ok">
          <CheckCircleFilled aria-hidden /> 各方相加等于净收，一分不差
        </div>
      ) : (
        <div className="danger row" role="alert" data-testid="sum-broken">
          <ExclamationCircleFilled aria-hidden /> 各方相加与净收差 {moneyText(sum.differenceFen)}，请到「账目自检」查看
        </div>
      )}
    </div>
  );
}
