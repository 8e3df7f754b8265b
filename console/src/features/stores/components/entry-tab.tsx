import { countText, percentText, shareBp } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { Choice } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { type Entry, useEntries, useEntrySummary } from '../mall-api';
import { RULE } from '../mall-words';

const COLUMNS: Column<Entry>[] = [
  { key: 'at', title: '时间', width: 130, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  {
    key: 'who',
    title: '顾客',
    width: 140,
    render: (row) => row.memberName ?? <span className="muted">还没登录</span>,
    text: (row) => row.memberName ?? '',
  },
  {
    key: 'store',
    title: '进了哪家',
    width: 200,
    render: (row) => row.storeName ?? '—',
    text: (row) => row.storeName ?? '',
  },
  {
    key: 'rule',
    title: '为什么是这家',
    width: 220,
    render: (row) => (
      <>
        {RULE[row.rule]}
        {row.isUncertain ? <div className="small warn">定位不准，请顾客自己选的</div> : null}
      </>
    ),
    text: (row) => RULE[row.rule],
  },
  {
    key: 'distance',
    title: '离店',
    width: 100,
    isRight: true,
    render: (row) =>
      row.distanceM === null ? (
        <span className="muted">—</span>
      ) : (
        <span className="num">{countText(row.distanceM)} 米</span>
      ),
    text: (row) => row.distanceM ?? '',
  },
];

/** Who entered which store, and which rule decided. */
export function EntryTab() {
  const [filters, setFilters] = useUrlFilters(['store', 'rule']);
  const summary = useEntrySummary(filters.store);
  const total = summary.data?.reduce((sum, one) => sum + one.count, 0) ?? 0;
  return (
    <div className="stack">
      {total > 0 ? (
        <div className="figures">
          {summary.data?.map((one) => (
            <div key={one.rule} className="figure">
              <div className="figure-name">{RULE[one.rule]}</div>
              <div className="figure-value num">{countText(one.count)}</div>
              <div className="figure-note">{percentText(shareBp(one.count, total))}</div>
            </div>
          ))}
        </div>
      ) : null}
      <ListCard
        name="store-entries"
        title="进店记录"
        pages={useEntries(filters.store, filters.rule)}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        filters={
          <Choice
            label="为什么"
            width={180}
            value={filters.rule}
            options={optionsOf(RULE)}
            onChange={(rule) => setFilters({ rule })}
          />
        }
        empty={<Empty title="还没有人进店" hint="顾客打开小程序后，会记下进了哪家店、为什么。" />}
      />
    </div>
  );
}
