import { useQuery } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { useState } from 'react';
import { api } from '../../lib/api';
import { countText } from '../../lib/money';
import type { Import } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { type Column, ListTable } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Status, type Tone } from '../../ui/status';
import { TwoFacts } from '../../ui/two-facts';
import { When } from '../../ui/when';
import { ErrorsDrawer } from './components/errors-drawer';
import { ImportWizard } from './components/import-wizard';
import { JobList } from './components/job-list';
import { progressOf } from './model';

const STATE: Record<Import['state'], { tone: Tone; word: string }> = {
  RUNNING: { tone: 'go', word: '导入中' },
  PAUSED: { tone: 'warn', word: '已暂停' },
  DONE: { tone: 'good', word: '已完成' },
  FAILED: { tone: 'bad', word: '失败' },
};

const columnsOf = (showErrors: (row: Import) => void): Column<Import>[] => [
  {
    key: 'source',
    title: '来源',
    width: 230,
    render: (row) => (
      <>
        <div className="clip" style={{ maxWidth: 206 }} title={row.source}>
          {row.source}
        </div>
        {row.note ? <div className="muted small two-lines">{row.note}</div> : null}
      </>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 104,
    render: (row) => <Status tone={STATE[row.state].tone}>{STATE[row.state].word}</Status>,
  },
  {
    key: 'progress',
    title: '进度',
    width: 220,
    render: (row) => {
      const progress = progressOf(row);
      return (
        <>
          <Progress
            percent={progress.percent}
            size="small"
            showInfo={false}
            status="normal"
            strokeColor={row.state === 'FAILED' ? 'var(--red)' : 'var(--brand)'}
            aria-label={progress.text}
          />
          <div className="small muted num">{progress.text}</div>
        </>
      );
    },
  },
  {
    key: 'orders',
    title: '订单',
    width: 92,
    isRight: true,
    render: (row) => <span className="num">{countText(row.importedOrders)}</span>,
  },
  {
    key: 'lines',
    title: '明细',
    width: 92,
    isRight: true,
    render: (row) => <span className="num">{countText(row.importedLines)}</span>,
  },
  {
    key: 'errors',
    title: '没导入的行',
    width: 110,
    isRight: true,
    render: (row) =>
      row.errorRows > 0 ? (
        <button type="button" className="link num" onClick={() => showErrors(row)} data-testid="import-errors">
          {countText(row.errorRows)}
        </button>
      ) : (
        <span className="muted">—</span>
      ),
  },
  {
    key: 'started',
    title: '时间',
    width: 150,
    render: (row) => (
      <TwoFacts
        first={<When at={row.startedAt} />}
        second={
          row.finishedAt ? (
            <>
              <When at={row.finishedAt} /> 结束
            </>
          ) : (
            '进行中'
          )
        }
      />
    ),
  },
];

export default function ImportsPage() {
  const [open, setOpen] = useState<Import | null>(null);
  const imports = useQuery({
    queryKey: ['imports'],
    queryFn: () => api.console.imports(),
    // Only a running import changes by itself.
    refetchInterval: (query) => (query.state.data?.some((one) => one.state === 'RUNNING') ? 3000 : false),
  });
  const [{ job }, change] = useUrlFilters(['job'] as const);
  return (
    <PageFrame
      title="数据导入"
      hint="把旧系统的会员、订单、商品、库存和余额带进来：先对应列，再试算，确认后写入；七天内可以撤销。"
      actions={
        <Button type="primary" onClick={() => change({ job: 'new' })} data-testid="import-new">
          导入文件
        </Button>
      }
    >
      <section className="card list-card" aria-label="导入的文件" style={{ marginBottom: 16 }}>
        <JobList onOpen={(id) => change({ job: id })} onNew={() => change({ job: 'new' })} />
      </section>
      <section className="card list-card" aria-label="收银历史">
        <Loaded query={imports}>
          {(list) =>
            list.length === 0 ? null : (
              <>
                <div className="card-head" style={{ paddingBottom: 12 }}>
                  <h2>收银系统自动传来的历史</h2>
                </div>
                <ListTable
                  columns={columnsOf(setOpen)}
                  rows={list}
                  rowKey={(row) => row.id}
                  rowTestId="import-row"
                  empty={<Empty title="没有收银历史" />}
                />
              </>
            )
          }
        </Loaded>
      </section>
      {open ? <ErrorsDrawer key={open.id} row={open} onClose={() => setOpen(null)} /> : null}
      {job ? (
        <ImportWizard
          jobId={job === 'new' ? null : job}
          onOpen={(id) => change({ job: id })}
          onClose={() => change({ job: undefined })}
        />
      ) : null}
    </PageFrame>
  );
}
