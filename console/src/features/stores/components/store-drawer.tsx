import { Alert, Checkbox, Descriptions, Drawer, Form, Input, InputNumber, Radio, Select } from 'antd';
import { moneyText } from '../../../lib/money';
import type { Store } from '../../../lib/types';
import { COLLECT_MODE, optionsOf, STORE_KIND, STORE_STATUS } from '../../../lib/words';
import { FormDrawer } from '../../../ui/form-drawer';
import { PictureInput } from '../../../ui/picture-input';
import { useFocusBack } from '../../../ui/use-focus-back';
import { YuanInput } from '../../../ui/yuan-input';
import { useSaveStore } from '../api';
import { consequenceOf, formOf, type StoreForm, updateOf } from '../model';

const TIME = /^([01]\d|2[0-4]):[0-5]\d$/;

function ReadOnly({ store, onClose }: { store: Store; onClose: () => void }) {
  useFocusBack();
  return (
    <Drawer title={store.name} open onClose={onClose} size={520}>
      <Descriptions
        column={1}
        items={[
          { key: 'status', label: '状态', children: STORE_STATUS[store.status] },
          { key: 'kind', label: '类型', children: STORE_KIND[store.kind] },
          { key: 'collect', label: '收款', children: COLLECT_MODE[store.collectMode] },
          { key: 'mchid', label: '特约商户号', children: store.subMchid ?? '—' },
          { key: 'hours', label: '营业时间', children: `${store.hours.open}–${store.hours.close}` },
          { key: 'address', label: '地址', children: `${store.city}${store.district}${store.address}` },
          { key: 'phone', label: '电话', children: store.phone },
          { key: 'fee', label: '运费', children: moneyText(store.deliveryFeeFen) },
          { key: 'radius', label: '服务范围', children: `${store.serviceRadiusM} 米` },
        ]}
      />
      <p className="muted small">要修改这些内容，请联系总部。</p>
    </Drawer>
  );
}

function MoneyFields({ collectMode }: { collectMode: Store['collectMode'] }) {
  return (
    <>
      <Form.Item name="collectMode" label="谁收款">
        <Radio.Group options={optionsOf(COLLECT_MODE)} />
      </Form.Item>
      <Form.Item
        name="subMchid"
        label="特约商户号"
        extra={collectMode === 'STORE' ? '顾客的钱直接进这个商户号' : '品牌收款时用不到，可以留着'}
        rules={[
          { pattern: /^\s*\d{8,12}\s*$/, message: '商户号是 8–12 位数字' },
          { required: collectMode === 'STORE', message: '门店收款需要填写特约商户号' },
        ]}
      >
        <Input maxLength={12} inputMode="numeric" className="num" data-testid="store-mchid" />
      </Form.Item>
      <Form.Item name="deliveryFeeFen" label="运费" rules={[{ required: true, message: '请填写运费，免运费填 0' }]}>
        <YuanInput most={100_000} testId="store-fee" />
      </Form.Item>
    </>
  );
}

interface StoreDrawerProps {
  store: Store;
  isHq: boolean;
  onClose: () => void;
}

/** Headquarters edits a store; a franchisee reads it. */
export function StoreDrawer({ store, isHq, onClose }: StoreDrawerProps) {
  const [form] = Form.useForm<StoreForm>();
  const typed = Form.useWatch([], form) as Partial<StoreForm> | undefined;
  const now: StoreForm = { ...formOf(store), ...typed };
  const save = useSaveStore();
  if (!isHq) return <ReadOnly store={store} onClose={onClose} />;
  const consequence = consequenceOf(store, now);
  return (
    <FormDrawer<StoreForm>
      title={`${store.name}（${store.code}）`}
      isOpen
      onClose={onClose}
      form={form}
      initial={formOf(store)}
      submitText={consequence ? '我知道影响，保存' : '保存'}
      onSubmit={(values) => save(store.id, updateOf(store, values))}
      testId="store-form"
    >
      <Form.Item
        name="name"
        label="门店名"
        rules={[{ required: true, min: 2, whitespace: true, message: '至少两个字' }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="imageUrl" label="门头照片" extra="顾客在选门店时看到，横着拍更好认">
        <PictureInput label="门头照片" testId="store-picture" onRemove={() => form.setFieldValue('imageUrl', '')} />
      </Form.Item>
      <Form.Item name="status" label="状态">
        <Select options={optionsOf(STORE_STATUS)} data-testid="store-status" />
      </Form.Item>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Form.Item
          name="open"
          label="开门"
          rules={[{ required: true, pattern: TIME, message: '如 10:00' }]}
          className="grow"
        >
          <Input className="num" maxLength={5} />
        </Form.Item>
        <Form.Item
          name="close"
          label="打烊"
          rules={[{ required: true, pattern: TIME, message: '如 22:00' }]}
          className="grow"
        >
          <Input className="num" maxLength={5} />
        </Form.Item>
      </div>
      <MoneyFields collectMode={now.collectMode} />
      <Form.Item label="履约方式" style={{ marginBottom: 8 }}>
        <div className="row">
          <Form.Item name="canShip" valuePropName="checked" noStyle>
            <Checkbox>快递发货</Checkbox>
          </Form.Item>
          <Form.Item name="canPickup" valuePropName="checked" noStyle>
            <Checkbox>到店自提</Checkbox>
          </Form.Item>
        </div>
      </Form.Item>
      <Form.Item
        name="serviceRadiusM"
        label="服务范围（米）"
        extra="定位在范围内的顾客会优先进入这家店"
        rules={[{ required: true, message: '请填写 100–100000 米' }]}
      >
        <InputNumber min={100} max={100_000} precision={0} step={500} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="phone"
        label="电话"
        rules={[{ required: true, min: 5, whitespace: true, message: '请填写电话' }]}
      >
        <Input maxLength={20} />
      </Form.Item>
      {consequence ? (
        <Alert
          type="warning"
          showIcon
          title="保存之后"
          description={<span style={{ whiteSpace: 'pre-line' }}>{consequence}</span>}
        />
      ) : null}
    </FormDrawer>
  );
}
