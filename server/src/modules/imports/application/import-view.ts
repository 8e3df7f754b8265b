import type { ImportJob } from '@shuke/shared/contracts';
import type { ImportState } from '../domain/import-types.js';
import type { Job } from '../persistence/job-row.js';

const STATE_TEXT: Record<ImportState, string> = {
  UPLOADING: '上传中',
  MAPPING: '等待对应列',
  CHECKING: '试算中',
  CHECKED: '等待导入',
  RUNNING: '导入中',
  DONE: '已完成',
  FAILED: '中断',
  UNDOING: '撤销中',
  UNDONE: '已撤销',
};

/** A file as the desk shows it. */
export function importView(job: Job, kindName: string): ImportJob {
  const { id, kind, fileName, state, bytes, receivedBytes, totalRows, counts, mapping, options, problem, parentId } =
    job;
  return {
    id,
    kind,
    fileName,
    state,
    bytes,
    receivedBytes,
    totalRows,
    counts,
    options,
    problem,
    parentId,
    kindName,
    stateText: STATE_TEXT[state],
    readRows: job.nextRow,
    mapping: mapping && { ...mapping },
    createdBy: job.createdBy,
    createdAt: job.createdAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
    undoUntil: state === 'DONE' && job.parentId === null ? (job.undoUntil?.toISOString() ?? null) : null,
    undoKept: job.undoKept,
  };
}
