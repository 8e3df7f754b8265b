import { DeleteOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useEffect } from 'react';
import { api } from '../../../lib/api';
import { useRefreshMall } from '../../../lib/refresh';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { UNREADABLE, UnreadableFields, useUnreadable } from '../../../ui/unreadable';
import { YuanInput } from '../../../ui/yuan-input';
import { type Service, useService } from '../mall-api';

const CLOCK = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: '如 10:00', required: true };
const DAYS = ['一', '二', '三', '四', '五', '六', '日'].map((day, at) => ({ value: at + 1, label: `周${day}` }));
/** 每天, 工作日, 周末, or the days one by one. */
function daysText(days: readonly number[]): string {
  const sorted = [...days].sort((a, b) => a - b).join('');
  const known = { '1234567': '每天', '12345': '周一至周五', '67': '周末' }[sorted];
  return known ?? `周${[...sorted].map((day) => DAYS[Number(day) - 1]?.label.slice(1)).join('、')}`;
}

const number = (name: string[], label: string, suffix: string, min: number, max: number) => (
  <Form.Item name={name} label={label} rules={[{ required: true, message: '请填写' }]}>
    <InputNumber min={min} max={max} precision={0} suffix={suffix} style={{ width: 140 }} />
  </Form.Item>
);
const time = (name: (string | number)[], label?: string) => (
  <Form.Item name={name} label={label} rules={[CLOCK]} style={label ? {} : { marginBottom: 0 }}>
    <Input className="num" maxLength={5} style={{ width: 90 }} />
  </Form.Item>
);

function Tiers() {
  return (
    <Form.List name={['delivery', 'tiers']}>
      {(fields, { add, remove }) => (
        <Form.Item label="按距离收费">
          <div className="stack tight">
            {fields.map(({ key, name }) => (
              <div key={key} className="row" data-testid="fee-tier">
                <Form.Item name={[name, 'upToM']} noStyle>
                  <InputNumber min={100} max={50_000} step={500} precision={0} suffix="米以内" style={{ width: 150 }} />
                </Form.Item>
                <div style={{ width: 110 }}>
                  <Form.Item name={[name, 'feeFen']} noStyle>
                    <YuanInput most={100_000} />
                  </Form.Item>
                </div>
                <Button
                  type="text"
                  aria-label="去掉"
                  icon={<DeleteOutlined />}
                  disabled={fields.length === 1}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              style={{ alignSelf: 'flex-start' }}
              disabled={fields.length >= 10}
              onClick={() => add({ upToM: 5000, feeFen: 800 })}
            >
              再加一段
            </Button>
          </div>
        </Form.Item>
      )}
    </Form.List>
  );
}

function Slots() {
  return (
    <Form.List name={['delivery', 'slots']}>
      {(fields, { add, remove }) => (
        <Form.Item label="送货时段">
          <div className="stack tight">
            {fields.map(({ key, name }) => (
              <div key={key} className="row" data-testid="slot">
                <Form.Item name={[name, 'weekdays']} noStyle>
                  <Select
                    mode="multiple"
                    options={DAYS}
                    maxTagCount={0}
                    maxTagPlaceholder={(picked) => daysText(picked.map(({ value }) => Number(value)))}
                    style={{ width: 190 }}
                    placeholder="星期几"
                  />
                </Form.Item>
                {time([name, 'from'])}–{time([name, 'to'])}
                <Form.Item name={[name, 'capacity']} noStyle>
                  <InputNumber min={1} max={9999} precision={0} suffix="单" style={{ width: 96 }} />
                </Form.Item>
                <Button type="text" aria-label="去掉" icon={<DeleteOutlined />} onClick={() => remove(name)} />
              </div>
            ))}
            <Button
              style={{ alignSelf: 'flex-start' }}
              disabled={fields.length >= 30}
              onClick={() => add({ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '12:00', capacity: 20 })}
            >
              再加一段
            </Button>
          </div>
        </Form.Item>
      )}
    </Form.List>
  );
}

function Editor({ service }: { service: Service }) {
  const [form] = Form.useForm<Service>();
  const refresh = useRefreshMall();
  const { hasUnreadable, report } = useUnreadable();
  const { version } = service;
  // A newer version fills the form; a mere reload leaves alone what is being typed, and the button what it says.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the version counts.
  useEffect(() => form.setFieldsValue(service), [form, version]);
  const save = async () => {
    const { hours, canShip, pickup, delivery } = await form.validateFields();
    await refresh(
      api.console.updateStoreService({
        params: { id: service.storeId },
        body: {
          version: service.version,
          hours,
          canShip,
          pickup,
          delivery: { ...delivery, freeFromFen: delivery.freeFromFen ?? null, slots: delivery.slots ?? [] },
        },
      }),
    );
  };
  return (
    <Form form={form} layout="vertical" initialValues={service} requiredMark={false} data-testid="service-form">
      <UnreadableFields value={report}>
        <div
          className="grid"
          style={{ gridTemplateColumns: 'minmax(280px, 0.8fr) minmax(0, 1.4fr)', alignItems: 'start' }}
        >
          <div className="stack">
            <Card title="营业与快递">
              <div className="row">
                {time(['hours', 'open'], '开门')}
                {time(['hours', 'close'], '打烊')}
              </div>
              <Form.Item name="canShip" label="快递发货" valuePropName="checked" style={{ marginBottom: 0 }}>
                <Switch />
              </Form.Item>
            </Card>
            <Card
              title="到店自提"
              extra={
                <Form.Item name={['pickup', 'isOn']} valuePropName="checked" noStyle>
                  <Switch aria-label="到店自提" />
                </Form.Item>
              }
            >
              <div className="row">
                {time(['pickup', 'from'], '几点起')}
                {time(['pickup', 'to'], '到几点')}
              </div>
              <div className="row">
                {number(['pickup', 'readyMinutes'], '多久备好', '分钟', 0, 2880)}
                {number(['pickup', 'holdDays'], '最多留几天', '天', 1, 30)}
              </div>
            </Card>
          </div>
          <Card
            title="同城配送"
            extra={
              <Form.Item name={['delivery', 'isOn']} valuePropName="checked" noStyle>
                <Switch aria-label="同城配送" />
              </Form.Item>
            }
          >
            <div className="row wrap" style={{ alignItems: 'flex-start' }}>
              {number(['delivery', 'radiusM'], '送多远', '米', 100, 50_000)}
              {number(['delivery', 'leadMinutes'], '提前多久', '分钟', 0, 2880)}
              <Form.Item
                name={['delivery', 'minFen']}
                label="多少起送"
                style={{ width: 120 }}
                rules={[{ required: true, message: '不限就填 0' }]}
              >
                <YuanInput />
              </Form.Item>
              <Form.Item name={['delivery', 'freeFromFen']} label="满多少免费" style={{ width: 120 }}>
                <YuanInput placeholder="不免" />
              </Form.Item>
            </div>
            <Tiers />
            <Slots />
          </Card>
        </div>
      </UnreadableFields>
      <div className="row" style={{ marginTop: 16 }}>
        <ActionButton type="primary" done="已保存" disabled={hasUnreadable} run={save} testId="service-save">
          保存
        </ActionButton>
        {hasUnreadable ? <span className="danger small">{UNREADABLE}</span> : null}
      </div>
    </Form>
  );
}

/** Hours, pickup and local delivery; a franchisee keeps those of its own stores. */
export function ServiceTab({ storeId }: { storeId: string }) {
  const service = useService(storeId);
  return <Loaded query={service}>{(data) => <Editor service={data} />}</Loaded>;
}
