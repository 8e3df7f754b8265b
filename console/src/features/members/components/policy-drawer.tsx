import { DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { api } from '../../../lib/api';
import { useAllStores } from '../../../lib/stores';
import { optionsOf } from '../../../lib/words';
import { FormDrawer } from '../../../ui/form-drawer';
import { WaitingDrawer } from '../../../ui/waiting-drawer';
import { type Policy, usePolicy, useRefreshPeople } from '../api';
import { GUIDE_CHANGE_RULE, JOIN_BY } from '../model';

const NUMBERS: { name: keyof Policy; label: string; min: number; max: number; suffix: string; extra: string }[] = [
  {
    name: 'candidateScore',
    label: '多像才请人来看',
    min: 1,
    max: 100,
    suffix: '分',
    extra: '低于这个分的不排进待合并',
  },
  {
    name: 'maxIdentifiers',
    label: '一个人最多几个号码',
    min: 3,
    max: 200,
    suffix: '个',
    extra: '再多就不自动合并，进异常日报',
  },
  {
    name: 'sharedPhoneLimit',
    label: '一个手机号最多几个人填',
    min: 2,
    max: 100,
    suffix: '人',
    extra: '再多就当作公用手机号',
  },
  {
    name: 'recycleIdleDays',
    label: '手机号换主人',
    min: 30,
    max: 1000,
    suffix: '天',
    extra: '原主人这么多天没动静，新主人验证后可以拿走这个号',
  },
];

function SubBrands() {
  const stores = useAllStores();
  const options = (stores.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <Form.List name="subBrands">
      {(fields, { add, remove }) => (
        <div className="stack tight" style={{ marginBottom: 24 }}>
          <div>子品牌</div>
          {fields.map(({ key, name }) => (
            <fieldset key={key} className="leg">
              <div className="row" style={{ alignItems: 'flex-start' }}>
                <Form.Item
                  name={[name, 'code']}
                  rules={[{ required: true, pattern: /^[A-Z0-9]{1,12}$/, message: '大写字母或数字' }]}
                >
                  <Input placeholder="代号，如 KIDS" maxLength={12} />
                </Form.Item>
                <Form.Item
                  name={[name, 'name']}
                  rules={[{ required: true, whitespace: true, message: '写个名字' }]}
                  className="grow"
                >
                  <Input placeholder="名字" maxLength={20} />
                </Form.Item>
                <Button
                  type="text"
                  aria-label="去掉这个子品牌"
                  icon={<DeleteOutlined />}
                  onClick={() => remove(name)}
                />
              </div>
              <Form.Item name={[name, 'storeIds']}>
                <Select
                  mode="multiple"
                  placeholder="哪些门店"
                  options={options}
                  showSearch={{ optionFilterProp: 'label' }}
                />
              </Form.Item>
              <Form.Item
                name={[name, 'joinBy']}
                rules={[{ required: true, message: '至少选一种' }]}
                style={{ marginBottom: 0 }}
              >
                <Select mode="multiple" placeholder="怎样算入会" options={optionsOf(JOIN_BY)} />
              </Form.Item>
            </fieldset>
          ))}
          <Button onClick={() => add({ code: '', name: '', storeIds: [], joinBy: ['PAY'] })}>添加子品牌</Button>
        </div>
      )}
    </Form.List>
  );
}

/** Who is a member, and who may be one person. */
export function PolicyDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const policy = usePolicy();
  const refresh = useRefreshPeople();
  const [form] = Form.useForm<Policy>();
  if (!policy.data) return <WaitingDrawer title="会员规则" isOpen={isOpen} onClose={onClose} query={policy} />;
  return (
    <FormDrawer<Policy>
      title="会员规则"
      isOpen={isOpen}
      onClose={onClose}
      form={form}
      initial={policy.data}
      submitText="保存"
      onSubmit={(values) => refresh(api.console.setMemberPolicy({ body: { ...policy.data, ...values } }))}
      width={600}
      testId="policy-form"
    >
      <Form.Item name="joinBy" label="做了哪件事就算会员" rules={[{ required: true, message: '至少选一种' }]}>
        <Checkbox.Group options={optionsOf(JOIN_BY)} />
      </Form.Item>
      <Form.Item name="guideChange" label="顾客换导购要谁同意">
        <Radio.Group options={optionsOf(GUIDE_CHANGE_RULE)} />
      </Form.Item>
      {NUMBERS.map(({ name, label, min, max, suffix, extra }) => (
        <Form.Item key={name} name={name} label={label} extra={extra} rules={[{ required: true, message: '请填写' }]}>
          <InputNumber min={min} max={max} precision={0} suffix={suffix} style={{ width: 160 }} />
        </Form.Item>
      ))}
      <SubBrands />
    </FormDrawer>
  );
}
