import { Alert, Form, Input, InputNumber, Radio } from 'antd';
import { api } from '../../../lib/api';
import { useRefreshAssets } from '../../../lib/refresh';
import { optionsOf } from '../../../lib/words';
import { FormDrawer } from '../../../ui/form-drawer';
import { WaitingDrawer } from '../../../ui/waiting-drawer';
import { YuanInput } from '../../../ui/yuan-input';
import { useWalletSettings, type WalletSettings } from '../api';
import { POLICY } from '../model';

const MONEY: { name: keyof WalletSettings; label: string; extra: string }[] = [
  { name: 'balanceCapFen', label: '一个钱包最多存', extra: '本金加赠送；到了上限就不能再充' },
  { name: 'dailyCapFen', label: '一人一天最多充', extra: '超过时提示顾客明天再来' },
  { name: 'customMinFen', label: '自己填金额时最少充', extra: '' },
  { name: 'pinAboveFen', label: '付款超过多少要输支付密码', extra: '0 表示每次都要' },
];

/** Policy, caps with the law that sets them, and the agreement. Every save is a new version. */
export function SettingsDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const settings = useWalletSettings();
  const refresh = useRefreshAssets();
  const [form] = Form.useForm<WalletSettings>();
  if (!settings.data)
    return <WaitingDrawer title="储值的上限与协议" isOpen={isOpen} onClose={onClose} query={settings} />;
  const { version, ...initial } = settings.data;
  return (
    <FormDrawer<WalletSettings>
      title={`储值的上限与协议（第 ${version} 版）`}
      isOpen={isOpen}
      onClose={onClose}
      form={form}
      initial={initial}
      submitText={`发布第 ${version + 1} 版`}
      onSubmit={(values) => refresh(api.console.setWalletSettings({ body: { ...initial, ...values } }))}
      width={620}
      testId="wallet-settings-form"
    >
      <Alert
        type="info"
        showIcon
        style={{ marginBottom: 16 }}
        title={`上限依据：${initial.lawName}`}
        description={initial.lawText}
      />
      <div className="grid" style={{ gridTemplateColumns: '1fr 1fr', gap: '0 16px' }}>
        {MONEY.map(({ name, label, extra }) => (
          <Form.Item
            key={name}
            name={name}
            label={label}
            extra={extra}
            rules={[{ required: true, message: '请填写金额' }]}
          >
            <YuanInput />
          </Form.Item>
        ))}
      </div>
      <Form.Item name="policy" label="付款时先用哪一部分" extra="只影响之后充的钱；已经充的按当时的约定">
        <Radio.Group options={optionsOf(POLICY)} />
      </Form.Item>
      <Form.Item
        name="originalRouteDays"
        label="多少天内原路退回"
        extra="微信支付一年内可以原路退；更早的由总部银行转账"
      >
        <InputNumber min={1} max={365} precision={0} suffix="天" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item
        name="lawName"
        label="依据的法规"
        rules={[{ required: true, whitespace: true, message: '写明是哪部法规' }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item
        name="lawText"
        label="法规要点（顾客看得到）"
        rules={[{ required: true, whitespace: true, message: '请填写' }]}
      >
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item
        name="agreementText"
        label="储值协议"
        rules={[{ required: true, whitespace: true, message: '请填写' }]}
      >
        <Input.TextArea rows={7} maxLength={5000} showCount />
      </Form.Item>
    </FormDrawer>
  );
}
