import { Space } from 'antd';
import { Link } from 'react-router';
import { api } from '../../../lib/api';
import { useRefreshAssets } from '../../../lib/refresh';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { Choice } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { ReasonButton } from '../../../ui/reason-button';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { type BalanceRefund, useBalanceRefunds } from '../api';
import { REFUND_STATE, REFUND_TONE } from '../model';

function Decide({ row }: { row: BalanceRefund }) {
  const refresh = useRefreshAssets();
  if (row.state !== 'REVIEW') return <span className="muted">{row.note ?? '—'}</span>;
  const decide = (isPaid: boolean, note: string) =>
    refresh(api.console.decideWalletRefund({ params: { id: row.id }, body: { isPaid, note } }));
  return (
    <Space>
      <ReasonButton
        size="small"
        type="primary"
        min={1}
        title="钱已经转给顾客了？"
        description="超过原路退回的期限，要从银行转账。请先转好，再在这里登记。"
        label="转账说明"
        placeholder="银行流水号，或转账说明"
        okText="已转账"
        run={(note) => decide(true, note)}
        testId="balance-refund-paid"
      >
        已转账
      </ReasonButton>
      <ReasonButton
        size="small"
        danger
        min={1}
        title="拒绝这笔退款？"
        description="本金和收回的赠送都会还给顾客的钱包。"
        okText="拒绝"
        run={(note) => decide(false, note)}
        testId="balance-refund-refuse"
      >
        拒绝
      </ReasonButton>
    </Space>
  );
}

const routeText = (row: BalanceRefund) => (row.route === 'ORIGINAL' ? '微信原路退回' : '银行转账');

const COLUMNS: Column<BalanceRefund>[] = [
  {
    key: 'who',
    title: '会员',
    width: 150,
    isFixed: true,
    render: (row) => (
      <TwoFacts
        first={
          <Link className="link" to={`/members/${row.memberId}?tab=assets`}>
            {row.nickname ?? '会员'}
          </Link>
        }
        second={
          <>
            <When at={row.requestedAt} /> 申请
          </>
        }
      />
    ),
    text: (row) => row.nickname ?? '',
    beneath: [{ title: '申请', text: (row) => exactText(row.requestedAt) }],
  },
  {
    key: 'no',
    title: '退哪一笔充值',
    width: 190,
    render: (row) => <TwoFacts first={<span className="num">{row.topUpNo}</span>} second={routeText(row)} />,
    text: (row) => row.topUpNo,
    beneath: [{ title: '怎么退', text: routeText }],
  },
  moneyColumn({ key: 'refund', title: '退本金', fen: (row) => row.refundFen, isSummed: true }),
  moneyColumn({ key: 'bonus', title: '收回赠送', fen: (row) => row.bonusTakenFen, isSummed: true, dashZero: true }),
  {
    key: 'state',
    title: '状态',
    width: 110,
    render: (row) => <Status tone={REFUND_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  { key: 'act', title: '处理', width: 180, render: (row) => <Decide row={row} />, text: (row) => row.note ?? '' },
];

/** Balances on their way back; within the term by the original route, later by bank after a look. */
export function BalanceRefundList() {
  const [filters, setFilters] = useUrlFilters(['state']);
  return (
    <ListCard
      name="wallet-refunds"
      title="余额退款"
      pages={useBalanceRefunds(filters.state)}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="balance-refund-row"
      hasTotals
      filters={
        <Choice
          label="状态"
          value={filters.state}
          options={optionsOf(REFUND_STATE)}
          onChange={(state) => setFilters({ state })}
        />
      }
      empty={<Empty title="没有余额退款" hint="顾客在小程序「钱包」里申请退余额后，会出现在这里。" />}
    />
  );
}
