import { Button, DatePicker, Form, Input, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { FormDrawer } from '../../../ui/form-drawer';
import { useRefreshPeople } from '../api';

interface GrantForm {
  level: number;
  until: Dayjs;
  reason: string;
}

/** Gives a level until a day, beside what the growth says. */
export function GrantLevel({ id, levels }: { id: string; levels: readonly { level: number; name: string }[] }) {
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<GrantForm>();
  const refresh = useRefreshPeople();
  const submit = ({ level, until, reason }: GrantForm) =>
    refresh(
      api.console.grantLevel({
        params: { id },
        body: {
          level,
          until: new Date(`${until.format('YYYY-MM-DD')}T23:59:59.999+08:00`).toISOString(),
          reason: reason.trim(),
        },
      }),
    );
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid="grant-open">
        直接给等级
      </Button>
      <FormDrawer<GrantForm>
        title="直接给一个等级"
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        form={form}
        initial={{ reason: '' }}
        submitText="给这个等级"
        onSubmit={submit}
      >
        <Form.Item name="level" label="等级" rules={[{ required: true, message: '选一个等级' }]}>
          <Select options={levels.map((one) => ({ value: one.level, label: one.name }))} />
        </Form.Item>
        <Form.Item
          name="until"
          label="到哪天为止"
          extra="到期后按成长值重新算"
          rules={[{ required: true, message: '选一天' }]}
        >
          <DatePicker style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true, message: '写一句原因' }]}>
          <Input maxLength={60} />
        </Form.Item>
      </FormDrawer>
    </>
  );
}
