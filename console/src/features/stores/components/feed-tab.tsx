import { api } from '../../../lib/api';
import { countText } from '../../../lib/money';
import { usePages } from '../../../lib/query';
import { exactText } from '../../../lib/time';
import type { Answer } from '../../../lib/types';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useFeeds } from '../mall-api';

type Drift = Answer<'stockDrifts'>['items'][number];
type Feed = Answer<'stockFeeds'>[number];

/** +3 and −2: how many pieces more or fewer than the system thought. */
const gapOf = ({ was, counted }: Drift): string => `${counted > was ? '+' : '−'}${Math.abs(counted - was)}`;

const DRIFTS: Column<Drift>[] = [
  { key: 'at', title: '盘点', width: 130, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  {
    key: 'sku',
    title: '货号',
    width: 150,
    render: (row) => <span className="num">{row.skuCode}</span>,
    text: (row) => row.skuCode,
  },
  { key: 'name', title: '商品', width: 240, render: (row) => row.name, text: (row) => row.name },
  {
    key: 'was',
    title: '系统里',
    width: 90,
    isRight: true,
    render: (row) => <span className="num">{row.was}</span>,
    text: (row) => row.was,
  },
  {
    key: 'counted',
    title: '实际',
    width: 90,
    isRight: true,
    render: (row) => <span className="num">{row.counted}</span>,
    text: (row) => row.counted,
  },
  {
    key: 'gap',
    title: '差',
    width: 90,
    isRight: true,
    render: (row) => <b className="num">{gapOf(row)}</b>,
    text: gapOf,
  },
];

/** Each system that sends stock: whether it is in step, and what somebody has to look at. */
function FeedCard({ feeds }: { feeds: Feed[] }) {
  return (
    <Card title="库存从哪来" extra={<span className="muted small">每天夜里核对一次</span>}>
      <table className="plain" data-testid="feeds">
        <thead>
          <tr>
            <th>来源</th>
            <th>状态</th>
            <th>最近一条</th>
            <th>上次全量盘点</th>
            <th className="right">盘点时差</th>
          </tr>
        </thead>
        <tbody>
          {feeds.map((row) => (
            <tr key={row.source}>
              <td>
                {row.source}
                {row.alarms.map((alarm) => (
                  <div key={alarm} className="warn small">
                    {alarm}
                  </div>
                ))}
              </td>
              <td className="nowrap">
                <Status tone={row.state === 'IN_STEP' ? 'good' : 'bad'}>
                  {row.state === 'IN_STEP' ? '跟上了' : `缺第 ${row.missingFrom} 条起`}
                </Status>
              </td>
              <td className="muted nowrap">
                <When at={row.lastMessageAt} isAgo />
              </td>
              <td className="muted nowrap">
                <When at={row.lastSnapshotAt} none="还没有盘过" />
              </td>
              <td className="right nowrap">
                {row.driftRows === 0 ? (
                  <span className="muted">没有差</span>
                ) : (
                  <span className="num">
                    {countText(row.driftRows)} 个规格 {countText(row.driftPieces)} 件
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

/** Are the tills' and the ERP's stock messages in step, and where did full counts differ? */
export function FeedTab({ storeId }: { storeId: string }) {
  const feeds = useFeeds(storeId);
  const drifts = usePages<Drift>(['mall', 'drifts', storeId], (page) =>
    api.console.stockDrifts({ query: { ...page, storeId } }),
  );
  return (
    <div className="stack">
      <Loaded query={feeds} rows={2}>
        {(rows) =>
          rows.length === 0 ? (
            <div className="card">
              <Empty title="这家店没有接库存" hint="POS 或 ERP 推来第一条库存后，会显示在这里。" />
            </div>
          ) : (
            <FeedCard feeds={rows} />
          )
        }
      </Loaded>
      <ListCard
        name="stock-drifts"
        title="盘点差异"
        pages={drifts}
        columns={DRIFTS}
        rowKey={(row) => row.id}
        empty={<Empty title="没有盘点差异" hint="全量盘点和系统对不上的规格，会列在这里。" />}
      />
    </div>
  );
}
