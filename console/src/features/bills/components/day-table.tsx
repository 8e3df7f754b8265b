import { Link } from 'react-router';
import { countText } from '../../../lib/money';
import type { BillDay } from '../../../lib/types';
import { type Column, ListTable } from '../../../ui/list-table';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { useBillDays } from '../api';
import { BILL, BILL_DAY } from '../model';

const COLUMNS: Column<BillDay>[] = [
  { key: 'day', title: '账单日', width: 120, render: (row) => <span className="num">{row.day}</span> },
  { key: 'bill', title: '账单', width: 110, render: (row) => BILL[row.bill] },
  { key: 'account', title: '支付账户', width: 140, render: (row) => <span className="mono">{row.accountId}</span> },
  {
    key: 'state',
    title: '状态',
    width: 140,
    render: (row) => <Status tone={BILL_DAY[row.state].tone}>{BILL_DAY[row.state].word}</Status>,
  },
  {
    key: 'lines',
    title: '笔数',
    width: 90,
    isRight: true,
    render: (row) => <span className="num">{countText(row.lines)}</span>,
  },
  {
    key: 'open',
    title: '未了结差异',
    width: 120,
    isRight: true,
    render: (row) =>
      row.open === 0 ? (
        <span className="muted">—</span>
      ) : (
        <Link className="num danger" to={`/bills?from=${row.day}&to=${row.day}`}>
          {row.open} 条
        </Link>
      ),
  },
  { key: 'at', title: '核对时间', width: 130, render: (row) => <When at={row.comparedAt} /> },
  { key: 'problem', title: '说明', width: 170, render: (row) => <span className="small">{row.problem ?? ''}</span> },
];

/** The bills of the last two weeks: a day without a bill is a day that nobody checked. */
export function DayTable() {
  const days = useBillDays();
  return (
    <section className="card list-card" aria-label="每天的账单">
      <Loaded query={days} rows={8}>
        {(rows) => (
          <ListTable
            columns={COLUMNS}
            rows={rows}
            rowKey={(row) => `${row.day} ${row.accountId} ${row.bill}`}
            rowTestId="bill-day"
            empty={<Empty title="还没有账单" hint="微信支付上午十点出前一天的账单，十点半开始下载核对。" />}
          />
        )}
      </Loaded>
    </section>
  );
}
