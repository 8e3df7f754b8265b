import { Button, Progress } from 'antd';
import { countText } from '../../../lib/money';
import { type Column, ListTable } from '../../../ui/list-table';
import { Empty, LoadFailed } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { type ImportJob, useImportJobs } from '../api';
import { progressOfJob, toneOf } from '../wizard-model';

const columns: Column<ImportJob>[] = [
  { key: 'kind', title: '内容', width: 110, render: (job) => <b>{job.kindName}</b> },
  {
    key: 'file',
    title: '文件',
    width: 250,
    render: (job) => (
      <>
        <button type="button" className="link clip" style={{ display: 'block', maxWidth: 226 }} title={job.fileName}>
          {job.fileName}
        </button>
        {job.parentId ? <div className="muted small">更正后的行</div> : null}
      </>
    ),
  },
  {
    key: 'state',
    title: '状态',
    width: 120,
    render: (job) => <Status tone={toneOf(job.state)}>{job.stateText}</Status>,
  },
  {
    key: 'progress',
    title: '进度',
    width: 180,
    render: (job) => {
      const progress = progressOfJob(job);
      return (
        <>
          <Progress
            percent={progress.percent}
            size="small"
            showInfo={false}
            status="normal"
            aria-label={progress.text}
          />
          <div className="small muted num">{progress.text}</div>
        </>
      );
    },
  },
  {
    key: 'done',
    title: '新增 / 更新',
    width: 120,
    isRight: true,
    render: (job) => <span className="num">{`${countText(job.counts.new)} / ${countText(job.counts.update)}`}</span>,
  },
  {
    key: 'failed',
    title: '没导入',
    width: 90,
    isRight: true,
    render: (job) => {
      const failed = job.counts.conflict + job.counts.error;
      return failed > 0 ? <span className="num bad">{countText(failed)}</span> : <span className="muted">—</span>;
    },
  },
  {
    key: 'at',
    title: '上传',
    width: 130,
    render: (job) => <TwoFacts first={<When at={job.createdAt} />} second={job.createdBy} />,
  },
];

/** All files that were brought in, newest first. */
export function JobList({ onOpen, onNew }: { onOpen: (id: string) => void; onNew: () => void }) {
  const jobs = useImportJobs();
  if (jobs.error && jobs.rows.length === 0)
    return <LoadFailed error={jobs.error} onRetry={() => void jobs.refetch()} />;
  return (
    <>
      <ListTable
        columns={columns}
        rows={jobs.rows}
        rowKey={(job) => job.id}
        isBusy={jobs.isPending}
        onRow={(job) => onOpen(job.id)}
        rowTestId="import-job-row"
        empty={
          <Empty
            title="还没有导入过文件"
            hint="会员、历史订单、商品、库存和期初余额都可以从 CSV 或 Excel 导入，先试算再写入。"
            action={<Button onClick={onNew}>导入文件</Button>}
          />
        }
      />
      {jobs.hasNextPage ? (
        <div style={{ padding: 12 }}>
          <Button loading={jobs.isFetchingNextPage} onClick={() => void jobs.fetchNextPage()}>
            加载更多
          </Button>
        </div>
      ) : null}
    </>
  );
}
