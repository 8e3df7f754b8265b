import { Button, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '../../../ui/form-drawer';
import { WaitingDrawer } from '../../../ui/waiting-drawer';
import { useCounterRules, useSetCounterRules } from '../api';

interface RulesForm {
  undoMinutes: number;
}

/** What headquarters sets for every counter. */
export function CounterRules() {
  const [isOpen, setOpen] = useState(false);
  const rules = useCounterRules(isOpen);
  const save = useSetCounterRules();
  const [form] = Form.useForm<RulesForm>();
  return (
    <>
      <Button onClick={() => setOpen(true)} data-testid="counter-rules">
        柜台规则
      </Button>
      {rules.data ? (
        <FormDrawer<RulesForm>
          title="柜台规则"
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          form={form}
          initial={rules.data}
          submitText="保存"
          onSubmit={({ undoMinutes }) => save(undoMinutes)}
        >
          <Form.Item
            name="undoMinutes"
            label="店员做错了，多久内能自己撤销"
            extra="核销、余额收款和交货都按这个时间，所有门店一样；过后由店长撤销，填 0 就只有店长能撤销"
            rules={[{ required: true, message: '填 0 到 120 分钟' }]}
          >
            <InputNumber
              min={0}
              max={120}
              precision={0}
              suffix="分钟"
              style={{ width: 160 }}
              data-testid="undo-minutes"
            />
          </Form.Item>
        </FormDrawer>
      ) : (
        <WaitingDrawer title="柜台规则" isOpen={isOpen} onClose={() => setOpen(false)} query={rules} />
      )}
    </>
  );
}
