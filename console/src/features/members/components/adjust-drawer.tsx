import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input, InputNumber, Radio } from 'antd';
import { useRef, useState } from 'react';
import { api, newKey } from '../../../lib/api';
import { FormDrawer } from '../../../ui/form-drawer';
import { YuanInput } from '../../../ui/yuan-input';
import type { AssetKind } from '../api';
import { ASSET } from '../model';

interface AdjustForm {
  direction: 1 | -1;
  amount: number | null;
  reason: string;
}

/** Asks for a correction by hand. Nothing moves until somebody else has approved it. */
export function AdjustDrawer({ memberId, asset }: { memberId: string; asset: AssetKind }) {
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<AdjustForm>();
  const key = useRef(newKey());
  const client = useQueryClient();
  const submit = async ({ direction, amount, reason }: AdjustForm) => {
    const body = { memberId, asset, amount: direction * (amount ?? 0), reason: reason.trim() };
    await api.console.requestAdjustment({ body, idempotencyKey: key.current });
    key.current = newKey();
    await client.invalidateQueries({ queryKey: ['adjustments'] });
  };
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="adjust-open">
        手动调整{ASSET[asset]}
      </Button>
      <FormDrawer<AdjustForm>
        title={`手动调整${ASSET[asset]}`}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        form={form}
        initial={{ direction: 1, amount: null, reason: '' }}
        submitText="提交，等别人批准"
        onSubmit={submit}
        testId="adjust-form"
      >
        <Form.Item name="direction" label="加还是减">
          <Radio.Group
            options={[
              { value: 1, label: '增加' },
              { value: -1, label: '减少' },
            ]}
          />
        </Form.Item>
        <Form.Item
          name="amount"
          label="多少"
          rules={[
            {
              validator: (_, value: number | null) =>
                value && value > 0 ? Promise.resolve() : Promise.reject(new Error('请填写大于零的数')),
            },
          ]}
        >
          {asset === 'WALLET' ? (
            <YuanInput most={10_000_000} testId="adjust-amount" />
          ) : (
            <InputNumber min={1} max={10_000_000} precision={0} style={{ width: 200 }} data-testid="adjust-amount" />
          )}
        </Form.Item>
        <Form.Item
          name="reason"
          label="原因"
          rules={[{ required: true, min: 2, whitespace: true, message: '至少两个字' }]}
        >
          <Input.TextArea rows={2} maxLength={100} showCount placeholder="比如：退货扣错积分，补回" />
        </Form.Item>
        <Alert
          type="info"
          showIcon
          title="提交后不会马上变"
          description="由另一位同事在「储值 → 手动调整」里批准后才到账。"
        />
      </FormDrawer>
    </>
  );
}
