import { Empty, Loaded } from '../../../ui/states';
import { useGuideScores } from '../api';

const tenths = (value: number | null) => (value === null ? '—' : `${Math.floor(value / 10)}.${value % 10}`);
const hundredths = (value: number) => `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`;

/** Fair scores: pulled towards the mean while a guide has few, and none below the minimum sample. */
export function GuideScores() {
  const scores = useGuideScores();
  return (
    <section className="card" style={{ padding: 16 }}>
      <Loaded query={scores}>
        {({ items, meanHundredths }) =>
          items.length === 0 ? (
            <Empty title="还没有服务评价" hint="顾客可以在订单里评价服务的导购。" />
          ) : (
            <div className="plain-scroll">
              <table className="plain" data-testid="guide-scores">
                <caption className="muted small" style={{ textAlign: 'left', paddingBottom: 8 }}>
                  品牌平均 {hundredths(meanHundredths)}；评价少的导购会向平均靠拢，不够最低条数的不显示。
                </caption>
                <thead>
                  <tr>
                    <th>导购</th>
                    <th className="right">评分</th>
                    <th className="right">态度</th>
                    <th className="right">专业</th>
                    <th className="right">响应</th>
                    <th className="right">条数</th>
                  </tr>
                </thead>
                <tbody>
                  {[...items]
                    .sort((a, b) => b.sample - a.sample)
                    .map((one) => (
                      <tr key={one.guideId}>
                        <td>
                          {one.guideName}
                          <div className="muted small">{one.storeName}</div>
                        </td>
                        <td className="right num">
                          {one.scoreHundredths === null ? (
                            <span className="muted">条数不够</span>
                          ) : (
                            hundredths(one.scoreHundredths)
                          )}
                        </td>
                        <td className="right num">{tenths(one.attitudeTenths)}</td>
                        <td className="right num">{tenths(one.expertiseTenths)}</td>
                        <td className="right num">{tenths(one.speedTenths)}</td>
                        <td className="right num">{one.sample}</td>
                      </tr>
                    ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Loaded>
    </section>
  );
}
