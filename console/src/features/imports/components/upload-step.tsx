import { Button, Progress, Radio } from 'antd';
import { useRef, useState } from 'react';
import { ActionFailed } from '../../../ui/states';
import type { ImportJob } from '../api';
import { fileProblem, uploadFile } from '../upload';
import { KINDS, progressOfUpload } from '../wizard-model';

interface UploadStepProps {
  /** Given for corrected rows of an earlier import. */
  parent?: ImportJob;
  /** Given for an upload that was cut off. */
  unfinished?: ImportJob;
  onUploaded: (job: ImportJob) => void;
}

/** Chooses what the file brings and uploads it; an interrupted upload goes on when the same file is chosen again. */
export function UploadStep({ parent, unfinished, onUploaded }: UploadStepProps) {
  const given = parent ?? unfinished;
  const [kind, setKind] = useState<ImportJob['kind']>(given?.kind ?? 'MEMBERS');
  const [problem, setProblem] = useState<string | null>(null);
  const [percent, setPercent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined) => {
    if (!file) return;
    const found = fileProblem(file);
    setProblem(found);
    setError(null);
    if (input.current) input.current.value = '';
    if (found) return;
    setPercent(0);
    try {
      onUploaded(await uploadFile(file, kind, parent?.id ?? unfinished?.parentId ?? null, setPercent));
    } catch (failure) {
      setError(failure);
    } finally {
      setPercent(null);
    }
  };
  return (
    <div className="stack">
      {unfinished ? (
        <span data-testid="import-unfinished">
          「{unfinished.fileName}」只传了 {progressOfUpload(unfinished)}%。再选一次同一个文件，会从断开的地方接着传。
        </span>
      ) : null}
      {given ? null : (
        <Radio.Group value={kind} onChange={(event) => setKind(event.target.value as ImportJob['kind'])}>
          <div className="stack tight">
            {KINDS.map((one) => (
              <Radio key={one.kind} value={one.kind} data-testid={`import-kind-${one.kind}`}>
                <b>{one.name}</b> <span className="muted small">{one.hint}</span>
              </Radio>
            ))}
          </div>
        </Radio.Group>
      )}
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,.xlsx,.gz"
        hidden
        aria-label="选择要导入的文件"
        data-testid="import-file"
        onChange={(event) => void take(event.target.files?.[0])}
      />
      <div className="row">
        <Button
          type="primary"
          loading={percent !== null}
          onClick={() => input.current?.click()}
          data-testid="import-choose"
        >
          {percent === null ? '选择文件' : '正在上传'}
        </Button>
        <span className="muted small">CSV 或 Excel（.xlsx），第一行是列名；中文编码会自动识别</span>
      </div>
      {problem ? (
        <span className="danger" role="alert" data-testid="import-file-problem">
          {problem}
        </span>
      ) : null}
      {percent === null ? null : <Progress percent={percent} size="small" aria-label="上传进度" />}
      <ActionFailed error={error} title="没有上传成功" />
    </div>
  );
}
