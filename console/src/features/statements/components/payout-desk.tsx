import { Link, useNavigate } from 'react-router';
import { api } from '../../../lib/api';
import { useMe } from '../../../lib/me';
import { moneyText, plainYuan } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import { STATEMENT_TONE } from '../../../lib/tones';
import type { Payable, Payout } from '../../../lib/types';
import { STATEMENT_STATE } from '../../../lib/words';
import { ListCard } from '../../../ui/list-card';
import { type Column, ListTable, moneyColumn } from '../../../ui/list-table';
import { ReasonButton } from '../../../ui/reason-button';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { type PayableDay, usePayableDays, usePayables, usePayouts, useRefreshPayouts } from '../api';
import { RecordPayout } from './record-payout';

const NAME: Column<Payable> = {
  key: 'franchisee',
  title: '加盟商',
  width: 180,
  isFixed: true,
  render: (row) => (
    <div className="clip" style={{ maxWidth: 156 }} title={row.franchiseeName}>
      {row.franchiseeName}
    </div>
  ),
  text: (row) => row.franchiseeName,
};
const OWED: Column<Payable>[] = [
  moneyColumn<Payable>({ key: 'due', title: '现在可付', fen: (row) => row.dueFen, isSummed: true, width: 118 }),
  moneyColumn<Payable>({
    key: 'frozen',
    title: '有异议，先不付',
    fen: (row) => row.frozenFen,
    isSummed: true,
    width: 122,
    dashZero: true,
  }),
  moneyColumn<Payable>({
    key: 'later',
    title: '还没锁定',
    fen: (row) => row.laterFen,
    isSummed: true,
    width: 122,
    dashZero: true,
  }),
  {
    key: 'days',
    title: '账期',
    width: 70,
    isRight: true,
    render: (row) => <span className="num">{row.dayCount} 天</span>,
    text: (row) => row.dayCount,
  },
];
const PAY: Column<Payable> = {
  key: 'pay',
  title: '',
  width: 120,
  render: (row) => <RecordPayout payable={row} />,
};

const daysText = (days: Payout['days']): string => {
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? ''];
  return days.length > 1 ? `${first} 至 ${last}，${days.length} 天` : first;
};

function Cancel({ row }: { row: Payout }) {
  const refresh = useRefreshPayouts();
  if (row.cancelled)
    return (
      <TwoFacts
        first={<Status tone="off">已撤销</Status>}
        second={`${row.cancelled.by}：${row.cancelled.reason}`}
        title={`${row.cancelled.by}，${exactText(row.cancelled.at)}：${row.cancelled.reason}`}
      />
    );
  return (
    <ReasonButton
      size="small"
      danger
      title="撤销这笔付款记录？"
      description="只在记错时撤销：这几天的对账单回到待付。钱不会因此退回来，记录会留着。"
      okText="撤销记录"
      min={4}
      max={200}
      run={(reason) => refresh(api.console.cancelPayout({ params: { id: row.id }, body: { reason } }))}
      testId="payout-cancel"
    >
      记错了
    </ReasonButton>
  );
}

const payoutColumns = (isHq: boolean): Column<Payout>[] => [
  {
    key: 'paidOn',
    title: '付款日',
    width: 110,
    isFixed: true,
    render: (row) => <span className="num">{row.paidOn}</span>,
    text: (row) => row.paidOn,
  },
  ...(isHq
    ? [
        {
          key: 'franchisee',
          title: '加盟商',
          width: 172,
          render: (row: Payout) => (
            <div className="clip" style={{ maxWidth: 150 }} title={row.franchiseeName}>
              {row.franchiseeName}
            </div>
          ),
          text: (row: Payout) => row.franchiseeName,
        },
      ]
    : []),
  {
    key: 'amount',
    title: '金额',
    width: 124,
    isRight: true,
    render: (row) => (
      <span className="num" style={row.cancelled ? { textDecoration: 'line-through' } : undefined}>
        {moneyText(row.amountFen)}
      </span>
    ),
    text: (row) => plainYuan(row.amountFen),
  },
  {
    key: 'reference',
    title: '银行流水号',
    width: 172,
    render: (row) => (
      <TwoFacts
        first={<span className="num">{row.reference}</span>}
        second={row.note}
        title={`${row.reference} ${row.note}`}
      />
    ),
    text: (row) => row.reference,
    beneath: [{ title: '备注', text: (row) => row.note }],
  },
  {
    key: 'days',
    title: '结清的账期',
    width: 232,
    render: (row) => (
      <span title={row.days.map((one) => `${one.day} ${moneyText(one.fen)}`).join('\n')}>{daysText(row.days)}</span>
    ),
    text: (row) => daysText(row.days),
  },
  { key: 'by', title: '记账人', width: 96, render: (row) => row.by, text: (row) => row.by },
  ...(isHq
    ? [{ key: 'cancel', title: '', width: 128, render: (row: Payout) => <Cancel row={row} /> }]
    : [
        {
          key: 'state',
          title: '状态',
          width: 128,
          render: (row: Payout) =>
            row.cancelled ? <Status tone="off">已撤销</Status> : <Status tone="good">已付</Status>,
        },
      ]),
  {
    key: 'cancelled',
    title: '撤销原因',
    isExtra: true,
    width: 160,
    render: (row) => row.cancelled?.reason ?? '',
    text: (row) => row.cancelled?.reason ?? '',
  },
];

