import { Button } from 'antd';
import { useState } from 'react';
import { countText } from '../../../lib/money';
import { useUrlFilters } from '../../../lib/url-state';
import { TextFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { ProductCell } from '../../../ui/product-cell';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { type PointsGood, usePointsGoods } from '../api';
import { GOOD_KIND } from '../model';
import { GoodDrawer } from './good-drawer';

const count = (key: string, title: string, of: (row: PointsGood) => number): Column<PointsGood> => ({
  key,
  title,
  width: 90,
  isRight: true,
  render: (row) => <span className="num">{countText(of(row))}</span>,
  text: of,
});

const COLUMNS: Column<PointsGood>[] = [
  {
    key: 'name',
    title: '东西',
    width: 300,
    isFixed: true,
    render: (row) => (
      <ProductCell
        name={row.name}
        code={row.description || GOOD_KIND[row.kind]}
        imageUrl={row.imageUrl || null}
        opens
      />
    ),
    text: (row) => row.name,
  },
  {
    key: 'kind',
    title: '怎么拿',
    width: 110,
    render: (row) => GOOD_KIND[row.kind],
    text: (row) => GOOD_KIND[row.kind],
  },
  count('points', '要多少积分', (row) => row.points),
  count('stock', '还剩', (row) => row.stock),
  count('taken', '已换', (row) => row.taken),
  {
    key: 'limit',
    title: '每人最多',
    width: 90,
    isRight: true,
    render: (row) => row.perPersonLimit ?? <span className="muted">不限</span>,
    text: (row) => row.perPersonLimit ?? '',
  },
  {
    key: 'listed',
    title: '状态',
    width: 100,
    render: (row) =>
      row.stock === 0 && row.isListed ? (
        <Status tone="warn">换完了</Status>
      ) : (
        <Status tone={row.isListed ? 'good' : 'off'}>{row.isListed ? '上架' : '没上架'}</Status>
      ),
    text: (row) => (row.isListed ? '上架' : '没上架'),
  },
];

/** What points buy. */
export function GoodList() {
  const [filters, setFilters] = useUrlFilters(['q']);
  const [editing, setEditing] = useState<PointsGood | 'new' | null>(null);
  return (
    <>
      <ListCard
        name="points-goods"
        title="积分商城"
        pages={usePointsGoods(filters.q)}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="points-good-row"
        onRow={setEditing}
        filters={
          <>
            <Button type="primary" onClick={() => setEditing('new')} data-testid="points-good-new">
              上新
            </Button>
            <TextFilter label="名称" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
          </>
        }
        empty={<Empty title="积分商城还空着" hint="放几样顾客愿意攒的东西，积分才有意思。" />}
      />
      {editing ? (
        <GoodDrawer
          key={editing === 'new' ? 'new' : editing.id}
          good={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </>
  );
}
