import { Button, Form, Input, Select } from 'antd';
import { ActionFailed } from '../../../ui/states';
import { useShip } from '../api';

const COMPANIES = [
  '顺丰速运',
  '京东快递',
  '中通快递',
  '圆通速递',
  '申通快递',
  '韵达快递',
  '极兔速递',
  '中国邮政 EMS',
  '门店自送',
];

/** Ships an order: company and tracking number, checked before they are sent. */
export function ShipForm({ orderId }: { orderId: string }) {
  const ship = useShip(orderId);
  return (
    <section style={{ background: 'var(--amber-soft)', borderRadius: 8, padding: '12px 16px' }} aria-label="发货">
      <b>这单等着发货</b>
      <Form
        layout="inline"
        style={{ marginTop: 10, rowGap: 10 }}
        onFinish={(values: { company: string; trackingNo: string }) =>
          ship.mutate({ company: values.company, trackingNo: values.trackingNo.trim() })
        }
      >
        <Form.Item name="company" rules={[{ required: true, message: '请选择快递公司' }]}>
          <Select
            aria-label="快递公司"
            placeholder="快递公司"
            style={{ width: 150 }}
            options={COMPANIES.map((name) => ({ value: name, label: name }))}
            data-testid="ship-company"
          />
        </Form.Item>
        <Form.Item
          name="trackingNo"
          rules={[
            { required: true, message: '请填写单号' },
            { pattern: /^\s*[0-9A-Za-z-]{6,40}\s*$/, message: '单号是 6–40 位字母、数字或短横线' },
          ]}
        >
          <Input
            aria-label="快递单号"
            placeholder="快递单号"
            maxLength={40}
            style={{ width: 220 }}
            data-testid="ship-no"
          />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={ship.isPending} data-testid="ship-submit">
          确认发货
        </Button>
      </Form>
      {ship.error ? (
        <div style={{ marginTop: 10 }}>
          <ActionFailed error={ship.error} title="没有发货成功" />
        </div>
      ) : null}
    </section>
  );
}
