import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Card } from '../../../ui/page';
import { LoadFailed } from '../../../ui/states';
import { When } from '../../../ui/when';
import { useStockFeeds } from '../api';

/** As many as stand above the tills without pushing them away. */
const FEW = 5;

/** Stores whose stock and whose till or ERP were apart last night; nothing at all while every feed is in step. */
export function FeedAlarms() {
  const feeds = useStockFeeds();
  const [isWhole, setWhole] = useState(false);
  if (feeds.error && !feeds.data)
    return (
      <section className="card" style={{ marginBottom: 16 }}>
        <LoadFailed error={feeds.error} onRetry={() => void feeds.refetch()} />
      </section>
    );
  const apart = (feeds.data ?? []).filter((feed) => feed.alarms.length > 0);
  if (apart.length === 0) return null;
  const shown = isWhole ? apart : apart.slice(0, FEW);
  return (
    <div style={{ marginBottom: 16 }} data-testid="feed-alarms">
      <Card
        title={`${apart.length} 家门店的库存要核对`}
        extra={<span className="muted small">夜里和收银、ERP 对出来的；传一次全量盘点，对上以后当晚就消掉</span>}
      >
        <table className="plain">
          <thead>
            <tr>
              <th>门店</th>
              <th>库存从哪来</th>
              <th>怎么了</th>
              <th>上次盘点</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((feed) => (
              <tr key={`${feed.storeId} ${feed.source}`} data-testid="feed-alarm">
                <td>
                  <Link className="link" to={`/stores/${feed.storeId}?tab=feeds`}>
                    {feed.storeName}
                  </Link>
                </td>
                <td className="muted">{feed.source}</td>
                <td>
                  {feed.alarms.map((alarm) => (
                    <div key={alarm} className="warn">
                      {alarm}
                    </div>
                  ))}
                </td>
                <td className="muted nowrap">
                  <When at={feed.lastSnapshotAt} none="还没有盘过" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length < apart.length ? (
          <Button type="link" onClick={() => setWhole(true)} style={{ marginTop: 8 }} data-testid="feed-alarms-more">
            再看 {apart.length - shown.length} 家
          </Button>
        ) : null}
      </Card>
    </div>
  );
}
