import { Tabs } from 'antd';
import { useState } from 'react';
import { exactCount } from '../../../lib/money';
import { Empty, LoadFailed } from '../../../ui/states';
import { type ImportJob, useImportIssues, type Verdict } from '../api';
import { VERDICTS } from '../wizard-model';

/** How many rows are new, changed, there already, contradicting, or unreadable. */
export function CountsFigures({ job }: { job: ImportJob }) {
  return (
    <dl className="figures" data-testid="import-counts">
      {VERDICTS.map(({ verdict, count, name, hint, past = hint }) => (
        <div className="figure" key={verdict} data-testid={`import-count-${verdict}`}>
          <dt>{name}</dt>
          <dd className="figure-value num">{exactCount(job.counts[count])}</dd>
          <div className="figure-note">{job.state === 'DONE' ? past : hint}</div>
        </div>
      ))}
    </dl>
  );
}

/** Rows of each verdict: examples after a trial, all that failed after the import, what stayed after an undo. */
export function RowTabs({ job }: { job: ImportJob }) {
  const [chosen, setChosen] = useState<Verdict | null>(null);
  if (job.state === 'UNDONE') return job.undoKept > 0 ? <Rows job={job} verdict="CONFLICT" /> : null;
  const shown = VERDICTS.filter(
    ({ verdict, count }) =>
      job.counts[count] > 0 && (job.state === 'CHECKED' || verdict === 'CONFLICT' || verdict === 'ERROR'),
  );
  const worst = shown.findLast((one) => one.verdict === 'ERROR' || one.verdict === 'CONFLICT') ?? shown[0];
  const verdict = chosen ?? worst?.verdict ?? null;
  if (verdict === null) return null;
  return (
    <>
      <Tabs
        activeKey={verdict}
        onChange={(key) => setChosen(key as Verdict)}
        items={shown.map((one) => ({ key: one.verdict, label: `${one.name} ${exactCount(job.counts[one.count])}` }))}
      />
      <Rows key={`${job.state}${verdict}`} job={job} verdict={verdict} />
    </>
  );
}

function Rows({ job, verdict }: { job: ImportJob; verdict: Verdict }) {
  const issues = useImportIssues(job.id, verdict, true);
  if (issues.error && issues.rows.length === 0)
    return <LoadFailed error={issues.error} onRetry={() => void issues.refetch()} />;
  if (issues.isPending)
    return (
      <p className="muted" role="status">
        正在加载…
      </p>
    );
  if (issues.rows.length === 0) return <Empty title="没有这样的行" />;
  return (
    <div style={{ maxHeight: 320, overflow: 'auto' }}>
      <table className="plain" data-testid="import-rows">
        <thead>
          <tr>
            <th className="right">行号</th>
            <th>说明</th>
            <th>原文</th>
          </tr>
        </thead>
        <tbody>
          {issues.rows.map((row) => (
            <tr key={row.row}>
              <td className="right num">{row.row}</td>
              <td style={{ minWidth: 180 }}>{row.problem || '会导入'}</td>
              <td className="small" style={{ overflowWrap: 'anywhere' }}>
                {row.cells.filter(Boolean).join(' · ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
