import { useNavigate } from 'react-router';
import { exactText } from '../../lib/time';
import { SPLIT_TONE } from '../../lib/tones';
import type { SplitRow } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { COLLECT_MODE, optionsOf, PARTY, SPLIT_STATE } from '../../lib/words';
import { Choice, DaysFilter, TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import { type Column, moneyColumn } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { When } from '../../ui/when';
import { SPLIT_FILTERS, useSplits } from './api';
import { ReceiverList } from './components/receiver-list';
import { partyFen } from './model';

const COLUMNS: Column<SplitRow>[] = [
  {
    key: 'orderNo',
    title: '订单号',
    width: 172,
    isFixed: true,
    render: (row) => (
      <a className="link num" href={`#/splits/${row.orderId}`} onClick={(event) => event.stopPropagation()}>
        {row.orderNo}
      </a>
    ),
    text: (row) => row.orderNo,
  },
  {
    key: 'state',
    title: '分账状态',
    width: 196,
    render: (row) => (
      <>
        <Status tone={SPLIT_TONE[row.state]}>{SPLIT_STATE[row.state]}</Status>
        {row.stateText === SPLIT_STATE[row.state] ? null : <div className="muted small">{row.stateText}</div>}
      </>
    ),
    text: (row) => row.stateText,
  },
  moneyColumn({ key: 'paid', title: '实付', fen: (row) => row.paidFen, isSummed: true, width: 108 }),
  moneyColumn({
    key: 'refunded',
    title: '已退',
    fen: (row) => row.refundedFen,
    isSummed: true,
    dashZero: true,
    width: 98,
  }),
  ...(['FRANCHISEE', 'BRAND', 'GUIDE', 'CHANNEL'] as const).map((party) =>
    moneyColumn<SplitRow>({
      key: party,
      title: PARTY[party].word,
      fen: (row) => partyFen(row.legs, party),
      isSummed: true,
      dashZero: true,
      width: 104,
    }),
  ),
  {
    key: 'store',
    title: '门店',
    width: 180,
    render: (row) => (
      <div className="clip" title={row.storeName} style={{ maxWidth: 156 }}>
        {row.storeName}
      </div>
    ),
    text: (row) => row.storeName,
  },
  {
    key: 'paidAt',
    title: '付款',
    width: 124,
    render: (row) => <When at={row.paidAt} />,
    text: (row) => exactText(row.paidAt),
  },
  {
    key: 'dueAt',
    title: '最晚分账',
    width: 124,
    render: (row) => <When at={row.dueAt} />,
    text: (row) => (row.dueAt ? exactText(row.dueAt) : ''),
  },
  {
    key: 'collectMode',
    title: '收款',
    width: 100,
    isExtra: true,
    render: (row) => COLLECT_MODE[row.collectMode],
    text: (row) => COLLECT_MODE[row.collectMode],
  },
];

/** Every split with the state of each receiver. */
export default function SplitsPage() {
  const [filters, setFilters] = useUrlFilters(SPLIT_FILTERS);
  const splits = useSplits(filters);
  const go = useNavigate();
  return (
    <PageFrame title="分账" hint="每笔订单分给谁、分到哪一步。各方相加等于实付减已退，一分不差。">
      <ListCard
        name="splits"
        title="分账"
        pages={splits}
        columns={COLUMNS}
        rowKey={(row) => row.orderId}
        rowTestId="split-row"
        hasTotals
        onRow={(row) => void go(`/splits/${row.orderId}`)}
        expand={(row) => <ReceiverList split={row} />}
        filters={
          <>
            <TextFilter label="订单号" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
            <Choice
              label="状态"
              value={filters.state}
              options={optionsOf(SPLIT_STATE)}
              onChange={(state) => setFilters({ state })}
              testId="filter-state"
            />
            <DaysFilter from={filters.from} to={filters.to} onChange={(from, to) => setFilters({ from, to })} />
          </>
        }
        empty={<Empty title="没有符合条件的分账" hint="顾客付款后，系统会按当时生效的规则算好各方应得，列在这里。" />}
      />
    </PageFrame>
  );
}
