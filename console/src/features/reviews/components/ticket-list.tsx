import { exactText } from '../../../lib/time';
import type { ReviewTicket } from '../../../lib/types';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status, type Tone } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { useTickets } from '../api';

const TONE: Record<ReviewTicket['state'], Tone> = { OPEN: 'warn', CALLED_BACK: 'go', CLOSED: 'good' };

const COLUMNS: Column<ReviewTicket>[] = [
  {
    key: 'state',
    title: '状态',
    width: 140,
    isFixed: true,
    render: (row) => (
      <TwoFacts
        first={<Status tone={row.isOverdue ? 'bad' : TONE[row.state]}>{row.stateText}</Status>}
        second={
          <>
            期限 <When at={row.dueAt} />
          </>
        }
      />
    ),
    text: (row) => row.stateText,
    beneath: [{ title: '回访期限', text: (row) => exactText(row.dueAt) }],
  },
  { key: 'stars', title: '评分', width: 64, render: (row) => `${row.stars} 星`, text: (row) => row.stars },
  {
    key: 'text',
    title: '顾客说',
    width: 260,
    render: (row) => (
      <div className="two-lines" title={row.text}>
        {row.text || <span className="muted">没有写文字</span>}
      </div>
    ),
    text: (row) => row.text,
  },
  {
    key: 'subject',
    title: '关于',
    width: 180,
    render: (row) => (
      <TwoFacts
        first={row.productName}
        second={row.guideName ? `导购 ${row.guideName}` : null}
        title={row.productName}
      />
    ),
    text: (row) => row.productName,
    beneath: [{ title: '导购', text: (row) => row.guideName ?? '' }],
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
