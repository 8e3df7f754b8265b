import { Checkbox, Segmented, Select } from 'antd';
import { useCategories } from '../../../lib/stores';
import { Field } from '../../../ui/field';
import { ProductsPicker } from '../../../ui/goods-pickers';
import { Card } from '../../../ui/page';
import { StoresPicker } from '../../../ui/stores-picker';
import type { PartProps, Terms } from './template-inputs';

/** Goods, stores and channels where it counts. */
export function ScopePart({ form, setTerms, problemOf }: PartProps) {
  const categories = useCategories();
  const { scope, stores, channels } = form.terms;
  const setScope = (part: Partial<Terms['scope']>) => setTerms({ scope: { ...scope, ...part } });
  const setStores = (part: Partial<Terms['stores']>) => setTerms({ stores: { ...stores, ...part } });
  return (
    <Card title="在哪里、买什么能用">
      <div className="stack">
        <Field label="商品" problem={problemOf('terms.scope')}>
          <Segmented
            options={[
              { value: 'ALL', label: '全部商品' },
              { value: 'CATEGORY', label: '按品类' },
              { value: 'PRODUCT', label: '按商品' },
            ]}
            value={scope.mode}
            onChange={(mode) => setScope({ mode: mode as Terms['scope']['mode'] })}
            style={{ alignSelf: 'flex-start' }}
          />
          {scope.mode === 'CATEGORY' ? (
            <Select
              mode="multiple"
              aria-label="品类"
              placeholder="选择品类"
              value={scope.categoryIds}
              options={(categories.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
              onChange={(categoryIds) => setScope({ categoryIds })}
              showSearch={{ optionFilterProp: 'label' }}
            />
          ) : null}
          {scope.mode === 'PRODUCT' ? (
            <ProductsPicker label="商品" value={scope.productIds} onChange={(productIds) => setScope({ productIds })} />
          ) : null}
          <Checkbox
            checked={scope.withPromotion}
            onChange={(event) => setScope({ withPromotion: event.target.checked })}
          >
            已经参加活动降价的商品也能用
          </Checkbox>
        </Field>
        {scope.mode === 'PRODUCT' ? null : (
          <Field label="除外的商品（选填）">
            <ProductsPicker
              label="除外的商品"
              value={scope.excludedProductIds}
              onChange={(excludedProductIds) => setScope({ excludedProductIds })}
            />
          </Field>
        )}
        <Field label="门店" problem={problemOf('terms.stores')}>
          <Segmented
            options={[
              { value: 'ALL', label: '全部门店' },
              { value: 'SELF', label: '只限直营店' },
              { value: 'LIST', label: '指定门店' },
              ...(stores.mode === 'REGION' ? [{ value: 'REGION', label: '指定区域' }] : []),
            ]}
            value={stores.mode}
            onChange={(mode) => setStores({ mode: mode as Terms['stores']['mode'] })}
            style={{ alignSelf: 'flex-start' }}
          />
          {stores.mode === 'LIST' ? (
            <StoresPicker
              value={stores.storeIds}
              onChange={(storeIds) => setStores({ storeIds })}
              placeholder="选择门店，点地区可以一次选中"
            />
          ) : null}
        </Field>
        {stores.mode === 'SELF' ? null : (
          <Field label="加盟店">
            <Segmented
              options={[
                { value: 'ALL', label: '都参加' },
                { value: 'OPT_IN', label: '加盟商自愿参加' },
                { value: 'NONE', label: '不参加' },
              ]}
              value={stores.franchise}
              onChange={(franchise) => setStores({ franchise: franchise as Terms['stores']['franchise'] })}
              style={{ alignSelf: 'flex-start' }}
              data-testid="template-franchise"
            />
          </Field>
        )}
        <Field label="渠道" problem={problemOf('terms.channels')}>
          <div className="row">
            <Checkbox
              checked={channels.online}
              onChange={(event) => setTerms({ channels: { ...channels, online: event.target.checked } })}
            >
              小程序下单
            </Checkbox>
            <Checkbox
              checked={channels.offline}
              onChange={(event) => setTerms({ channels: { ...channels, offline: event.target.checked } })}
            >
              到店核销
            </Checkbox>
          </div>
        </Field>
      </div>
    </Card>
  );
}
