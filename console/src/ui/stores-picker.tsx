import { TreeSelect } from 'antd';
import { groupBy } from '../lib/group';
import { useAllStores } from '../lib/stores';

interface StoresPickerProps {
  value?: string[];
  onChange?: (ids: string[]) => void;
  placeholder: string;
  id?: string;
  testId?: string;
}

/** Several stores, by region: ticking a region ticks its stores. */
export function StoresPicker({ value = [], onChange, placeholder, id, testId }: StoresPickerProps) {
  const stores = useAllStores();
  const tree = groupBy(stores.data ?? [], (store) => store.regionName || '其他').map(([region, members]) => ({
    value: `region:${region}`,
    title: `${region}（${members.length} 家）`,
    children: members.map((store) => ({ value: store.id, title: store.name })),
  }));
  return (
    <TreeSelect
      id={id}
      aria-label="门店"
      treeCheckable
      allowClear
      showSearch={{ treeNodeFilterProp: 'title' }}
      loading={stores.isPending}
      treeData={tree}
      // Before the names are there a picked store would stand as its id.
      disabled={stores.isPending}
      value={stores.isPending ? [] : value}
      onChange={(ids: string[]) => onChange?.(ids.filter((one) => !one.startsWith('region:')))}
      showCheckedStrategy={TreeSelect.SHOW_CHILD}
      maxTagCount={4}
      placeholder={placeholder}
      style={{ width: '100%' }}
      data-testid={testId}
    />
  );
}
