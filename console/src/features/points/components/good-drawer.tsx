import { Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { api } from '../../../lib/api';
import { useCouponChoices } from '../../../lib/coupon-choices';
import { useRefreshAssets } from '../../../lib/refresh';
import { optionsOf } from '../../../lib/words';
import { FormDrawer } from '../../../ui/form-drawer';
import { PictureInput } from '../../../ui/picture-input';
import type { GoodInput, PointsGood } from '../api';
import { GOOD_KIND } from '../model';

const NEW: GoodInput = {
  kind: 'GOODS',
  name: '',
  imageUrl: '',
  description: '',
  points: 500,
  stock: 10,
  perPersonLimit: null,
  couponTemplateId: null,
  isListed: true,
  position: 10,
};

const inputOf = (good: PointsGood): GoodInput => ({
  kind: good.kind,
  name: good.name,
  imageUrl: good.imageUrl,
  description: good.description,
  points: good.points,
  stock: good.stock,
  perPersonLimit: good.perPersonLimit,
  couponTemplateId: good.couponTemplateId,
  isListed: good.isListed,
  position: good.position,
});

/** One thing that points buy: goods to fetch in a store, or a coupon. */
export function GoodDrawer({ good, onClose }: { good: PointsGood | null; onClose: () => void }) {
  const [form] = Form.useForm<GoodInput>();
  const kind = Form.useWatch('kind', form) ?? good?.kind ?? 'GOODS';
  const coupons = useCouponChoices(kind === 'COUPON');
  const refresh = useRefreshAssets();
  const submit = (values: GoodInput) => {
    const body: GoodInput = {
      ...values,
      name: values.name.trim(),
      perPersonLimit: values.perPersonLimit ?? null,
      couponTemplateId: values.kind === 'COUPON' ? (values.couponTemplateId ?? null) : null,
    };
    return refresh(
      good ? api.console.changePointsGood({ params: { id: good.id }, body }) : api.console.createPointsGood({ body }),
    );
  };
  const number = (name: 'points' | 'stock' | 'position', label: string, min: number, max: number, extra?: string) => (
    <Form.Item name={name} label={label} extra={extra} rules={[{ required: true, message: '请填写' }]} className="grow">
      <InputNumber min={min} max={max} precision={0} style={{ width: '100%' }} data-testid={`good-${name}`} />
    </Form.Item>
  );
  return (
    <FormDrawer<GoodInput>
      title={good ? good.name : '上新'}
      isOpen
      onClose={onClose}
      form={form}
      initial={good ? inputOf(good) : NEW}
      submitText={good ? '保存' : '上新'}
      onSubmit={submit}
      testId="points-good-form"
    >
      <Form.Item name="kind" label="怎么拿">
        <Radio.Group options={optionsOf(GOOD_KIND)} disabled={good !== null} />
      </Form.Item>
      <Form.Item
        name="imageUrl"
        label={kind === 'COUPON' ? '图片（选填）' : '图片'}
        rules={[{ required: kind !== 'COUPON', message: '传一张图片，顾客看着换' }]}
      >
        <PictureInput label="图片" testId="good-picture" />
      </Form.Item>
      <Form.Item name="name" label="名称" rules={[{ required: true, whitespace: true, message: '写个名字' }]}>
        <Input maxLength={60} data-testid="good-name" />
      </Form.Item>
      <Form.Item name="description" label="说明（选填）">
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      {kind === 'COUPON' ? (
        <Form.Item name="couponTemplateId" label="哪张券" rules={[{ required: true, message: '选一张券' }]}>
          <Select
            options={(coupons.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
            loading={coupons.isPending}
          />
        </Form.Item>
      ) : null}
      <div className="row" style={{ alignItems: 'flex-start' }}>
        {number('points', '要多少积分', 1, 10_000_000)}
        {number('stock', '还有几件', 0, 1_000_000)}
      </div>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Form.Item name="perPersonLimit" label="每人最多（不填就不限）" className="grow">
          <InputNumber min={1} max={1000} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        {number('position', '排第几', 0, 9999)}
      </div>
      <Form.Item name="isListed" label="上架" valuePropName="checked">
        <Switch />
      </Form.Item>
    </FormDrawer>
  );
}
