import { Space } from 'antd';
import { Link } from 'react-router';
import { api } from '../../../lib/api';
import { countText, moneyText } from '../../../lib/money';
import { useRefreshAssets } from '../../../lib/refresh';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { ActionButton } from '../../../ui/action-button';
import { Choice } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { ReasonButton } from '../../../ui/reason-button';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { type Adjustment, useAdjustments } from '../api';
import { ADJUSTMENT_STATE, ADJUSTMENT_TONE } from '../model';

const ASSET: Record<Adjustment['asset'], string> = { WALLET: '储值', POINTS: '积分', GROWTH: '成长值' };
const amountText = (row: Adjustment) => {
  const size = row.asset === 'WALLET' ? moneyText(Math.abs(row.amount)) : countText(Math.abs(row.amount));
  return `${row.amount < 0 ? '−' : '+'}${size}`;
};

function Decide({ row }: { row: Adjustment }) {
  const refresh = useRefreshAssets();
  if (row.state !== 'WAITING')
    return (
      <span className="muted">
        {row.decidedBy}
        {row.note ? `：${row.note}` : ''}
      </span>
    );
  if (row.isMine) return <span className="muted">你提的，要由另一位同事批准</span>;
  const decide = (isApproved: boolean, note?: string) =>
    refresh(api.console.decideAdjustment({ params: { id: row.id }, body: { isApproved, ...(note ? { note } : {}) } }));
  return (
    <Space>
      <ActionButton
        size="small"
        type="primary"
        done="已批准"
        run={() => decide(true)}
        confirm={{ title: `${ASSET[row.asset]} ${amountText(row)}？`, description: '批准后马上到账。', okText: '批准' }}
        testId="adjustment-approve"
      >
        批准
      </ActionButton>
      <ReasonButton
        size="small"
        title="拒绝这笔调整？"
        okText="拒绝"
        run={(note) => decide(false, note)}
        testId="adjustment-refuse"
      >
        拒绝
      </ReasonButton>
    </Space>
  );
}

const COLUMNS: Column<Adjustment>[] = [
  {
    key: 'at',
    title: '提出',
    width: 108,
    render: (row) => <When at={row.requestedAt} />,
    text: (row) => exactText(row.requestedAt),
  },
  {
    key: 'who',
    title: '会员',
    width: 96,
    render: (row) => (
      <Link className="link" to={`/members/${row.memberId}?tab=assets`}>
        {row.nickname}
      </Link>
    ),
    text: (row) => row.nickname,
  },
  {
    key: 'what',
    title: '调整',
    width: 136,
    render: (row) => (
      <>
        {ASSET[row.asset]} <b className="num">{amountText(row)}</b>
      </>
    ),
    text: (row) => `${ASSET[row.asset]} ${amountText(row)}`,
  },
  { key: 'reason', title: '原因', width: 208, render: (row) => row.reason, text: (row) => row.reason },
  { key: 'by', title: '谁提的', width: 92, render: (row) => row.requestedBy, text: (row) => row.requestedBy },
  {
    key: 'state',
    title: '状态',
    width: 92,
    render: (row) => <Status tone={ADJUSTMENT_TONE[row.state]}>{ADJUSTMENT_STATE[row.state]}</Status>,
    text: (row) => ADJUSTMENT_STATE[row.state],
  },
  { key: 'act', title: '处理', width: 220, render: (row) => <Decide row={row} />, text: (row) => row.decidedBy ?? '' },
];

/** Corrections by hand: one person asks, another one decides. */
export function AdjustmentList() {
  const [filters, setFilters] = useUrlFilters(['state']);
  return (
    <ListCard
      name="adjustments"
      title="手动调整"
      pages={useAdjustments(filters.state)}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="adjustment-row"
      filters={
        <Choice
          label="状态"
          value={filters.state}
          options={optionsOf(ADJUSTMENT_STATE)}
          onChange={(state) => setFilters({ state })}
        />
      }
      empty={<Empty title="没有手动调整" hint="在会员的「资产」里提出后，由另一位同事在这里批准。" />}
    />
  );
}