const dayColumns = (franchiseeId: string): Column<PayableDay>[] => [
  {
    key: 'day',
    title: '账期',
    width: 130,
    isFixed: true,
    render: (row) => (
      <Link className="link num" to={`/statements/${franchiseeId}/${row.day}`}>
        {row.day}
      </Link>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 110,
    render: (row) => <Status tone={STATEMENT_TONE[row.state]}>{STATEMENT_STATE[row.state]}</Status>,
  },
  moneyColumn<PayableDay>({ key: 'due', title: '现在可付', fen: (row) => row.dueFen, isSummed: true, dashZero: true }),
  moneyColumn<PayableDay>({
    key: 'frozen',
    title: '有异议，先不付',
    fen: (row) => row.frozenFen,
    isSummed: true,
    dashZero: true,
  }),
  moneyColumn<PayableDay>({
    key: 'later',
    title: '还没锁定',
    fen: (row) => row.laterFen,
    isSummed: true,
    dashZero: true,
  }),
];
const NOTHING = (
  <Empty title="没有要另外付的钱" hint="门店自己收款的，微信已经分好；由品牌收款的，对账单出来后会列在这里。" />
);

/** What a franchisee is still to be paid, day by day. */
function OwnDays({ franchiseeId }: { franchiseeId: string }) {
  const go = useNavigate();
  const days = usePayableDays(franchiseeId, true);
  return (
    <section className="card list-card" aria-label="待付">
      <div className="filters">
        <b>总部还要付给你的</b>
      </div>
      <Loaded query={days} rows={4}>
        {(rows) => (
          <ListTable
            columns={dayColumns(franchiseeId)}
            rows={rows}
            rowKey={(row) => row.day}
            totalLabel="合计"
            rowTestId="payable-row"
            onRow={(row) => void go(`/statements/${franchiseeId}/${row.day}`)}
            empty={NOTHING}
          />
        )}
      </Loaded>
    </section>
  );
}

/** What every franchisee is still to be paid. */
function AllPayables() {
  const payables = usePayables();
  return (
    <ListCard
      name="payables"
      title="待付"
      pages={payables}
      columns={[NAME, ...OWED, PAY]}
      rowKey={(row) => row.franchiseeId}
      rowTestId="payable-row"
      hasTotals
      filters={<b>还要付给加盟商的</b>}
      empty={NOTHING}
    />
  );
}

/** What the brand owes for money that it collected for franchisees, and what it has paid. */
export function PayoutDesk() {
  const me = useMe();
  const isHq = me.role === 'HQ';
  const payouts = usePayouts(undefined);
  return (
    <div className="stack">
      {isHq ? <AllPayables /> : <OwnDays franchiseeId={me.franchiseeId ?? ''} />}
      <ListCard
        name="payouts"
        title="付款记录"
        pages={payouts}
        columns={payoutColumns(isHq)}
        rowKey={(row) => row.id}
        rowTestId="payout-row"
        filters={<b>付款记录</b>}
        empty={<Empty title="还没有付款记录" hint={isHq ? '在上面记下第一笔。' : '总部付款后会记在这里。'} />}
      />
    </div>
  );
}
