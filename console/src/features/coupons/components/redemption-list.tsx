import { exactText } from '../../../lib/time';
import type { CouponRedemption } from '../../../lib/types';
import type { Filters } from '../../../lib/url-state';
import { DaysFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status, type Tone } from '../../../ui/status';
import { When } from '../../../ui/when';
import { type COUPON_FILTERS, useRedemptions } from '../api';

type CouponFilters = Filters<(typeof COUPON_FILTERS)[number]>;
const CHANNEL: Record<CouponRedemption['channel'], string> = {
  GUIDE: '导购扫码',
  POS: '收银机',
  PIN: '店员口令',
  OFFLINE: '断网核销',
};
const TONE: Record<CouponRedemption['state'], Tone> = {
  DONE: 'good',
  REVERSED: 'off',
  COMPENSATED: 'warn',
  STORE_BEARS: 'warn',
};

const COLUMNS: Column<CouponRedemption>[] = [
  {
    key: 'receiptNo',
    title: '小票号',
    width: 150,
    isFixed: true,
    render: (row) => <span className="num">{row.receiptNo}</span>,
    text: (row) => row.receiptNo,
  },
  { key: 'at', title: '时间', width: 100, render: (row) => <When at={row.at} />, text: (row) => exactText(row.at) },
  { key: 'name', title: '券', width: 116, render: (row) => row.face.name, text: (row) => row.face.name },
  { key: 'store', title: '门店', width: 144, render: (row) => row.storeName, text: (row) => row.storeName },
  {
    key: 'guide',
    title: '店员',
    width: 72,
    render: (row) => row.guideName ?? <span className="muted">—</span>,
    text: (row) => row.guideName ?? '',
  },
  {
    key: 'channel',
    title: '方式',
    width: 80,
    render: (row) => CHANNEL[row.channel],
    text: (row) => CHANNEL[row.channel],
  },
  moneyColumn({ key: 'amount', title: '原价', fen: (row) => row.amountFen, isSummed: true, width: 96 }),
  moneyColumn({ key: 'discount', title: '优惠', fen: (row) => row.discountFen, isSummed: true, width: 88 }),
  moneyColumn({ key: 'pay', title: '实收', fen: (row) => row.payFen, isSummed: true, width: 96 }),
  {
    key: 'state',
    title: '结果',
    width: 96,
    render: (row) => (
      <span title={row.reverseReason ?? undefined}>
        <Status tone={TONE[row.state]}>{row.stateText}</Status>
      </span>
    ),
    text: (row) => row.stateText,
  },
];

/** Coupons taken in at counters. */
export function RedemptionList({
  filters,
  setFilters,
}: {
  filters: CouponFilters;
  setFilters: (change: CouponFilters) => void;
}) {
  const rows = useRedemptions(filters);
  return (
    <ListCard
      name="coupon-redemptions"
      title="到店核销"
      pages={rows}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="redemption-row"
      hasTotals
      filters={<DaysFilter from={filters.from} to={filters.to} onChange={(from, to) => setFilters({ from, to })} />}
      empty={
        filters.from || filters.to || filters.store ? (
          <Empty title="没有符合条件的核销" hint="换个日期或门店再看。" />
        ) : (
          <Empty title="还没有到店核销" hint="导购扫码或收银机核销后，会出现在这里。" />
        )
      }
    />
  );
}
