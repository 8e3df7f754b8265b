import { CheckCircleFilled, DownloadOutlined, ExclamationCircleFilled, PrinterOutlined } from '@ant-design/icons';
import { csvText } from '@shuke/shared/kernel';
import { Button } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { moneyText } from '../../lib/money';
import { exactText } from '../../lib/time';
import { DISPUTE_TONE, STATEMENT_TONE } from '../../lib/tones';
import type { StatementDetail, StatementLine } from '../../lib/types';
import { DISPUTE_STATE, STATEMENT_STATE } from '../../lib/words';
import { downloadText } from '../../platform/download';
import { type Column, ListTable, moneyColumn } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { TwoFacts } from '../../ui/two-facts';
import { useStatement } from './api';
import { Disputes } from './components/disputes';
import { OwedOutside } from './components/owed-outside';
import { ProofSteps } from './components/proof-steps';
import { StatementActs } from './components/statement-acts';
import { AMOUNTS, CSV_HEAD, checkStatement, csvRow, disputeOf } from './model';

const disputeColumn = (detail: StatementDetail): Column<StatementLine> => ({
  key: 'dispute',
  title: '异议',
  width: 112,
  render: (line) => {
    const state = disputeOf(detail, line);
    return state ? (
      <Status tone={DISPUTE_TONE[state]}>{DISPUTE_STATE[state]}</Status>
    ) : (
      <span className="muted">—</span>
    );
  },
});

/** Among its columns, on a disputed day, how each disputed line stands. */
const columnsOf = (detail: StatementDetail): Column<StatementLine>[] => [
  { key: 'seq', title: '本店序号', width: 84, render: (line) => <span className="num">{line.seq}</span> },
  { key: 'kind', title: '类型', width: 60, render: (line) => (line.kind === 'ACCRUAL' ? '应得' : '冲回') },
  {
    key: 'order',
    title: '订单号',
    width: 160,
    render: (line) => (
      <TwoFacts
        first={
          <Link className="link num" to={`/splits/${line.orderId}`}>
            {line.orderNo}
          </Link>
        }
        second={line.correctsDay ? `更正 ${line.correctsDay} 的账` : undefined}
      />
    ),
  },
  {
    key: 'store',
    title: '门店',
    width: 132,
    render: (line) => (
      <div className="clip" style={{ maxWidth: 108 }} title={line.storeName}>
        {line.storeName}
      </div>
    ),
  },
  {
    key: 'at',
    title: '时间',
    width: 86,
    render: (line) => (
      <span className="num" title={exactText(line.at)}>
        {exactText(line.at).slice(11)}
      </span>
    ),
  },
  ...AMOUNTS.map(({ key, title }) =>
    moneyColumn<StatementLine>({
      key,
      title,
      fen: (line) => line[key],
      isSummed: true,
      width: 104,
      dashZero: key === 'guideFen',
    }),
  ),
  ...(detail.disputes.length > 0 ? [disputeColumn(detail)] : []),
];

function Verdict({ detail }: { detail: StatementDetail }) {
  const check = checkStatement(detail);
  if (check.isWhole)
    return (
      <span className="good row" data-testid="statement-ok">
        <CheckCircleFilled aria-hidden /> 逐行、逐列相加都与表头一致
      </span>
    );
  const where = [
    ...(check.brokenLines.length > 0 ? [`第 ${check.brokenLines.join('、')} 行`] : []),
    ...check.brokenColumns.map((title) => `「${title}」列合计`),
  ].join('，');
  return (
    <span className="danger row" role="alert" data-testid="statement-broken">
      <ExclamationCircleFilled aria-hidden /> 对不上：{where}。请先不要确认，联系总部财务。
    </span>
  );
}

function Statement({ detail }: { detail: StatementDetail }) {
  const go = useNavigate();
  return (
    <div className="stack">
      <div className="figures">
        {AMOUNTS.map(({ key, title }) => (
          <div className="figure" key={key}>
            <div className="figure-name">{title}</div>
            <div className="figure-value num">{moneyText(detail[key])}</div>
          </div>
        ))}
      </div>
      <section className="card list-card" aria-label="明细">
        <div className="filters keep" style={{ justifyContent: 'space-between' }}>
          <Verdict detail={detail} />
          <Button
            type="text"
            icon={<DownloadOutlined aria-hidden />}
            onClick={() =>
              downloadText(
                `对账单-${detail.franchiseeName}-${detail.day}.csv`,
                csvText(CSV_HEAD, detail.lines.map(csvRow)),
                'text/csv;charset=utf-8',
              )
            }
            data-testid="statement-csv"
          >
            导出表格
          </Button>
        </div>
        <ListTable
          columns={columnsOf(detail)}
          rows={detail.lines}
          rowKey={(line) => `${line.storeName}-${line.seq}-${line.kind}`}
          totalLabel="合计"
          rowTestId="statement-line"
          onRow={(line) => void go(`/splits/${line.orderId}`)}
          empty={<Empty title="这一天没有明细" />}
        />
      </section>
      <Disputes detail={detail} />
      <StatementActs detail={detail} />
      <OwedOutside detail={detail} />
      <ProofSteps detail={detail} />
    </div>
  );
}

export default function StatementPage() {
  const { franchiseeId = '', day = '' } = useParams();
  const statement = useStatement(franchiseeId, day);
  return (
    <PageFrame
      back="/statements"
      title={`${day} 对账单`}
      hint={
        statement.data ? (
          <span className="row">
            {statement.data.franchiseeName} · {statement.data.orderCount} 笔订单 ·
            <Status tone={STATEMENT_TONE[statement.data.state]}>{STATEMENT_STATE[statement.data.state]}</Status>
          </span>
        ) : (
          ' '
        )
      }
      actions={
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          打印
        </Button>
      }
    >
      <Loaded query={statement} rows={10}>
        {(detail) => <Statement detail={detail} />}
      </Loaded>
    </PageFrame>
  );
}
