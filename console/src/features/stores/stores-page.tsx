import { useState } from 'react';
import { Link } from 'react-router';
import { useIsHq } from '../../lib/me';
import { moneyText, plainYuan } from '../../lib/money';
import { useAllStores } from '../../lib/stores';
import { STORE_TONE } from '../../lib/tones';
import type { Store } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { COLLECT_MODE, STORE_KIND, STORE_STATUS } from '../../lib/words';
import { Choice, TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import type { Column } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { TwoFacts } from '../../ui/two-facts';
import { STORE_FILTERS, useFranchisees, useStores } from './api';
import { StoreDrawer } from './components/store-drawer';

const fulfilText = (row: Store): string =>
  [row.canShip ? '快递' : '', row.canPickup ? '自提' : ''].filter(Boolean).join('、');
const hoursText = (row: Store): string => `${row.hours.open}–${row.hours.close}`;

const COLUMNS: Column<Store>[] = [
  {
    key: 'name',
    title: '门店',
    width: 180,
    isFixed: true,
    render: (row) => (
      <>
        <button type="button" className="link clip" style={{ maxWidth: 206 }} title={row.name}>
          {row.name}
        </button>
        <div className="muted small num">{row.code}</div>
      </>
    ),
    text: (row) => `${row.code} ${row.name}`,
  },
  {
    key: 'status',
    title: '状态',
    width: 84,
    render: (row) => <Status tone={STORE_TONE[row.status]}>{STORE_STATUS[row.status]}</Status>,
    text: (row) => STORE_STATUS[row.status],
  },
  {
    key: 'kind',
    title: '类型',
    width: 140,
    render: (row) => (
      <TwoFacts first={STORE_KIND[row.kind]} second={row.franchiseeName} title={row.franchiseeName ?? undefined} />
    ),
    text: (row) => STORE_KIND[row.kind],
    beneath: [{ title: '加盟商', text: (row) => row.franchiseeName ?? '' }],
  },
  {
    key: 'collect',
    title: '收款',
    width: 116,
    render: (row) => (
      <>
        {COLLECT_MODE[row.collectMode]}
        {row.collectMode === 'STORE' ? (
          <div className={`small num ${row.subMchid ? 'muted' : 'danger'}`}>{row.subMchid ?? '缺特约商户号'}</div>
        ) : null}
      </>
    ),
    text: (row) => `${COLLECT_MODE[row.collectMode]} ${row.subMchid ?? ''}`.trim(),
  },
  {
    key: 'city',
    title: '城市和营业时间',
    width: 132,
    render: (row) => (
      <TwoFacts first={`${row.city} ${row.district}`} second={<span className="num">{hoursText(row)}</span>} />
    ),
    text: (row) => `${row.city} ${row.district}`,
    beneath: [{ title: '营业时间', text: hoursText }],
  },
  {
    key: 'fulfil',
    title: '怎么拿货',
    width: 116,
    render: (row) => (
      <TwoFacts
        first={fulfilText(row) || <span className="muted">—</span>}
        second={row.canShip ? (row.deliveryFeeFen === 0 ? '免运费' : `运费 ${moneyText(row.deliveryFeeFen)}`) : null}
      />
    ),
    text: fulfilText,
    beneath: [{ title: '运费', text: (row) => plainYuan(row.deliveryFeeFen) }],
  },
  {
    key: 'desk',
    title: '更多',
    width: 108,
    render: (row) => (
      <Link
        className="link"
        to={`/stores/${row.id}`}
        onClick={(event) => event.stopPropagation()}
        data-testid="store-desk"
      >
        配送与价格
      </Link>
    ),
  },
  {
    key: 'guides',
    title: '导购',
    width: 60,
    isRight: true,
    render: (row) => <span className="num">{row.guideCount}</span>,
    text: (row) => row.guideCount,
  },
  {
    key: 'listed',
    title: '在售',
    width: 64,
    isRight: true,
    render: (row) => <span className="num">{row.listedCount}</span>,
    text: (row) => row.listedCount,
  },
  {
    key: 'address',
    title: '地址',
    width: 240,
    isExtra: true,
    render: (row) => row.address,
    text: (row) => row.address,
  },
  {
    key: 'phone',
    title: '电话',
    width: 130,
    isExtra: true,
    render: (row) => <span className="num">{row.phone}</span>,
    text: (row) => row.phone,
  },
];

export default function StoresPage() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(STORE_FILTERS);
  const [open, setOpen] = useState<Store | null>(null);
  const stores = useStores(filters);
  const all = useAllStores();
  const franchisees = useFranchisees(isHq);
  const cities = [...new Set((all.data ?? []).map((store) => store.city))].map((city) => ({
    value: city,
    label: city,
  }));
  return (
    <PageFrame
      title="门店"
      hint={
        isHq ? '门店怎么收款、什么时候营业、怎么送货，都在这里改。' : '这里是你名下的门店；收款方式和商户号由总部维护。'
      }
    >
      <ListCard
        name="stores"
        title="门店"
        pages={stores}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="store-row"
        onRow={setOpen}
        filters={
          <>
            <TextFilter label="门店名、编号" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
            <Choice
              label="城市"
              isSearchable
              value={filters.city}
              options={cities}
              onChange={(city) => setFilters({ city })}
            />
            {isHq ? (
              <Choice
                label="加盟商"
                width={180}
                isSearchable
                value={filters.franchisee}
                options={(franchisees.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
                onChange={(franchisee) => setFilters({ franchisee })}
              />
            ) : null}
          </>
        }
        empty={<Empty title="没有符合条件的门店" hint="换个条件再找找。" />}
      />
      {open ? <StoreDrawer key={open.id} store={open} isHq={isHq} onClose={() => setOpen(null)} /> : null}
    </PageFrame>
  );
}
