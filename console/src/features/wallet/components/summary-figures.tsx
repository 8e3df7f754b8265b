import { countText, moneyText } from '../../../lib/money';
import { useSummary } from '../api';

/** What the brand owes its members, as of now. */
export function SummaryFigures() {
  const { data } = useSummary();
  if (!data) return <div className="figures" style={{ height: 106, marginBottom: 16 }} aria-busy="true" />;
  const figures = [
    {
      name: '顾客余额',
      value: moneyText(data.principalFen + data.bonusFen),
      note: `${countText(data.walletCount)} 个钱包`,
    },
    { name: '其中本金', value: moneyText(data.principalFen), note: '随时可退' },
    { name: '其中赠送', value: moneyText(data.bonusFen), note: '随本金退款按比例收回' },
    { name: '今天充值', value: moneyText(data.topUpTodayFen), note: `用掉 ${moneyText(data.spentTodayFen)}` },
    { name: '可用积分', value: countText(data.points), note: `值 ${moneyText(data.pointsWorthFen)}` },
    { name: '待处理', value: String(data.waitingRefunds + data.waitingAdjustments), note: '退款审核与手动调整' },
  ];
  return (
    <dl className="figures" style={{ margin: '0 0 16px' }} data-testid="asset-figures">
      {figures.map((one) => (
        <div key={one.name} className="figure">
          <dt>{one.name}</dt>
          <dd className="figure-value num" style={{ margin: 0 }}>
            {one.value}
          </dd>
          <div className="figure-note">{one.note}</div>
        </div>
      ))}
    </dl>
  );
}
