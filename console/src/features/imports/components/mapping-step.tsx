import { ApiError } from '@shuke/shared/api';
import { Input, Radio, Select, Switch } from 'antd';
import { type ReactNode, useState } from 'react';
import { ActionButton } from '../../../ui/action-button';
import { ActionFailed, Loaded } from '../../../ui/states';
import { type ImportHead, type ImportJob, useImportActs, useImportHead } from '../api';
import { missingFields, withColumn } from '../wizard-model';
import { DropFile } from './drop-file';

/** Which column of the file is what; guessed by the heads, or taken from the last file that looked the same. */
export function MappingStep({ job, onDropped }: { job: ImportJob; onDropped: () => void }) {
  const head = useImportHead(job.id, true);
  const drop = <DropFile id={job.id} onDropped={onDropped} />;
  // Reading a file again that is no table finds none the second time either.
  if (isUnreadableFile(head.error))
    return (
      <>
        <ActionFailed error={head.error} title="这个文件用不了" />
        {drop}
      </>
    );
  return <Loaded query={head}>{(data) => <MappingForm key={job.id} job={job} head={data} drop={drop} />}</Loaded>;
}

const isUnreadableFile = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === 'IMPORT_FILE' || error.code === 'IMPORT_FILE_SIZE');

function MappingForm({ job, head, drop }: { job: ImportJob; head: ImportHead; drop: ReactNode }) {
  const acts = useImportActs(job.id);
  const [mapping, setMapping] = useState(head.guess);
  const [options, setOptions] = useState(head.options);
  const missing = missingFields(head, mapping);
  const isUnknown = Object.keys(head.guess).length === 0;
  const hasMoney = job.kind === 'ORDERS' || job.kind === 'PRODUCTS' || job.kind === 'BALANCES';
  const hasCards = head.fields.some((field) => field.name === 'cardNo');
  return (
    <div className="stack">
      <p className={isUnknown ? 'warn' : 'muted'} data-testid="import-guess">
        {isUnknown
          ? '没有认出任何一列：看看是不是选错了文件，不是的话请逐项选出。'
          : head.isGuessSaved
            ? '已按上次同样的文件对应好了，确认一下即可。'
            : '已按列名猜好，请核对；每一项旁边是文件里的例子。'}
      </p>
      <table className="plain" data-testid="import-mapping">
        <thead>
          <tr>
            <th>内容</th>
            <th>文件里的列</th>
            <th>例子</th>
          </tr>
        </thead>
        <tbody>
          {head.fields.map((field) => {
            const at = mapping[field.name];
            return (
              <tr key={field.name}>
                <td>
                  {field.label}
                  {field.isRequired ? <span className="bad"> *</span> : null}
                  {field.hint ? <div className="muted small">{field.hint}</div> : null}
                </td>
                <td>
                  <Select
                    allowClear
                    showSearch
                    optionFilterProp="label"
                    placeholder="不导入"
                    style={{ width: 220 }}
                    value={at}
                    status={field.isRequired && at === undefined ? 'error' : undefined}
                    options={head.columns.map((label, value) => ({ value, label: label || `第 ${value + 1} 列` }))}
                    onChange={(column: number | undefined) => setMapping(withColumn(mapping, field.name, column))}
                    aria-label={field.label}
                    data-testid={`map-${field.name}`}
                  />
                </td>
                <td className="muted clip" style={{ maxWidth: 260 }}>
                  {at === undefined
                    ? '—'
                    : head.rows
                        .slice(0, 3)
                        .map((row) => row[at] ?? '')
                        .filter(Boolean)
                        .join('、') || '（空）'}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {hasMoney ? (
        <div className="row">
          <span>金额单位</span>
          <Radio.Group
            value={options.moneyUnit}
            onChange={(event) => setOptions({ ...options, moneyUnit: event.target.value as 'YUAN' | 'FEN' })}
            options={[
              { value: 'YUAN', label: '元' },
              { value: 'FEN', label: '分' },
            ]}
          />
        </div>
      ) : null}
      {hasCards ? (
        <div className="row">
          <span>卡号前缀</span>
          <Input
            style={{ width: 140 }}
            aria-label="卡号前缀"
            maxLength={20}
            placeholder="不加"
            value={options.cardPrefix}
            onChange={(event) => setOptions({ ...options, cardPrefix: event.target.value })}
            data-testid="import-prefix"
          />
          <span className="muted small">两个旧系统的卡号可能相同时，用前缀分开</span>
        </div>
      ) : null}
      {job.kind === 'ORDERS' ? (
        <div className="row">
          <Switch
            checked={options.givesPoints}
            onChange={(givesPoints) => setOptions({ ...options, givesPoints })}
            aria-label="按现在的积分规则给历史消费补积分"
            data-testid="import-points"
          />
          <span>按现在的积分规则，给历史消费补积分</span>
        </div>
      ) : null}
      <div className="row">
        <ActionButton
          type="primary"
          done="已开始"
          disabled={missing.length > 0 || Object.keys(mapping).length === 0}
          run={() => acts.check(mapping, options)}
          testId="import-check"
        >
          先试算，不写入
        </ActionButton>
        {drop}
        {missing.length > 0 ? <span className="bad">还要选出：{missing.join('、')}</span> : null}
      </div>
    </div>
  );
}
