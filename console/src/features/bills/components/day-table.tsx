import { Link } from 'react-router';
import { countText } from '../../../lib/money';
import type { BillDay } from '../../../lib/types';
import { COLLECT_MODE } from '../../../lib/words';
import { type Column, ListTable } from '../../../ui/list-table';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { useBillDays } from '../api';
import { BILL, BILL_DAY } from '../model';

/** What the account collects, and its number at WeChat Pay. */
const accountText = ({ collectMode, mchid }: BillDay): string =>
  [collectMode && COLLECT_MODE[collectMode], mchid && `商户号 ${mchid}`].filter(Boolean).join(' · ');

const COLUMNS: Column<BillDay>[] = [
  { key: 'day', title: '账单日', width: 110, isFixed: true, render: (row) => <span className="num">{row.day}</span> },
  { key: 'bill', title: '账单', width: 90, render: (row) => BILL[row.bill] },
  {
    key: 'account',
    title: '哪个账户',
    width: 200,
    render: (row) => <TwoFacts first={row.merchantName} second={accountText(row)} title={row.merchantName} />,
  },
  {
    key: 'state',
    title: '状态',
    width: 130,
    render: (row) => <Status tone={BILL_DAY[row.state].tone}>{BILL_DAY[row.state].word}</Status>,
  },
  {
    key: 'lines',
    title: '笔数',
    width: 76,
    isRight: true,
    render: (row) => <span className="num">{countText(row.lines)}</span>,
  },
  {
    key: 'open',
    title: '未了结差异',
    width: 104,
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
  { key: 'at', title: '核对时间', width: 116, render: (row) => <When at={row.comparedAt} /> },
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
