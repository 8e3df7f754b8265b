import { exactText } from '../../../lib/time';
import type { ReviewTicket } from '../../../lib/types';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status, type Tone } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useTickets } from '../api';

const TONE: Record<ReviewTicket['state'], Tone> = { OPEN: 'warn', CALLED_BACK: 'go', CLOSED: 'good' };

const COLUMNS: Column<ReviewTicket>[] = [
  {
    key: 'state',
    title: '状态',
    width: 96,
    render: (row) => <Status tone={row.isOverdue ? 'bad' : TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  {
    key: 'due',
    title: '回访期限',
    width: 112,
    render: (row) => <When at={row.dueAt} />,
    text: (row) => exactText(row.dueAt),
  },
  { key: 'stars', title: '评分', width: 64, render: (row) => `${row.stars} 星`, text: (row) => row.stars },
  {
    key: 'text',
    title: '顾客说',
    width: 260,
    render: (row) => (
      <div className="clip" style={{ maxWidth: 276 }} title={row.text}>
        {row.text || <span className="muted">没有写文字</span>}
      </div>
    ),
    text: (row) => row.text,
  },
  {
    key: 'subject',
    title: '关于',
    width: 160,
    render: (row) => (
      <div style={{ maxWidth: 136 }}>
        <div className="clip" title={row.productName}>
          {row.productName}
        </div>
        {row.guideName ? <div className="muted small">导购 {row.guideName}</div> : null}
      </div>
    ),
    text: (row) => [row.productName, row.guideName].filter(Boolean).join(' · '),
  },
  { key: 'store', title: '门店', width: 160, render: (row) => row.storeName, text: (row) => row.storeName },
  {
    key: 'note',
    title: '回访结果',
    width: 200,
    render: (row) => row.note || <span className="muted">还没有</span>,
    text: (row) => row.note,
  },
];

/** Low scores: the store manager calls back in the guide app, the consumer says whether it is settled. */
export function TicketList({ filters }: { filters: { store?: string } }) {
  const tickets = useTickets(filters);
  return (
    <ListCard
      name="review-tickets"
      title="低分回访"
      pages={tickets}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="ticket-row"
      empty={<Empty title="没有要回访的" hint="两星及以下的评价会自动开单，店长在导购端回访。" />}
    />
  );
}
