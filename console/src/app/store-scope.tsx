import { ShopOutlined } from '@ant-design/icons';
import { Select } from 'antd';
import { useLocation } from 'react-router';
import { groupBy } from '../lib/group';
import { useMe } from '../lib/me';
import { useAllStores } from '../lib/stores';
import { useUrlValue } from '../lib/url-state';
import { knownLabel } from '../ui/known-label';
import { isScoped } from './nav';

/** The store that the screens below are about; kept in the address as `store`, so that links carry it. */
export function StoreScope() {
  const { pathname } = useLocation();
  const [storeId, choose] = useUrlValue('store');
  const stores = useAllStores();
  const user = useMe();
  const everything = user.role === 'HQ' ? '全部门店' : '我的全部门店';
  if (!isScoped(pathname)) return <span className="muted">{everything}</span>;
  const options = groupBy(stores.data ?? [], (store) => store.regionName || '其他').map(([region, members]) => ({
    label: region,
    title: region,
    options: members.map((store) => ({ value: store.id, label: `${store.name} ${store.code}` })),
  }));
  return (
    <Select
      allowClear
      variant="filled"
      aria-label="门店范围"
      prefix={<ShopOutlined aria-hidden />}
      placeholder={everything}
      loading={stores.isPending}
      value={storeId ?? undefined}
      options={options}
      labelRender={knownLabel(stores.isPending ? '正在找门店…' : '看不到的门店')}
      onChange={(id?: string) => choose(id ?? null)}
      showSearch={{ optionFilterProp: 'label' }}
      style={{ width: '100%', maxWidth: 300 }}
      data-testid="store-scope"
    />
  );
}
