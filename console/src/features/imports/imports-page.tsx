import { useQuery } from '@tanstack/react-query';
import { Progress } from 'antd';
import { useState } from 'react';
import { api } from '../../lib/api';
import { countText } from '../../lib/money';
import type { Import } from '../../lib/types';
import { type Column, ListTable } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Status, type Tone } from '../../ui/status';
import { When } from '../../ui/when';
import { ErrorsDrawer } from './components/errors-drawer';
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
  { key: 'started', title: '开始', width: 130, render: (row) => <When at={row.startedAt} /> },
  { key: 'finished', title: '结束', width: 130, render: (row) => <When at={row.finishedAt} none="进行中" /> },
];

export default function ImportsPage() {
  const [open, setOpen] = useState<Import | null>(null);
  const imports = useQuery({
    queryKey: ['imports'],
    queryFn: () => api.console.imports(),
    // Only a running import changes by itself.
    refetchInterval: (query) => (query.state.data?.some((one) => one.state === 'RUNNING') ? 3000 : false),
  });
  return (
    <PageFrame
      title="POS 导入"
      hint="门店收银的销售和退货进来之后，与线上订单合成同一位会员的购买记录。重复的单号不会导入两次。"
    >
      <section className="card list-card" aria-label="POS 导入">
        <Loaded query={imports}>
          {(list) => (
            <ListTable
              columns={columnsOf(setOpen)}
              rows={list}
              rowKey={(row) => row.id}
              rowTestId="import-row"
              empty={
                <Empty title="还没有导入过" hint="收银系统接上开放接口，或由运维导入历史文件后，进度会出现在这里。" />
              }
            />
          )}
        </Loaded>
      </section>
      {open ? <ErrorsDrawer key={open.id} row={open} onClose={() => setOpen(null)} /> : null}
    </PageFrame>
  );
}
