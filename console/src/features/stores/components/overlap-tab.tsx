import { Link } from 'react-router';
import { percentText } from '../../../lib/money';
import { useAllStores } from '../../../lib/stores';
import { useUrlFilters } from '../../../lib/url-state';
import { Choice } from '../../../ui/filters';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { type Overlap, useOverlaps } from '../mall-api';

function Side({ side }: { side: Overlap['a'] }) {
  return (
    <>
      <Link className="link" to={`/stores/${side.storeId}?tab=area`}>
        {side.storeName}
      </Link>
      <div className="muted small">
        {side.franchiseeName ?? '直营'} · 优先级 {side.priority}
      </div>
    </>
  );
}

/** Pairs of open stores that want the same consumers, the worst first. */
export function OverlapTab() {
  const [filters, setFilters] = useUrlFilters(['city']);
  const overlaps = useOverlaps(filters.city);
  const stores = useAllStores();
  const cities = [...new Set((stores.data ?? []).map((store) => store.city))];
  return (
    <Card
      title="服务范围重叠"
      extra={
        <Choice
          label="城市"
          isSearchable
          value={filters.city}
          options={cities.map((city) => ({ value: city, label: city }))}
          onChange={(city) => setFilters({ city })}
        />
      }
    >
      <Loaded query={overlaps}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title="没有重叠" hint="每个地方的顾客只属于一家店。" />
          ) : (
            <table className="plain" data-testid="overlaps">
              <thead>
                <tr>
                  <th>这家</th>
                  <th>和这家</th>
                  <th>城市</th>
                  <th className="right">相距</th>
                  <th className="right">重叠</th>
                  <th>谁得顾客</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.a.storeId + row.b.storeId}>
                    <td>
                      <Side side={row.a} />
                    </td>
                    <td>
                      <Side side={row.b} />
                    </td>
                    <td>{row.city}</td>
                    <td className="right num">{row.distanceM} 米</td>
                    <td className="right num">{percentText(row.sharedOfSmallerBp)}</td>
                    <td>
                      {row.isBetweenOwners ? <Status tone="warn">两家的老板不同，该定一定</Status> : null}
                      <div className="muted small">{row.tieBreak}</div>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
    </Card>
  );
}
