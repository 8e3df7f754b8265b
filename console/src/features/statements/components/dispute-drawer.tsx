import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { moneyText } from '../../../lib/money';
import type { StatementDetail, StatementLine } from '../../../lib/types';
import { FormDrawer } from '../../../ui/form-drawer';
import { useRefreshStatements } from '../api';
import { disputeOf } from '../model';

interface DisputeForm {
  lines: string[];
  note: string;
}

/** A longer day that is wrong as a whole is talked about as a whole. */
const NAMED_MAX = 20;

const keyOf = (line: StatementLine): string => `${line.storeId} ${line.seq}`;

function LineChoice({ lines, value = [], onChange }: ChoiceProps) {
  const isAll = value.length === lines.length;
  return (
    <div className="stack tight" id="dispute-lines">
      <Checkbox
        checked={isAll}
        indeterminate={value.length > 0 && !isAll}
        onChange={() => onChange?.(isAll ? [] : lines.map(keyOf))}
        data-testid="dispute-all"
      >
        全部 {lines.length} 行
      </Checkbox>
      <Checkbox.Group value={value} onChange={(next) => onChange?.(next as string[])} style={{ display: 'block' }}>
        <ul className="tier-list">
          {lines.map((line) => (
            <li key={keyOf(line)}>
              <Checkbox value={keyOf(line)} data-testid="dispute-line">
                <span className="num">{line.orderNo}</span> · {line.kind === 'ACCRUAL' ? '应得' : '冲回'}
                <span className="muted small"> · {line.storeName}</span>
              </Checkbox>
              <span className="num">{moneyText(line.franchiseeFen)}</span>
            </li>
          ))}
        </ul>
      </Checkbox.Group>
    </div>
  );
}
interface ChoiceProps {
  lines: readonly StatementLine[];
  value?: string[];
  onChange?: (next: string[]) => void;
}

/** The franchisee names the lines that it does not agree with, and says why. */
export function DisputeDrawer({ detail }: { detail: StatementDetail }) {
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<DisputeForm>();
  const refresh = useRefreshStatements();
  const isWaiting = (line: StatementLine) => ['OPEN', 'ANSWERED'].includes(disputeOf(detail, line) ?? '');
  const lines = detail.lines.filter((line) => !line.isPaidOut && !isWaiting(line));
  if (lines.length === 0) return null;
  const submit = ({ lines: chosen, note }: DisputeForm) => {
    const named = lines.filter((line) => chosen.includes(keyOf(line))).map(({ storeId, seq }) => ({ storeId, seq }));
    const isWholeDay = named.length === detail.lines.length && named.length > NAMED_MAX;
    return refresh(
      api.console.disputeStatement({
        params: { franchiseeId: detail.franchiseeId, day: detail.day },
        body: { note: note.trim(), ...(isWholeDay ? {} : { lines: named }) },
      }),
    );
  };
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="statement-dispute">
        {detail.state === 'DISPUTED' ? '还有别的行' : '有异议'}
      </Button>
      <FormDrawer<DisputeForm>
        title="哪几行有异议"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        form={form}
        initial={{ lines: lines.length === 1 ? lines.map(keyOf) : [], note: '' }}
        submitText="提出异议"
        onSubmit={submit}
        testId="dispute-form"
      >
        <Form.Item
          name="lines"
          label="勾出有异议的行，其余的不受影响"
          rules={[
            { required: true, message: '勾出有异议的行' },
            { type: 'array', max: 200, message: '一次最多 200 行' },
          ]}
        >
          <LineChoice lines={lines} />
        </Form.Item>
        <Form.Item
          name="note"
          label="哪里不对"
          rules={[{ required: true, whitespace: true, min: 4, message: '写清楚差在哪里，至少 4 个字' }]}
        >
          <Input.TextArea
            rows={3}
            maxLength={200}
            showCount
            placeholder="比如：这笔的手续费多扣了 1 元"
            data-testid="dispute-note"
          />
        </Form.Item>
      </FormDrawer>
    </>
  );
}
