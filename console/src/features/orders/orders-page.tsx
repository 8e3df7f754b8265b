import type { ReactNode } from 'react';
import { exactText } from '../../lib/time';
import { ORDER_TONE } from '../../lib/tones';
import type { OrderRow } from '../../lib/types';
import { useUrlFilters, useUrlValue } from '../../lib/url-state';
import { CHANNEL, ORDER_STATE, optionsOf } from '../../lib/words';
import { Choice, DaysFilter, TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import { type Column, moneyColumn } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { TwoFacts } from '../../ui/two-facts';
import { When } from '../../ui/when';
import { ORDER_FILTERS, useOrders } from './api';
import { OrderDrawer } from './components/order-drawer';
import { goodsText } from './model';

const goodsLines = (row: OrderRow): string[] => row.lines.map((line) => `${line.name} ${line.spec} ×${line.qty}`);

const COLUMNS: Column<OrderRow>[] = [
  {
    key: 'orderNo',
    title: '订单',
    width: 176,
    isFixed: true,
    render: (row) => (
      <TwoFacts
        first={
          <button type="button" className="link num">
            {row.orderNo}
          </button>
        }
        second={
          <>
            <When at={row.createdAt} /> · {CHANNEL[row.channel]}
          </>
        }
      />
    ),
    text: (row) => row.orderNo,
    beneath: [
      { title: '下单时间', text: (row) => exactText(row.createdAt) },
      { title: '渠道', text: (row) => CHANNEL[row.channel] },
    ],
  },
  {
    key: 'state',
    title: '状态',
    width: 96,
    render: (row) => <Status tone={ORDER_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  {
    key: 'goods',
    title: '商品',
    width: 190,
    render: (row) => (
      <div className="clip" title={goodsLines(row).join('\n')}>
        {goodsText(row.lines)}
      </div>
    ),
    text: (row) => goodsLines(row).join('；'),
  },
  moneyColumn({ key: 'total', title: '实付', fen: (row) => row.totalFen, isSummed: true, width: 112 }),
  moneyColumn({
    key: 'refunded',
    title: '已退',
    fen: (row) => row.refundedFen,
    isSummed: true,
    dashZero: true,
    width: 104,
  }),
  {
    key: 'store',
    title: '门店和导购',
    width: 190,
    render: (row) => <TwoFacts first={row.storeName} second={row.guideName ?? '没有导购'} title={row.storeName} />,
    text: (row) => row.storeName,
    beneath: [{ title: '导购', text: (row) => row.guideName ?? '' }],
  },
  {
    key: 'member',
    title: '会员',
    width: 112,
    render: (row) =>
      row.memberName === null ? (
        <span className="muted">散客</span>
      ) : (
        <div className="clip" title={row.memberName}>
          {row.memberName}
        </div>
      ),
    text: (row) => row.memberName ?? '',
  },
  {
    key: 'paidAt',
    title: '付款时间',
    width: 128,
    isExtra: true,
    render: (row) => <When at={row.paidAt} none="未付款" />,
    text: (row) => (row.paidAt ? exactText(row.paidAt) : ''),
  },
  {
    key: 'fulfil',
    title: '取货',
    width: 90,
    isExtra: true,
    render: (row) => (row.fulfil === 'SHIP' ? '快递' : '自提'),
    text: (row) => (row.fulfil === 'SHIP' ? '快递' : '自提'),
  },
];

/** Orders in my scope. `renderSplit` shows the split inside the drawer. */
export function OrdersPage({ renderSplit }: { renderSplit: (orderId: string) => ReactNode }) {
  const [filters, setFilters] = useUrlFilters(ORDER_FILTERS);
  const [openId, open] = useUrlValue('order');
  const orders = useOrders(filters);
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <PageFrame title="订单" hint="线上与门店的每一笔；点开可以看进度、退款，以及这笔钱怎么分。">
      <ListCard
        name="orders"
        title="订单"
        pages={orders}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="order-row"
        onRow={(row) => open(row.id)}
        hasTotals
        filters={
          <>
            <TextFilter
              label="订单号、手机尾号、商品"
              width={248}
              value={filters.q}
              onChange={(q) => setFilters({ q })}
              testId="filter-q"
            />
            <Choice
              label="状态"
              value={filters.state}
              options={optionsOf(ORDER_STATE)}
              onChange={(state) => setFilters({ state })}
              width={116}
              testId="filter-state"
            />
            <Choice
              label="渠道"
              value={filters.channel}
              options={optionsOf(CHANNEL)}
              onChange={(channel) => setFilters({ channel })}
              width={116}
              testId="filter-channel"
            />
            <DaysFilter from={filters.from} to={filters.to} onChange={(from, to) => setFilters({ from, to })} />
          </>
        }
        empty={
          isFiltered ? (
            <Empty title="没有符合条件的订单" hint="放宽筛选条件，或换个日期再看。" />
          ) : (
            <Empty title="还没有订单" hint="顾客在小程序下单，或导入门店 POS 之后，会出现在这里。" />
          )
        }
      />
      <OrderDrawer id={openId} onClose={() => open(null)} renderSplit={renderSplit} />
    </PageFrame>
  );
}
