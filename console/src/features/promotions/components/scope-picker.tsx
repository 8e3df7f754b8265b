import { Segmented, Select } from 'antd';
import { useCategories } from '../../../lib/stores';
import { Field } from '../../../ui/field';
import { ProductsPicker, SkusPicker } from '../../../ui/goods-pickers';
import type { PromotionForm } from '../model';

type Scope = PromotionForm['scope'];
const KINDS: { value: Scope['kind']; label: string }[] = [
  { value: 'ALL', label: '全部商品' },
  { value: 'CATEGORIES', label: '按品类' },
  { value: 'PRODUCTS', label: '按商品' },
  { value: 'SKUS', label: '按规格' },
];

/** Which goods take part, and which are left out. */
export function ScopePicker({ scope, onChange }: { scope: Scope; onChange: (scope: Scope) => void }) {
  const categories = useCategories();
  const setIds = (ids: string[]) => onChange({ ...scope, ids });
  return (
    <div className="stack">
      <Field label="哪些商品参加">
        <Segmented
          options={KINDS}
          value={scope.kind}
          onChange={(kind) => onChange({ ...scope, kind, ids: [] })}
          style={{ alignSelf: 'flex-start' }}
          data-testid="scope-kind"
        />
        {scope.kind === 'CATEGORIES' ? (
          <Select
            mode="multiple"
            aria-label="品类"
            placeholder="选择品类"
            value={scope.ids}
            options={(categories.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
            onChange={setIds}
            showSearch={{ optionFilterProp: 'label' }}
            data-testid="scope-categories"
          />
        ) : null}
        {scope.kind === 'PRODUCTS' ? (
          <ProductsPicker label="商品" value={scope.ids} onChange={setIds} testId="scope-products" />
        ) : null}
        {scope.kind === 'SKUS' ? (
          <SkusPicker label="规格" value={scope.ids} onChange={setIds} testId="scope-skus" />
        ) : null}
      </Field>
      {scope.kind === 'ALL' || scope.kind === 'CATEGORIES' ? (
        <Field label="不参加的商品（选填）">
          <ProductsPicker
            label="不参加的商品"
            value={scope.exceptProductIds}
            onChange={(exceptProductIds) => onChange({ ...scope, exceptProductIds })}
          />
        </Field>
      ) : null}
    </div>
  );
}
