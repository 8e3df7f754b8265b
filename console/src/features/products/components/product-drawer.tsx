import { Alert, Form, Input, Radio } from 'antd';
import type { Product } from '../../../lib/types';
import { optionsOf } from '../../../lib/words';
import { FormDrawer } from '../../../ui/form-drawer';
import { YuanInput } from '../../../ui/yuan-input';
import { useSaveProduct } from '../api';
import { corridorProblem, PRODUCT_STATUS } from '../model';

interface ProductForm {
  name: string;
  subtitle: string;
  status: Product['status'];
  listPriceFen: number | null;
  floorFen: number | null;
  ceilingFen: number | null;
}

/** Headquarters changes a product, its list price and the corridor of the stores' own prices. */
export function ProductDrawer({ product, onClose }: { product: Product; onClose: () => void }) {
  const [form] = Form.useForm<ProductForm>();
  const save = useSaveProduct();
  const submit = (values: ProductForm) =>
    save(product.id, {
      version: product.version,
      name: values.name.trim(),
      subtitle: values.subtitle.trim(),
      status: values.status,
      listPriceFen: values.listPriceFen ?? undefined,
      floorFen: values.floorFen ?? undefined,
      ceilingFen: values.ceilingFen ?? undefined,
    });
  const amountRule = { required: true, message: '写上金额，最多两位小数' };
  const corridorRule = {
    validator: async () => {
      const corridor = form.getFieldsValue(['listPriceFen', 'floorFen', 'ceilingFen']);
      // A field that is empty says so itself.
      if (Object.values(corridor).includes(null)) return;
      const problem = corridorProblem(corridor);
      if (problem) throw new Error(problem);
    },
  };
  return (
    <FormDrawer<ProductForm>
      title={`${product.name}（${product.code}）`}
      isOpen
      onClose={onClose}
      form={form}
      initial={product}
      submitText="保存"
      onSubmit={submit}
      testId="product-form"
    >
      <Form.Item name="name" label="名称" rules={[{ required: true, min: 2, whitespace: true, message: '至少两个字' }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="subtitle" label="卖点一句话（选填）">
        <Input maxLength={80} showCount />
      </Form.Item>
      <Form.Item name="status" label="状态" extra="下架后所有门店都不再售卖，已有订单不受影响">
        <Radio.Group options={optionsOf(PRODUCT_STATUS)} />
      </Form.Item>
      <Form.Item name="listPriceFen" label="标价" rules={[amountRule]}>
        <YuanInput testId="product-price" />
      </Form.Item>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <Form.Item name="floorFen" label="门店最低价" className="grow" rules={[amountRule]}>
          <YuanInput testId="product-floor" />
        </Form.Item>
        <Form.Item
          name="ceilingFen"
          label="门店最高价"
          className="grow"
          dependencies={['listPriceFen', 'floorFen']}
          rules={[amountRule, corridorRule]}
        >
          <YuanInput testId="product-ceiling" />
        </Form.Item>
      </div>
      <Alert
        type="info"
        showIcon
        title={`会影响 ${product.listedStoreCount} 家上架门店`}
        description="没有自己定价的门店会跟着标价走；自己定的价如果超出新的走廊，会被拉回边上。"
      />
    </FormDrawer>
  );
}
