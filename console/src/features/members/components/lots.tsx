import { countText, moneyText } from '../../../lib/money';
import type { Answer } from '../../../lib/types';
import { Card } from '../../../ui/page';
import { When } from '../../../ui/when';

type Lot = Answer<'memberAssets'>['pointsLots'][number];
const STATE: Record<Lot['state'], string> = {
  PENDING: '待生效',
  ACTIVE: '可用',
  SPENT: '用完了',
  EXPIRED: '过期了',
  REVOKED: '已收回',
};

/** Where each part came from, how much of it is left and until when. */
export function Lots({ lots, isMoney = false }: { lots: readonly Lot[]; isMoney?: boolean }) {
  if (lots.length === 0) return null;
  const text = (amount: number) => (isMoney ? moneyText(amount) : countText(amount));
  return (
    <Card title="由哪几笔组成">
      <table className="plain" data-testid="lots">
        <thead>
          <tr>
            <th>来自</th>
            <th>状态</th>
            <th className="right">原有</th>
            <th className="right">还剩</th>
            <th className="right">占用</th>
            <th className="right">到期</th>
          </tr>
        </thead>
        <tbody>
          {lots.map((lot) => (
            <tr key={lot.id}>
              <td>
                {lot.title}
                <div className="muted small">
                  {lot.kind === 'PRINCIPAL' ? '本金' : lot.kind === 'BONUS' ? '赠送' : null}
                  {lot.storeName ? ` ${lot.storeName}` : ''}
                </div>
              </td>
              <td>{STATE[lot.state]}</td>
              <td className="right num">{text(lot.granted)}</td>
              <td className="right num">{text(lot.remaining)}</td>
              <td className="right num">{lot.held > 0 ? text(lot.held) : '—'}</td>
              <td className="right">
                <When at={lot.expiresAt} none="长期有效" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
