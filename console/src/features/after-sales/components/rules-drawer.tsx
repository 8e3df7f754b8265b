import { Form, InputNumber, Radio, Switch } from 'antd';
import type { AfterSaleRules } from '../../../lib/types';
import { FormDrawer } from '../../../ui/form-drawer';
import { WaitingDrawer } from '../../../ui/waiting-drawer';
import { YuanInput } from '../../../ui/yuan-input';
import { useAfterSaleRules, useSetAfterSaleRules } from '../api';

const HOURS: { name: keyof AfterSaleRules; label: string; extra: string }[] = [
  { name: 'decideHours', label: '门店多久内要处理', extra: '到时没处理就自动同意' },
  { name: 'sendBackHours', label: '顾客多久内要寄回', extra: '到时没寄就自动撤销' },
  { name: 'checkHours', label: '门店多久内要验收', extra: '到时没验收就自动确认' },
  { name: 'confirmResentHours', label: '换货多久自动确认收到', extra: '' },
];

/** Headquarters' switches for after-sale. */
export function RulesDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const rules = useAfterSaleRules();
  const save = useSetAfterSaleRules();
  const [form] = Form.useForm<AfterSaleRules>();
  if (!rules.data) return <WaitingDrawer title="售后规则" isOpen={isOpen} onClose={onClose} query={rules} />;
  return (
    <FormDrawer<AfterSaleRules>
      title="售后规则"
      isOpen={isOpen}
      onClose={onClose}
      form={form}
      initial={rules.data}
      submitText="保存"
      onSubmit={(values) => save.mutateAsync(values)}
      testId="after-sale-rules"
    >
      <Form.Item name="approveUnshippedAtOnce" label="没发货的立刻退" valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="approveUnderFen" label="不超过这个金额的自动同意" extra="0 表示都要人处理">
        <YuanInput most={10_000_000} />
      </Form.Item>
      <Form.Item name="condition" label="部分退款后不再满足优惠条件时">
        <Radio.Group
          options={[
            { value: 'KEEP', label: '优惠保留（对顾客友好）' },
            { value: 'RECOMPUTE', label: '按剩下的重算，少退差额' },
          ]}
        />
      </Form.Item>
      {HOURS.map(({ name, label, extra }) => (
        <Form.Item key={name} name={name} label={label} extra={extra}>
          <InputNumber min={1} max={720} precision={0} suffix="小时" style={{ width: 160 }} />
        </Form.Item>
      ))}
      <Form.Item name="otherStoreReturns" label="可以退到别的门店" valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="exchangeAllowed" label="支持换货" valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="couponGraceDays" label="退回的券若已过期，再给几天">
        <InputNumber min={0} max={60} precision={0} suffix="天" style={{ width: 160 }} />
      </Form.Item>
    </FormDrawer>
  );
}
