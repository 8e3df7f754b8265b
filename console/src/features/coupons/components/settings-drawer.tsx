import { Form, InputNumber, Radio } from 'antd';
import { FormDrawer } from '../../../ui/form-drawer';
import { WaitingDrawer } from '../../../ui/waiting-drawer';
import { YuanInput } from '../../../ui/yuan-input';
import { type CouponSettings, useCouponSettings, useSetCouponSettings } from '../api';

const HOURS: { name: keyof CouponSettings; label: string; max: number; min: number; unit: string }[] = [
  { name: 'giftHours', label: '转赠多久没人收就退回', min: 1, max: 168, unit: '小时' },
  { name: 'offerHours', label: '导购发的券卡多久内能领', min: 1, max: 168, unit: '小时' },
  { name: 'offlineHours', label: '断网时的券码多久内有效', min: 1, max: 48, unit: '小时' },
  { name: 'graceHours', label: '退回时已过期的券还能用多久', min: 0, max: 720, unit: '小时' },
  { name: 'remindDays', label: '到期前几天提醒', min: 1, max: 30, unit: '天' },
];

/** The brand's own rules around coupons. */
export function SettingsDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const settings = useCouponSettings(isOpen);
  const save = useSetCouponSettings();
  const [form] = Form.useForm<CouponSettings>();
  if (!settings.data) return <WaitingDrawer title="券的规则" isOpen={isOpen} onClose={onClose} query={settings} />;
  return (
    <FormDrawer<CouponSettings>
      title="券的规则"
      isOpen={isOpen}
      onClose={onClose}
      form={form}
      initial={settings.data}
      submitText="保存"
      onSubmit={(values) => save({ ...values, guideMonthFen: values.guideMonthFen ?? null })}
    >
      {HOURS.map(({ name, label, min, max, unit }) => (
        <Form.Item key={name} name={name} label={label}>
          <InputNumber min={min} max={max} precision={0} suffix={unit} style={{ width: 160 }} />
        </Form.Item>
      ))}
      <Form.Item name="conflictRule" label="同一张券断网时被两家店收了">
        <Radio.Group
          options={[
            { value: 'HQ_PAYS', label: '总部补给后一家' },
            { value: 'STORE_PAYS', label: '后一家自己承担' },
          ]}
        />
      </Form.Item>
      <Form.Item name="guideMonthFen" label="每位导购每月最多发出多少优惠" extra="按最坏情况算；不填就是不限">
        <YuanInput placeholder="不限" />
      </Form.Item>
    </FormDrawer>
  );
}
