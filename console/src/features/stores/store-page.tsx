import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { api } from '../../lib/api';
import { useIsHq } from '../../lib/me';
import { STORE_TONE } from '../../lib/tones';
import type { Store } from '../../lib/types';
import { STORE_KIND, STORE_STATUS } from '../../lib/words';
import { PageFrame } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { Tabs, useTab } from '../../ui/tabs';
import { AreaTab } from './components/area-tab';
import { ClosingTab } from './components/closing-tab';
import { FeedTab } from './components/feed-tab';
import { PlanTab } from './components/plan-tab';
import { PriceHistory } from './components/price-history';
import { ServiceTab } from './components/service-tab';

const TABS = [
  { value: 'service', label: '营业与配送' },
  { value: 'area', label: '服务范围' },
  { value: 'plans', label: '价格计划' },
  { value: 'prices', label: '价格变动' },
  { value: 'feeds', label: '库存同步' },
];

function Desk({ store }: { store: Store }) {
  const isHq = useIsHq();
  const tabs = isHq ? [...TABS, { value: 'closing', label: '关店' }] : TABS;
  const [tab, setTab] = useTab(tabs);
  return (
    <PageFrame
      back="/stores"
      title={store.name}
      hint={
        <span className="row wrap">
          <Status tone={STORE_TONE[store.status]}>{STORE_STATUS[store.status]}</Status>
          <span className="num">{store.code}</span>
          <span>{STORE_KIND[store.kind]}</span>
          <span>
            {store.city}
            {store.district}
            {store.address}
          </span>
        </span>
      }
      actions={
        <Link className="link" to={`/listings?store=${store.id}`}>
          商品与库存
        </Link>
      }
    >
      <Tabs tabs={tabs} value={tab} onChange={setTab} testId="store-tab" />
      {tab === 'service' ? <ServiceTab storeId={store.id} /> : null}
      {tab === 'area' ? <AreaTab store={store} /> : null}
      {tab === 'plans' ? <PlanTab storeId={store.id} /> : null}
      {tab === 'prices' ? <PriceHistory storeId={store.id} /> : null}
      {tab === 'feeds' ? <FeedTab storeId={store.id} /> : null}
      {tab === 'closing' ? <ClosingTab store={store} /> : null}
    </PageFrame>
  );
}

/** One store: how it serves, whom it serves, what its goods cost when, and its end. */
export default function StorePage() {
  const { id = '' } = useParams();
  const store = useQuery({ queryKey: ['stores', 'one', id], queryFn: () => api.console.store({ params: { id } }) });
  return (
    <Loaded query={store} rows={12}>
      {(data) => <Desk key={id} store={data} />}
    </Loaded>
  );
}
