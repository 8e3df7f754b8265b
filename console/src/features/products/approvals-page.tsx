import { Space } from 'antd';
import { api } from '../../lib/api';
import { useIsHq } from '../../lib/me';
import { usePages } from '../../lib/query';
import { useRefreshMall } from '../../lib/refresh';
import { exactText } from '../../lib/time';
import type { Answer } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { optionsOf } from '../../lib/words';
import { ActionButton } from '../../ui/action-button';
import { Choice } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import type { Column } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { ReasonButton } from '../../ui/reason-button';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { When } from '../../ui/when';

type Approval = Answer<'approvals'>['items'][number];
const KIND: Record<Approval['kind'], string> = { PRICE: '低价', DELIST: '下架', OWN_PRODUCT: '自有商品' };
const STATE: Record<Approval['state'], string> = {
  PENDING: '待批准',
  APPROVED: '已同意',
  REJECTED: '没同意',
  WITHDRAWN: '已撤回',
};
const TONE = { PENDING: 'warn', APPROVED: 'good', REJECTED: 'off', WITHDRAWN: 'off' } as const;

function Decide({ row }: { row: Approval }) {
  const isHq = useIsHq();
  const refresh = useRefreshMall();
  if (row.state !== 'PENDING')
    return (
      <span className="muted">
        {row.decidedBy ?? ''}
        {row.note ? `：${row.note}` : ''}
      </span>
    );
  const params = { id: row.id };
  if (!isHq)
    return (
      <ActionButton
        size="small"
        done="已撤回"
        run={() => refresh(api.console.withdrawApproval({ params }))}
        testId="approval-withdraw"
      >
        撤回
      </ActionButton>
    );
  const decide = (isApproved: boolean, note: string) =>
    refresh(api.console.decideApproval({ params, body: { isApproved, note } }));
  return (
    <Space>
      <ActionButton size="small" type="primary" done="已同意" run={() => decide(true, '')} testId="approval-yes">
        同意
      </ActionButton>
      <ReasonButton
        size="small"
        title="不同意？"
        max={60}
        okText="不同意"
        run={(note) => decide(false, note)}
        testId="approval-no"
      >
        不同意
      </ReasonButton>
    </Space>
  );
}

const COLUMNS: Column<Approval>[] = [
  {
    key: 'at',
    title: '提出',
    width: 104,
    render: (row) => <When at={row.askedAt} />,
    text: (row) => exactText(row.askedAt),
  },
  { key: 'kind', title: '类型', width: 76, render: (row) => KIND[row.kind], text: (row) => KIND[row.kind] },
  {
    key: 'what',
    title: '要做什么',
    width: 260,
    render: (row) => (
      <>
        <b>{row.title}</b>
        <div className="muted small">{row.detail}</div>
      </>
    ),
    text: (row) => `${row.title} ${row.detail}`,
  },
  {
    key: 'who',
    title: '谁提的',
    width: 164,
    render: (row) => (
      <>
        {row.franchiseeName ?? row.askedBy}
        <div className="muted small">{row.storeName ?? ''}</div>
      </>
    ),
    text: (row) => row.franchiseeName ?? row.askedBy,
  },
  {
    key: 'reason',
    title: '理由',
    width: 160,
    render: (row) => row.reason || <span className="muted">—</span>,
    text: (row) => row.reason,
  },
  {
    key: 'state',
    title: '状态',
    width: 92,
    render: (row) => <Status tone={TONE[row.state]}>{STATE[row.state]}</Status>,
    text: (row) => STATE[row.state],
  },
  { key: 'act', title: '处理', width: 168, render: (row) => <Decide row={row} />, text: (row) => row.note },
];

/** What franchisees ask headquarters for. */
export default function ApprovalsPage() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(['store', 'state']);
  const approvals = usePages<Approval>(['mall', 'approvals', filters], (page) =>
    api.console.approvals({
      query: { ...page, storeId: filters.store, state: filters.state as Approval['state'] | undefined },
    }),
  );
  return (
    <PageFrame
      title="审批"
      hint={isHq ? '加盟商想低价、下架或上自己的商品，在这里批。' : '你向总部提的事，和总部的答复。'}
    >
      <ListCard
        name="approvals"
        title="审批"
        pages={approvals}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="approval-row"
        filters={
          <Choice
            label="状态"
            value={filters.state}
            options={optionsOf(STATE)}
            onChange={(state) => setFilters({ state })}
          />
        }
        empty={
          <Empty
            title={isHq ? '没有要批的' : '没有提过要批的事'}
            hint={
              isHq ? '哪些事要先问总部，在「商城设置」里定。' : '要低价、下架或上自己的商品时，从「门店商品」提出。'
            }
          />
        }
      />
    </PageFrame>
  );
}
