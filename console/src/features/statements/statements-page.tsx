import { useNavigate } from 'react-router';
import { useIsHq } from '../../lib/me';
import { STATEMENT_TONE } from '../../lib/tones';
import type { Statement } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { STATEMENT_STATE } from '../../lib/words';
import { Choice, DaysFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import { type Column, moneyColumn } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { Tabs, useTab } from '../../ui/tabs';
import { STATEMENT_FILTERS, useFranchisees, useStatements } from './api';
import { PayoutDesk } from './components/payout-desk';
import { AMOUNTS } from './model';

const COLUMNS: Column<Statement>[] = [
  {
    key: 'day',
    title: '账期',
    width: 112,
    isFixed: true,
    render: (row) => (
      <a
        className="link num"
        href={`#/statements/${row.franchiseeId}/${row.day}`}
        onClick={(event) => event.stopPropagation()}
      >
        {row.day}
      </a>
    ),
    text: (row) => row.day,
  },
  {
    key: 'franchisee',
    title: '加盟商',
    width: 172,
    render: (row) => (
      <div className="clip" style={{ maxWidth: 148 }} title={row.franchiseeName}>
        {row.franchiseeName}
      </div>
    ),
    text: (row) => row.franchiseeName,
  },
  {
    key: 'state',
    title: '状态',
    width: 100,
    render: (row) => <Status tone={STATEMENT_TONE[row.state]}>{STATEMENT_STATE[row.state]}</Status>,
    text: (row) => STATEMENT_STATE[row.state],
  },
  {
    key: 'orders',
    title: '笔数',
    width: 64,
    isRight: true,
    render: (row) => <span className="num">{row.orderCount}</span>,
    text: (row) => row.orderCount,
  },
  ...AMOUNTS.map(({ key, title }) =>
    moneyColumn<Statement>({ key, title, fen: (row) => row[key], isSummed: true, width: 114 }),
  ),
];

/** A franchisee sees its own statements only. */
const OWN_COLUMNS = COLUMNS.filter((column) => column.key !== 'franchisee');

const STATES: Statement['state'][] = ['DRAFT', 'PUBLISHED', 'DISPUTED', 'CONFIRMED', 'LOCKED', 'PAID'];

const TABS = [
  { value: 'days', label: '每天的对账单' },
  { value: 'payouts', label: '代收款结算' },
];

/** Statements by day, and what the brand owes franchisees for money that it collected for them. */
export default function StatementsPage() {
  const [tab, setTab] = useTab(TABS);
  return (
    <PageFrame
      title="对账单"
      hint={
        tab === 'days'
          ? '按天、按加盟商汇总每一条应得和冲回。每张都能下载证明，离线重算一遍。'
          : '由品牌收款的加盟店，加盟商的应得不经微信分账，对账单锁定后由总部另行付款，在这里记下来。'
      }
    >
      <Tabs tabs={TABS} value={tab} onChange={setTab} testId="statements-tab" />
      {tab === 'days' ? <StatementList /> : <PayoutDesk />}
    </PageFrame>
  );
}

function StatementList() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(STATEMENT_FILTERS);
  const statements = useStatements(filters);
  const franchisees = useFranchisees(isHq);
  const go = useNavigate();
  return (
    <ListCard
      name="statements"
      title="对账单"
      pages={statements}
      columns={isHq ? COLUMNS : OWN_COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="statement-row"
      hasTotals
      onRow={(row) => void go(`/statements/${row.franchiseeId}/${row.day}`)}
      filters={
        <>
          {isHq ? (
            <Choice
              label="加盟商"
              width={200}
              isSearchable
              value={filters.franchisee}
              options={(franchisees.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
              onChange={(franchisee) => setFilters({ franchisee })}
              testId="filter-franchisee"
            />
          ) : null}
          <Choice
            label="状态"
            value={filters.state}
            options={STATES.map((state) => ({ value: state, label: STATEMENT_STATE[state] }))}
            onChange={(state) => setFilters({ state })}
            testId="filter-state"
          />
          <DaysFilter from={filters.from} to={filters.to} onChange={(from, to) => setFilters({ from, to })} />
        </>
      }
      empty={<Empty title="这段时间没有对账单" hint="有加盟店的订单付款或退款的日子，第二天会生成一张。" />}
    />
  );
}
