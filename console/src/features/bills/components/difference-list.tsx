import { useIsHq } from '../../../lib/me';
import { moneyText, plainYuan } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import type { BillDifference } from '../../../lib/types';
import { useUrlFilters, useUrlValue } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { Choice, DaysFilter, YesFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { BILL_FILTERS, useDifferences } from '../api';
import { BILL, DIFFERENCE_CLASS, sideFen, signed } from '../model';
import { DifferenceDrawer } from './difference-drawer';

/** What the difference is about, as people call it. */
const numberOf = (row: BillDifference): string => (row.class === 'FILE' ? '整份账单' : (row.orderNo ?? row.ref));

const sideColumn = (key: 'theirs' | 'ours', title: string): Column<BillDifference> => ({
  key,
  title,
  width: 98,
  isRight: true,
  render: (row) => {
    const fen = sideFen(row, row[key]);
    if (row.class === 'FILE') return <span className="muted">—</span>;
    if (fen !== null) return <span className="num">{moneyText(fen)}</span>;
    return <span className="muted">{row[key] ? '未完成' : '没有'}</span>;
  },
  text: (row) => {
    const fen = sideFen(row, row[key]);
    return fen === null ? '' : plainYuan(fen);
  },
});

const COLUMNS: Column<BillDifference>[] = [
  {
    key: 'class',
    title: '差异',
    width: 148,
    isFixed: true,
    render: (row) => (
      <div>
        <button type="button" className="link">
          {DIFFERENCE_CLASS[row.class]}
        </button>
        <div className="muted small num">
          {row.day} {BILL[row.bill]}
        </div>
      </div>
    ),
    text: (row) => `${row.day} ${BILL[row.bill]} ${DIFFERENCE_CLASS[row.class]}`,
  },
  {
    key: 'ref',
    title: '单号',
    width: 190,
    render: (row) => (
      <div className="num clip" style={{ maxWidth: 174 }} title={row.ref}>
        {numberOf(row)}
      </div>
    ),
    text: numberOf,
  },
  {
    key: 'store',
    title: '门店',
    width: 122,
    render: (row) => (
      <div className="clip" style={{ maxWidth: 98 }} title={row.storeName ?? undefined}>
        {row.storeName ?? <span className="muted">—</span>}
      </div>
    ),
    text: (row) => row.storeName ?? '',
  },
  sideColumn('theirs', '微信账单'),
  sideColumn('ours', '我方账本'),
  {
    key: 'gap',
    title: '差额',
    width: 102,
    isRight: true,
    render: (row) =>
      row.class === 'FILE' ? (
        <span className="muted">—</span>
      ) : (
        <span className={`num${row.status === 'OPEN' ? ' danger' : ''}`}>
          {signed(moneyText(row.gapFen), row.gapFen)}
        </span>
      ),
    text: (row) => plainYuan(row.gapFen),
  },
  {
    key: 'owner',
    title: '负责人',
    width: 88,
    render: (row) => (
      <div className="clip" style={{ maxWidth: 64 }} title={row.owner}>
        {row.owner}
      </div>
    ),
    text: (row) => row.owner,
  },
  {
    key: 'found',
    title: '发现',
    width: 82,
    render: (row) => <When at={row.foundAt} isAgo />,
    text: (row) => exactText(row.foundAt),
  },
  {
    key: 'status',
    title: '状态',
    width: 90,
    render: (row) => (
      <Status tone={row.status === 'OPEN' ? 'bad' : 'good'}>{row.status === 'OPEN' ? '未了结' : '已了结'}</Status>
    ),
    text: (row) => (row.status === 'OPEN' ? '未了结' : `已了结：${row.resolution ?? ''}`),
  },
];

/** Differences in my scope; the open ones first. */
export function DifferenceList() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(BILL_FILTERS);
  const [openId, open] = useUrlValue('difference');
  const isNarrow = Object.keys(filters).some((name) => name !== 'status') || filters.status === 'RESOLVED';
  return (
    <>
      <ListCard
        name="bill-differences"
        title="账单差异"
        pages={useDifferences(filters)}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="difference-row"
        onRow={(row) => open(row.id)}
        filters={
          <>
            <Choice
              label="状态"
              value={filters.status ?? 'OPEN'}
              options={[
                { value: 'OPEN', label: '未了结' },
                { value: 'RESOLVED', label: '已了结' },
                { value: 'ALL', label: '全部' },
              ]}
              onChange={(status) => setFilters({ status: status === 'OPEN' ? undefined : status })}
              testId="filter-status"
            />
            <Choice
              label="哪种差异"
              width={148}
              value={filters.class}
              options={optionsOf(DIFFERENCE_CLASS)}
              onChange={(kind) => setFilters({ class: kind })}
              testId="filter-class"
            />
            <DaysFilter from={filters.from} to={filters.to} onChange={(from, to) => setFilters({ from, to })} />
            {isHq ? (
              <YesFilter label="只看我的" value={filters.mine} onChange={(mine) => setFilters({ mine })} />
            ) : null}
          </>
        }
        empty={
          isNarrow ? (
            <Empty title="没有符合条件的差异" hint="放宽筛选条件再看。" />
          ) : (
            <Empty title="没有未了结的差异" hint="微信的账单和我们的账逐笔都对得上。" />
          )
        }
      />
      <DifferenceDrawer id={openId} onClose={() => open(null)} />
    </>
  );
}
