import { Link } from 'react-router';
import { api } from '../../../lib/api';
import { exactCount } from '../../../lib/money';
import { useRefreshAssets } from '../../../lib/refresh';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { ActionButton } from '../../../ui/action-button';
import { TextFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { ProductCell } from '../../../ui/product-cell';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { type Exchange, useExchanges } from '../api';
import { EXCHANGE_TONE } from '../model';

function Cancel({ row }: { row: Exchange }) {
  const refresh = useRefreshAssets();
  if (row.state !== 'TO_PICKUP') return null;
  return (
    <ActionButton
      size="small"
      danger
      done="已取消"
      run={() => refresh(api.console.cancelPointsExchange({ params: { id: row.id } }))}
      confirm={{
        title: '取消这次兑换？',
        description: `${exactCount(row.points)} 积分原样还给顾客，有效期也不变。`,
        okText: '取消兑换',
      }}
      testId="exchange-cancel"
    >
      取消
    </ActionButton>
  );
}

const columnsOf = (isHq: boolean): Column<Exchange>[] => [
  {
    key: 'what',
    title: '换了什么',
    width: 260,
    isFixed: true,
    render: (row) => (
      <ProductCell name={`${row.name} ×${row.qty}`} code={row.exchangeNo} imageUrl={row.imageUrl || null} />
    ),
    text: (row) => `${row.exchangeNo} ${row.name}`,
  },
  {
    key: 'points',
    title: '用了',
    width: 100,
    isRight: true,
    render: (row) => <span className="num">{row.points}</span>,
    text: (row) => row.points,
  },
  {
    key: 'who',
    title: '会员',
    width: 120,
    render: (row) =>
      isHq ? (
        <Link className="link" to={`/members/${row.memberId}?tab=assets`}>
          {row.memberName ?? '会员'}
        </Link>
      ) : (
        (row.memberName ?? '会员')
      ),
    text: (row) => row.memberName ?? '',
  },
  { key: 'at', title: '时间', width: 120, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  {
    key: 'where',
    title: '领取',
    width: 200,
    render: (row) => (
      <>
        {row.storeName ?? <span className="muted">已放进券包</span>}
        {row.state === 'TO_PICKUP' && row.pickupUntil ? (
          <div className="muted small">
            留到 <When at={row.pickupUntil} />
          </div>
        ) : null}
      </>
    ),
    text: (row) => row.storeName ?? '',
  },
  {
    key: 'state',
    title: '状态',
    width: 110,
    render: (row) => <Status tone={EXCHANGE_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  ...(isHq
    ? [{ key: 'act', title: '', width: 110, isRight: true, render: (row: Exchange) => <Cancel row={row} /> }]
    : []),
];

/** Who took what for points, and what still waits to be fetched. */
export function ExchangeList({ isHq }: { isHq: boolean }) {
  const [filters, setFilters] = useUrlFilters(['q']);
  return (
    <ListCard
      name="points-exchanges"
      title="兑换记录"
      pages={useExchanges(filters.q)}
      columns={columnsOf(isHq)}
      rowKey={(row) => row.id}
      rowTestId="exchange-row"
      filters={
        <TextFilter label="名称、单号" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
      }
      empty={<Empty title="还没有人兑换" hint="顾客在小程序的积分商城里换了东西，会出现在这里。" />}
    />
  );
}
