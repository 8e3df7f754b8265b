import { Link } from 'react-router';
import { useIsHq } from '../../../lib/me';
import { moneyText } from '../../../lib/money';
import type { StatementDetail } from '../../../lib/types';
import { Card } from '../../../ui/page';

/** What the brand collected for the franchisee on this day, and how much of it has been paid. */
export function OwedOutside({ detail }: { detail: StatementDetail }) {
  const isHq = useIsHq();
  const { payableFen, paidFen, frozenFen } = detail.payout;
  if (!detail.lines.some((line) => line.payableFen !== 0)) return null;
  const figures = [
    { name: isHq ? '该付给加盟商' : '该付给你', fen: payableFen },
    { name: '已付', fen: paidFen },
    { name: '有异议，先不付', fen: frozenFen },
    { name: '还要付', fen: payableFen - paidFen - frozenFen },
  ];
  return (
    <Card
      title="品牌代收的钱"
      extra={
        <Link className="link small no-print" to="/statements?tab=payouts">
          看结算
        </Link>
      }
    >
      <p className="muted" style={{ margin: '0 0 12px' }}>
        这些订单由品牌收款，加盟商的应得不经微信分账，锁定后由总部另行付款。
      </p>
      <div className="figures" data-testid="owed-outside">
        {figures.map((figure) => (
          <div className="figure" key={figure.name}>
            <div className="figure-name">{figure.name}</div>
            <div className="figure-value num">{moneyText(figure.fen)}</div>
          </div>
        ))}
      </div>
    </Card>
  );
}
