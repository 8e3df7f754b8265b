import { Alert, Button, Drawer, Progress, Steps } from 'antd';
import { useState } from 'react';
import { exactCount } from '../../../lib/money';
import { ActionButton } from '../../../ui/action-button';
import { Loaded } from '../../../ui/states';
import { useFocusBack } from '../../../ui/use-focus-back';
import { When } from '../../../ui/when';
import { downloadFailedRows, type ImportJob, useImportActs, useImportJob } from '../api';
import { progressOfJob, stepOf } from '../wizard-model';
import { CountsFigures, RowTabs } from './counts-figures';
import { DropFile } from './drop-file';
import { MappingStep } from './mapping-step';
import { UploadStep } from './upload-step';

const STEPS = ['上传', '对应列', '试算', '导入', '完成'].map((title) => ({ title }));

interface WizardProps {
  jobId: string | null;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** A file on its way in, step by step; closing the drawer stops nothing. */
export function ImportWizard({ jobId, onOpen, onClose }: WizardProps) {
  useFocusBack();
  return (
    <Drawer title="导入文件" open onClose={onClose} size={980} data-testid="import-wizard">
      {jobId === null ? (
        <div className="stack">
          <Steps size="small" current={0} items={STEPS} />
          <UploadStep onUploaded={(job) => onOpen(job.id)} />
        </div>
      ) : (
        <OpenJob key={jobId} id={jobId} onOpen={onOpen} onClose={onClose} />
      )}
    </Drawer>
  );
}

function OpenJob({ id, onOpen, onClose }: { id: string; onOpen: (id: string) => void; onClose: () => void }) {
  const query = useImportJob(id);
  const [isMapping, setMapping] = useState(false);
  return (
    <Loaded query={query}>
      {(job) => (
        <div className="stack">
          <Steps
            size="small"
            current={isMapping && job.state === 'CHECKED' ? 1 : stepOf(job.state)}
            status={job.state === 'FAILED' ? 'error' : undefined}
            items={STEPS}
          />
          <div>
            <b>{job.kindName}</b> <span className="muted">{job.fileName}</span>
            {job.parentId ? <span className="muted">（更正）</span> : null}
          </div>
          <Body job={job} isMapping={isMapping} setMapping={setMapping} onOpen={onOpen} onClose={onClose} />
        </div>
      )}
    </Loaded>
  );
}

interface BodyProps {
  job: ImportJob;
  isMapping: boolean;
  setMapping: (on: boolean) => void;
  onOpen: (id: string) => void;
  onClose: () => void;
}

function Body({ job, isMapping, setMapping, onOpen, onClose }: BodyProps) {
  if (job.state === 'UPLOADING')
    return (
      <>
        <UploadStep unfinished={job} onUploaded={(next) => onOpen(next.id)} />
        <DropFile id={job.id} onDropped={onClose} />
      </>
    );
  if (
    job.state === 'MAPPING' ||
    (job.state === 'CHECKED' && isMapping) ||
    (job.state === 'FAILED' && job.totalRows === null)
  )
    return (
      <>
        {job.problem ? <Alert type="error" showIcon title={job.problem} /> : null}
        <MappingStep job={job} onDropped={onClose} />
      </>
    );
  if (job.state === 'CHECKED') return <Checked job={job} onRemap={() => setMapping(true)} onClose={onClose} />;
  if (job.state === 'CHECKING' || job.state === 'RUNNING' || job.state === 'UNDOING') return <Moving job={job} />;
  return <Finished job={job} onOpen={onOpen} />;
}

function Moving({ job }: { job: ImportJob }) {
  const progress = progressOfJob(job);
  const words = { CHECKING: '正在试算，还没有写入任何内容', RUNNING: '正在导入', UNDOING: '正在撤销' }[
    job.state as 'RUNNING'
  ];
  return (
    <div className="stack" data-testid="import-moving">
      <div>{words}。可以关掉这个窗口，它会继续做完。</div>
      <Progress percent={job.state === 'UNDOING' ? 0 : progress.percent} status="active" aria-label={words} />
      <div className="muted num">{job.state === 'UNDOING' ? '' : progress.text}</div>
      {job.state === 'UNDOING' ? null : <CountsFigures job={job} />}
    </div>
  );
}

function Checked({ job, onRemap, onClose }: { job: ImportJob; onRemap: () => void; onClose: () => void }) {
  const acts = useImportActs(job.id);
  const wanted = job.counts.new + job.counts.update;
  return (
    <div className="stack" data-testid="import-checked">
      <div>
        {job.totalRows === 0
          ? '文件里只有列名，下面一行内容也没有。'
          : `试算完成，共 ${exactCount(job.totalRows ?? 0)} 行。还没有写入任何内容。`}
      </div>
      <CountsFigures job={job} />
      <div className="row">
        <ActionButton type="primary" done="已开始" disabled={wanted === 0} run={acts.run} testId="import-run">
          {wanted === 0 ? '没有可导入的行' : `导入 ${exactCount(wanted)} 行`}
        </ActionButton>
        <Button onClick={onRemap} data-testid="import-remap">
          改列的对应
        </Button>
        <DropFile id={job.id} onDropped={onClose} />
      </div>
      <RowTabs job={job} />
    </div>
  );
}

/** People whose purchases went back keep their sleeping record, because the ledger of their growth is never cut. */
const UNDONE: Record<ImportJob['kind'], string> = {
  MEMBERS: '导入的会员都已收回',
  ORDERS: '订单、成长值和积分都已收回；文件带来的会员留作沉睡档案，来了自动认领',
  PRODUCTS: '导入的商品都已收回',
  STOCK: '库存都已还原',
  BALANCES: '导入的余额都已收回',
};

function Finished({ job, onOpen }: { job: ImportJob; onOpen: (id: string) => void }) {
  const acts = useImportActs(job.id);
  const failed = job.counts.error + job.counts.conflict;
  return (
    <div className="stack" data-testid="import-finished">
      {job.state === 'FAILED' ? <Alert type="error" showIcon title="导入中断了" description={job.problem} /> : null}
      {job.state === 'UNDONE' ? (
        <Alert
          type="info"
          showIcon
          title="这次导入已撤销"
          description={
            job.undoKept > 0 ? `有 ${exactCount(job.undoKept)} 项导入后又用过，保留在系统里` : UNDONE[job.kind]
          }
        />
      ) : null}
      {job.state === 'DONE' && failed === 0 ? (
        <Alert
          type="success"
          showIcon
          title="全部导入了"
          description={job.undoUntil ? undefined : '要撤销的话，回到最早上传的那个文件，会连同更正的行一起收回'}
        />
      ) : null}
      {job.state === 'UNDONE' ? null : <CountsFigures job={job} />}
      <div className="row">
        {job.state === 'FAILED' ? (
          <ActionButton type="primary" done="已继续" run={acts.run} testId="import-run">
            接着导入
          </ActionButton>
        ) : null}
        {failed > 0 && job.state === 'DONE' ? (
          <ActionButton done="已下载" run={() => downloadFailedRows(job)} testId="import-download">
            {`下载没导入的 ${exactCount(failed)} 行`}
          </ActionButton>
        ) : null}
        {job.undoUntil ? (
          <ActionButton
            danger
            done="已开始撤销"
            run={acts.undo}
            confirm={{
              title: '撤销这次导入？',
              description: '新增的会收回，改过的会还原；导入后又用过的部分保留，并写明原因。',
              okText: '撤销',
            }}
            testId="import-undo"
          >
            撤销导入
          </ActionButton>
        ) : null}
        {job.undoUntil ? (
          <span className="muted small">
            <When at={job.undoUntil} /> 前可以撤销
          </span>
        ) : null}
      </div>
      {failed > 0 && job.state === 'DONE' ? (
        <>
          <div className="muted">在下载的表里改好后，从这里上传，只导入这些行：</div>
          <UploadStep parent={job} onUploaded={(next) => onOpen(next.id)} />
        </>
      ) : null}
      <RowTabs job={job} />
    </div>
  );
}
