import { Link, useNavigate } from 'react-router';
import { exactText } from '../../../lib/time';
import { ORDER_TONE } from '../../../lib/tones';
import type { OrderRow } from '../../../lib/types';
import { CHANNEL, ORDER_STATE } from '../../../lib/words';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { When } from '../../../ui/when';
import { type MemberEvent, useMemberOrders, useTimeline } from '../api';

const ORDERS: Column<OrderRow>[] = [
  {
    key: 'no',
    title: '订单号',
    width: 190,
    render: (row) => (
      <Link className="link num" to={`/orders?order=${row.id}`}>
        {row.orderNo}
      </Link>
    ),
    text: (row) => row.orderNo,
  },
  {
    key: 'at',
    title: '时间',
    width: 130,
    render: (row) => <When at={row.createdAt} />,
    text: (row) => exactText(row.createdAt),
  },
  {
    key: 'channel',
    title: '渠道',
    width: 100,
    render: (row) => CHANNEL[row.channel],
    text: (row) => CHANNEL[row.channel],
  },
  { key: 'store', title: '门店', width: 180, render: (row) => row.storeName, text: (row) => row.storeName },
  {
    key: 'state',
    title: '状态',
    width: 100,
    render: (row) => <Status tone={ORDER_TONE[row.state]}>{ORDER_STATE[row.state]}</Status>,
    text: (row) => ORDER_STATE[row.state],
  },
  moneyColumn({ key: 'total', title: '应付', fen: (row) => row.totalFen, isSummed: true }),
  moneyColumn({ key: 'refund', title: '已退', fen: (row) => row.refundedFen, isSummed: true, dashZero: true }),
];

/** Purchases of every channel in one list. */
export function PersonOrders({ id }: { id: string }) {
  const orders = useMemberOrders(id);
  const go = useNavigate();
  return (
    <ListCard
      name="member-orders"
      title="会员订单"
      pages={orders}
      columns={ORDERS}
      rowKey={(row) => row.id}
      rowTestId="member-order"
      hasTotals
      onRow={(row) => void go(`/orders?order=${row.id}`)}
      filters={<span className="muted">小程序、门店 POS 和导入的历史订单都在这里</span>}
      empty={<Empty title="还没有买过" hint="下单或在门店付款后，会出现在这里。" />}
    />
  );
}

const EVENTS: Column<MemberEvent>[] = [
  { key: 'at', title: '时间', width: 130, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  {
    key: 'what',
    title: '发生了什么',
    width: 460,
    render: (row) => (
      <>
        <b>{row.title}</b>
        <div className="muted small">{row.text}</div>
      </>
    ),
    text: (row) => `${row.title}：${row.text}`,
  },
  { key: 'by', title: '谁', width: 140, render: (row) => row.by, text: (row) => row.by },
];

/** What happened to the record itself. */
export function Timeline({ id }: { id: string }) {
  const events = useTimeline(id);
  return (
    <ListCard
      name="member-events"
      title="会员经过"
      pages={events}
      columns={EVENTS}
      rowKey={(row) => row.id}
      rowTestId="member-event"
      empty={<Empty title="还没有记录" hint="绑定号码、授权、合并都会记在这里。" />}
    />
  );
}
