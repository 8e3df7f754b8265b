import { Link } from 'react-router';
import { useStockFeeds } from '../api';

/** Stores whose stock and whose till or ERP were apart last night; nothing at all while every feed is in step. */
export function FeedAlarms() {
  const feeds = useStockFeeds();
  const apart = (feeds.data ?? []).filter((feed) => feed.alarms.length > 0);
  if (apart.length === 0) return null;
  return (
    <section className="card" style={{ marginBottom: 16 }} data-testid="feed-alarms">
      <div className="card-head">
        <h2>库存要核对的门店</h2>
      </div>
      <div className="card-body">
        <table className="plain">
          <tbody>
            {apart.map((feed) => (
              <tr key={`${feed.storeId} ${feed.source}`} data-testid="feed-alarm">
                <td>
                  <Link className="link" to={`/stores/${feed.storeId}?tab=feeds`}>
                    {feed.storeName}
                  </Link>
                </td>
                <td className="muted">{feed.source}</td>
                <td>{feed.alarms.join('；')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
