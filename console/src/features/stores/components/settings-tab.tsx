import { Checkbox, Form, InputNumber, Radio, Select, Switch } from 'antd';
import { api } from '../../../lib/api';
import { useRefreshMall } from '../../../lib/refresh';
import { useAllStores } from '../../../lib/stores';
import { optionsOf } from '../../../lib/words';
import { ActionButton } from '../../../ui/action-button';
import { BpInput } from '../../../ui/bp-input';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { YuanInput } from '../../../ui/yuan-input';
import { type MallSettings, useMallSettings } from '../mall-api';
import { BEARER, CROSS_SOURCE, ISOLATION, MALL_MODE } from '../mall-words';

type SettingsForm = MallSettings & { hasPriceLimit: boolean };

/** A number has to be there wherever its field is shown. */
const asked = (isShown: boolean) => (isShown ? [{ required: true, message: '填一个数，没有就填 0' }] : []);

function CrossStore({ source }: { source: MallSettings['crossStore']['source'] | undefined }) {
  const stores = useAllStores();
  const options = (stores.data ?? []).map((one) => ({ value: one.id, label: one.name }));
  return (
    <>
      <Form.Item name={['crossStore', 'source']} label="这家店没货时">
        <Radio.Group className="stack tight" options={optionsOf(CROSS_SOURCE)} />
      </Form.Item>
      <Form.Item
        name={['crossStore', 'warehouseStoreId']}
        label="总仓是哪一家"
        hidden={source !== 'WAREHOUSE'}
        rules={source === 'WAREHOUSE' ? [{ required: true, message: '选一家' }] : []}
      >
        <Select options={options} showSearch={{ optionFilterProp: 'label' }} />
      </Form.Item>
      <Form.Item
        name={['crossStore', 'maxDistanceM']}
        label="最远从多远的店发"
        hidden={source !== 'NEAREST'}
        rules={asked(source === 'NEAREST')}
      >
        <InputNumber min={0} max={5_000_000} step={1000} precision={0} suffix="米" style={{ width: 180 }} />
      </Form.Item>
      <div className="row" style={{ alignItems: 'flex-start', display: source === 'NONE' ? 'none' : 'flex' }}>
        <Form.Item name={['crossStore', 'costBearer']} label="代发的费用" className="grow">
          <Select options={optionsOf(BEARER)} />
        </Form.Item>
        <Form.Item
          name={['crossStore', 'costFen']}
          label="每单"
          style={{ width: 120 }}
          rules={asked(source !== 'NONE')}
        >
          <YuanInput most={100_000} />
        </Form.Item>
      </div>
    </>
  );
}

function Editor({ settings }: { settings: MallSettings }) {
  const [form] = Form.useForm<SettingsForm>();
  const source = Form.useWatch(['crossStore', 'source'], form) ?? settings.crossStore.source;
  const mode = Form.useWatch('mallMode', form) ?? settings.mallMode;
  const hasLimit = Form.useWatch('hasPriceLimit', form) ?? settings.approvals.priceBelowListBp !== null;
  const stores = useAllStores();
  const refresh = useRefreshMall();
  const save = async () => {
    const { hasPriceLimit, ...values } = await form.validateFields();
    const { approvals, crossStore, ...rest } = values;
    await refresh(
      api.console.updateMallSettings({
        body: {
          ...rest,
          version: settings.version,
          brandStoreId: rest.brandStoreId ?? null,
          crossStore: { ...crossStore, warehouseStoreId: crossStore.warehouseStoreId ?? null },
          approvals: { ...approvals, priceBelowListBp: hasPriceLimit ? (approvals.priceBelowListBp ?? 1000) : null },
        },
      }),
    );
  };
  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ ...settings, hasPriceLimit: settings.approvals.priceBelowListBp !== null }}
      data-testid="mall-form"
    >
      <div className="grid" style={{ gridTemplateColumns: 'repeat(3, minmax(0, 1fr))', alignItems: 'start' }}>
        <Card title="顾客逛哪家店">
          <Form.Item name="mallMode" label="商城模式">
            <Radio.Group className="stack tight" options={optionsOf(MALL_MODE)} />
          </Form.Item>
          <Form.Item name="brandStoreId" label="品牌商城由哪家发货" hidden={mode === 'STORE'}>
            <Select
              allowClear
              options={(stores.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
              showSearch={{ optionFilterProp: 'label' }}
            />
          </Form.Item>
          <Form.Item name="isolation" label="能不能逛别家">
            <Radio.Group className="stack tight" options={optionsOf(ISOLATION)} data-testid="mall-isolation" />
          </Form.Item>
          <Form.Item name="lastChosenDays" label="上次选的店记多久" rules={asked(true)}>
            <InputNumber min={0} max={365} precision={0} suffix="天" style={{ width: 140 }} />
          </Form.Item>
          <Form.Item name="linkPassDays" label="从导购的链接进店，多久不受这个限制" rules={asked(true)}>
            <InputNumber min={0} max={90} precision={0} suffix="天" style={{ width: 140 }} />
          </Form.Item>
          <Form.Item
            name="canPreorderPickup"
            label="打烊后可以预约明天自提"
            valuePropName="checked"
            style={{ marginBottom: 0 }}
          >
            <Switch />
          </Form.Item>
        </Card>
        <Card title="缺货时由别家代发">
          <CrossStore source={source} />
        </Card>
        <Card title="加盟商做这些要先问总部">
          <Form.Item name="hasPriceLimit" valuePropName="checked" style={{ marginBottom: 8 }}>
            <Checkbox>定价低于标价太多</Checkbox>
          </Form.Item>
          <Form.Item
            name={['approvals', 'priceBelowListBp']}
            hidden={!hasLimit}
            extra="低于标价超过这么多，就要总部同意"
          >
            <BpInput label="低于标价多少" unit="%" whole={100} min={0} max={10_000} />
          </Form.Item>
          <Form.Item name={['approvals', 'delisting']} valuePropName="checked" style={{ marginBottom: 8 }}>
            <Checkbox>下架不是必卖的商品</Checkbox>
          </Form.Item>
          <Form.Item name={['approvals', 'ownGoods']} valuePropName="checked" style={{ marginBottom: 0 }}>
            <Checkbox>上自己的商品</Checkbox>
          </Form.Item>
        </Card>
      </div>
      <div className="row" style={{ marginTop: 16 }}>
        <ActionButton
          type="primary"
          done="已保存"
          run={save}
          confirm={{
            title: '保存商城设置？',
            description: '顾客下次进来就按新的规则；已经下的单不变。',
            okText: '保存',
          }}
          testId="mall-save"
        >
          保存
        </ActionButton>
        <span className="muted small">三块设置一起保存，顾客下次进来生效。</span>
      </div>
    </Form>
  );
}

/** What the brand decides for all of its store malls. */
export function SettingsTab() {
  const settings = useMallSettings();
  return <Loaded query={settings}>{(data) => <Editor key={data.version} settings={data} />}</Loaded>;
}
