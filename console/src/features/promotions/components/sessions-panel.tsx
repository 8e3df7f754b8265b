import { exactText } from '../../../lib/time';
import type { PromotionSession } from '../../../lib/types';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { When } from '../../../ui/when';
import { usePromotionSessions } from '../api';

const COLUMNS: Column<PromotionSession>[] = [
  {
    key: 'member',
    title: '发起人',
    width: 140,
    isFixed: true,
    render: (row) => row.memberName || <span className="muted">—</span>,
    text: (row) => row.memberName,
  },
  { key: 'state', title: '状态', width: 140, render: (row) => row.stateText, text: (row) => row.stateText },
  { key: 'text', title: '进展', width: 240, render: (row) => row.text, text: (row) => row.text },
  { key: 'store', title: '门店', width: 180, render: (row) => row.storeName, text: (row) => row.storeName },
  {
    key: 'startedAt',
    title: '开始',
    width: 130,
    render: (row) => <When at={row.startedAt} />,
    text: (row) => exactText(row.startedAt),
  },
  {
    key: 'endsAt',
    title: '截止',
    width: 130,
    render: (row) => <When at={row.endsAt} />,
    text: (row) => (row.endsAt ? exactText(row.endsAt) : ''),
  },
];

/** Groups, bargains or presales that people have begun. */
export function SessionsPanel({ id, label }: { id: string; label: string }) {
  const sessions = usePromotionSessions(id);
  return (
    <ListCard
      name="promotion-sessions"
      title={`${label}记录`}
      pages={sessions}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="session-row"
      filters={<span className="muted">每一个{label}走到了哪一步</span>}
      empty={<Empty title={`还没有人发起${label}`} hint="顾客在小程序里发起后，会出现在这里。" />}
    />
  );
}
