import { Button, Checkbox, DatePicker, Form, Input } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { moneyText, totalOf } from '../../../lib/money';
import { STATEMENT_TONE } from '../../../lib/tones';
import type { Payable } from '../../../lib/types';
import { STATEMENT_STATE } from '../../../lib/words';
import { FormDrawer } from '../../../ui/form-drawer';
import { Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { type PayableDay, usePayableDays, useRefreshPayouts } from '../api';

interface PayoutForm {
  days: string[];
  paidOn: Dayjs;
  reference: string;
  note: string;
}

const isOpen = ({ state, dueFen }: PayableDay) => ['LOCKED', 'DISPUTED'].includes(state) && dueFen !== 0;

function DayChoice({ days, value = [], onChange }: ChoiceProps) {
  const isAll = value.length === days.length;
  return (
    <div className="stack tight">
      <Checkbox
        checked={isAll}
        indeterminate={value.length > 0 && !isAll}
        onChange={() => onChange?.(isAll ? [] : days.map(({ day }) => day))}
      >
        全部 {days.length} 天
      </Checkbox>
      <Checkbox.Group value={value} onChange={(next) => onChange?.(next as string[])} style={{ display: 'block' }}>
        <ul className="tier-list">
          {days.map((one) => (
            <li key={one.day}>
              <Checkbox value={one.day} data-testid="payout-day">
                <span className="num" style={{ marginRight: 8 }}>
                  {one.day}
                </span>
                <Status tone={STATEMENT_TONE[one.state]}>{STATEMENT_STATE[one.state]}</Status>
                {one.frozenFen === 0 ? null : (
                  <span className="muted small"> {moneyText(one.frozenFen)} 有异议，不在内</span>
                )}
              </Checkbox>
              <span className="num">{moneyText(one.dueFen)}</span>
            </li>
          ))}
        </ul>
      </Checkbox.Group>
    </div>
  );
}
interface ChoiceProps {
  days: readonly PayableDay[];
  value?: string[];
  onChange?: (next: string[]) => void;
}

function PayoutDrawer({
  payable,
  days,
  onClose,
}: {
  payable: Payable;
  days: readonly PayableDay[];
  onClose: () => void;
}) {
  const [form] = Form.useForm<PayoutForm>();
  const refresh = useRefreshPayouts();
  const all = days.map(({ day }) => day);
  const chosen = Form.useWatch('days', form) ?? all;
  const amountFen = totalOf(
    days.filter(({ day }) => chosen.includes(day)),
    ({ dueFen }) => dueFen,
  );
  const submit = (values: PayoutForm) =>
    refresh(
      api.console.recordPayout({
        body: {
          franchiseeId: payable.franchiseeId,
          days: values.days,
          amountFen,
          paidOn: values.paidOn.format('YYYY-MM-DD'),
          reference: values.reference.trim(),
          note: values.note.trim(),
        },
      }),
    );
  return (
    <FormDrawer<PayoutForm>
      title={`付给 ${payable.franchiseeName}`}
      isOpen
      onClose={onClose}
      form={form}
      initial={{ days: all, paidOn: dayjs(), reference: '', note: '' }}
      submitText={`记下付款 ${moneyText(amountFen)}`}
      onSubmit={submit}
      testId="payout-form"
    >
      <p className="muted" style={{ margin: '0 0 16px' }}>
        先在银行付好款，再到这里记下来；这里只记账，不会转钱。
      </p>
      <Form.Item
        name="days"
        label="这笔付的是哪几天"
        rules={[
          { required: true, message: '选出这笔付的是哪几天' },
          {
            validator: async () => {
              if (amountFen <= 0) throw new Error('合计要大于 0；退款多的日子会和以后的账期一起抵');
            },
          },
        ]}
      >
        <DayChoice days={days} />
      </Form.Item>
      <Form.Item label="付款金额" extra="按所选账期还没付的明细合计，一分不差才能记">
        <b className="num" data-testid="payout-amount">
          {moneyText(amountFen)}
        </b>
      </Form.Item>
      <Form.Item name="paidOn" label="付款日" rules={[{ required: true, message: '选付款日' }]}>
        <DatePicker style={{ width: '100%' }} disabledDate={(day) => day.isAfter(dayjs(), 'day')} allowClear={false} />
      </Form.Item>
      <Form.Item
        name="reference"
        label="银行流水号"
        extra="加盟商凭它在自己的账户里找到这笔款；同一个流水号只能记一次"
        rules={[{ required: true, whitespace: true, min: 4, message: '写下银行流水号，至少 4 位' }]}
      >
        <Input maxLength={64} autoComplete="off" data-testid="payout-reference" />
      </Form.Item>
      <Form.Item name="note" label="备注（可以不填）">
        <Input maxLength={200} />
      </Form.Item>
    </FormDrawer>
  );
}

/** Keeps one bank transfer that paid whole days to a franchisee. */
export function RecordPayout({ payable }: { payable: Payable }) {
  const [isAsked, setAsked] = useState(false);
  const days = usePayableDays(payable.franchiseeId, isAsked);
  const close = () => setAsked(false);
  return (
    <>
      <Button
        size="small"
        type="primary"
        disabled={payable.dueFen === 0}
        loading={isAsked && days.isPending}
        onClick={() => setAsked(true)}
        data-testid="payout-new"
      >
        记一笔付款
      </Button>
      {isAsked ? (
        <Loaded query={days} rows={1}>
          {(open) => <PayoutDrawer payable={payable} days={open.filter(isOpen)} onClose={close} />}
        </Loaded>
      ) : null}
    </>
  );
}
