import { api } from '../../../lib/api';
import { countText } from '../../../lib/money';
import { usePages } from '../../../lib/query';
import type { Answer } from '../../../lib/types';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useFeeds } from '../mall-api';

type Drift = Answer<'stockDrifts'>['items'][number];

const DRIFTS: Column<Drift>[] = [
  { key: 'at', title: '盘点', width: 130, render: (row) => <When at={row.at} />, text: (row) => row.at },
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
];

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
            <div className="card card-body">
              <table className="plain">
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.source}>
                      <td>
                        {row.source}
                        {row.alarms.map((alarm) => (
                          <p key={alarm} className="warn" style={{ margin: 0 }}>
                            {alarm}
                          </p>
                        ))}
                      </td>
                      <td>
                        <Status tone={row.state === 'IN_STEP' ? 'good' : 'bad'}>
                          {row.state === 'IN_STEP' ? '跟上了' : `缺第 ${row.missingFrom} 条起`}
                        </Status>
                      </td>
                      <td className="muted">
                        最近一条 <When at={row.lastMessageAt} isAgo />
                      </td>
                      <td className="muted">
                        上次全量 <When at={row.lastSnapshotAt} none="没有" />
                      </td>
                      <td className="right">
                        差 {countText(row.driftRows)} 个规格 {countText(row.driftPieces)} 件
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
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
