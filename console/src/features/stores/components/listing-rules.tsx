import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { api } from '../../../lib/api';
import { useRefreshMall } from '../../../lib/refresh';
import { useAllStores, useCategories } from '../../../lib/stores';
import { optionsOf, STORE_KIND } from '../../../lib/words';
import { ActionButton } from '../../../ui/action-button';
import { FormDrawer } from '../../../ui/form-drawer';
import { Card } from '../../../ui/page';
import { Empty, Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { type ListingRule, useListingRules } from '../mall-api';
import { EFFECT } from '../mall-words';

type RuleForm = Parameters<typeof api.console.addListingRule>[0]['body'];
const TONE = { ALLOW: 'good', DENY: 'off', MUST_LIST: 'go' } as const;

const whereText = (rule: ListingRule) =>
  rule.storeName ?? (rule.storeKind ? `所有${STORE_KIND[rule.storeKind]}店` : '所有门店');
const whatText = (rule: ListingRule) =>
  rule.productName ?? (rule.categoryName ? `「${rule.categoryName}」品类` : '所有商品');

function AddDrawer({ onClose, onDone }: { onClose: () => void; onDone: (told: string) => void }) {
  const [form] = Form.useForm<RuleForm>();
  const [q, setQ] = useState('');
  const stores = useAllStores();
  const categories = useCategories();
  const products = useQuery({
    queryKey: ['products', 'pick', q],
    queryFn: () => api.console.products({ query: { limit: 30, q: q || undefined } }),
  });
  const refresh = useRefreshMall();
  const submit = async (values: RuleForm) => {
    const { listed, unlisted } = await refresh(
      api.console.addListingRule({ body: { ...values, note: values.note ?? '' } }),
    );
    onDone(`规则生效了：上架 ${listed} 个，下架 ${unlisted} 个。`);
  };
  return (
    <FormDrawer<RuleForm>
      title="添加上架规则"
      isOpen
      onClose={onClose}
      form={form}
      initial={{ effect: 'DENY', note: '' }}
      submitText="添加，马上生效"
      onSubmit={submit}
      testId="listing-rule-form"
    >
      <Form.Item name="effect" label="怎样">
        <Radio.Group options={optionsOf(EFFECT)} />
      </Form.Item>
      <Form.Item name="storeKind" label="哪类门店（不选就是全部）">
        <Select allowClear options={optionsOf(STORE_KIND)} />
      </Form.Item>
      <Form.Item name="storeId" label="或者只是某一家">
        <Select
          allowClear
          options={(stores.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          showSearch={{ optionFilterProp: 'label' }}
        />
      </Form.Item>
      <Form.Item name="categoryId" label="哪个品类（不选就是全部）">
        <Select allowClear options={(categories.data ?? []).map((one) => ({ value: one.id, label: one.name }))} />
      </Form.Item>
      <Form.Item name="productId" label="或者只是某一款">
        <Select
          allowClear
          showSearch={{ onSearch: setQ, filterOption: false }}
          options={(products.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} ${one.code}` }))}
          loading={products.isFetching}
        />
      </Form.Item>
      <Form.Item name="note" label="备注（选填）">
        <Input maxLength={60} />
      </Form.Item>
    </FormDrawer>
  );
}

/** Who may, must and must not sell what; the narrowest rule wins. */
export function ListingRules({ isHq }: { isHq: boolean }) {
  const rules = useListingRules();
  const refresh = useRefreshMall();
  const [isAdding, setAdding] = useState(false);
  const [told, setTold] = useState<string | null>(null);
  const add = isHq ? (
    <Button type="primary" onClick={() => setAdding(true)} data-testid="listing-rule-new">
      添加规则
    </Button>
  ) : null;
  return (
    <Card title="上架规则" extra={add}>
      <div className="stack tight">
        <span className="muted">范围小的规则先算；一样大时，不能卖 先于 必须卖 先于 可以卖。</span>
        {told ? <div className="good">{told}</div> : null}
        <Loaded query={rules}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title="没有规则" hint="每家店可以自己决定上架总部的哪些商品。" />
            ) : (
              <table className="plain" data-testid="listing-rules">
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.id}>
                      <td>
                        <Status tone={TONE[row.effect]}>{EFFECT[row.effect]}</Status>
                      </td>
                      <td>{whereText(row)}</td>
                      <td>{whatText(row)}</td>
                      <td className="muted">{row.note}</td>
                      <td className="right">
                        {isHq ? (
                          <ActionButton
                            size="small"
                            done="已移除"
                            run={() => refresh(api.console.removeListingRule({ params: { id: row.id } }))}
                            confirm={{
                              title: '移除这条规则？',
                              description: '已经上架或下架的先不变，之后门店可以自己改。',
                              okText: '移除',
                            }}
                          >
                            移除
                          </ActionButton>
                        ) : null}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
      </div>
      {isAdding ? <AddDrawer onClose={() => setAdding(false)} onDone={setTold} /> : null}
    </Card>
  );
}
