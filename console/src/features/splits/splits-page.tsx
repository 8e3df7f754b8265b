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
import { TwoFacts } from '../../ui/two-facts';
import { When } from '../../ui/when';
import { SPLIT_FILTERS, useSplits } from './api';
import { ReceiverList } from './components/receiver-list';
import { partyFen } from './model';

const OPEN: readonly SplitRow['state'][] = ['WAITING', 'READY', 'PROCESSING'];

/** What is particular about this one, else until when it has to be divided. */
function StateNote({ row }: { row: SplitRow }) {
  if (row.stateText !== SPLIT_STATE[row.state]) return row.stateText;
  if (!row.dueAt || !OPEN.includes(row.state)) return null;
  return (
    <>
      最晚 <When at={row.dueAt} />
    </>
  );
}

/** The parties with the room that their sums take. */
const PARTIES = [
  ['FRANCHISEE', 110],
  ['BRAND', 102],
  ['GUIDE', 98],
  ['CHANNEL', 104],
] as const;

const COLUMNS: Column<SplitRow>[] = [
  {
    key: 'orderNo',
    title: '订单',
    width: 190,
    isFixed: true,
    render: (row) => (
      <TwoFacts
        first={
          <a className="link num" href={`#/splits/${row.orderId}`} onClick={(event) => event.stopPropagation()}>
            {row.orderNo}
          </a>
        }
        second={
          <>
            <When at={row.paidAt} /> · {row.storeName}
          </>
        }
        title={row.storeName}
      />
    ),
    text: (row) => row.orderNo,
    beneath: [
      { title: '付款', text: (row) => exactText(row.paidAt) },
      { title: '门店', text: (row) => row.storeName },
    ],
  },
  {
    key: 'state',
    title: '分账状态',
    width: 184,
    render: (row) => (
      <>
        <Status tone={SPLIT_TONE[row.state]}>{SPLIT_STATE[row.state]}</Status>
        <div className="muted small two-lines" title={row.stateText}>
          <StateNote row={row} />
        </div>
      </>
    ),
    text: (row) => row.stateText,
    beneath: [{ title: '最晚分账', text: (row) => (row.dueAt ? exactText(row.dueAt) : '') }],
  },
  moneyColumn({ key: 'paid', title: '实付', fen: (row) => row.paidFen, isSummed: true, width: 110 }),
  moneyColumn({
    key: 'refunded',
    title: '已退',
    fen: (row) => row.refundedFen,
    isSummed: true,
    dashZero: true,
    width: 92,
  }),
  ...PARTIES.map(([party, width]) =>
    moneyColumn<SplitRow>({
      key: party,
      title: PARTY[party].word,
      fen: (row) => partyFen(row.legs, party),
      isSummed: true,
      dashZero: true,
      width,
    }),
  ),
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
