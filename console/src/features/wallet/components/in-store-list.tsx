import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status, type Tone } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { type InStore, useInStorePayments } from '../api';

const TONE: Record<InStore['state'], Tone> = {
  ASKING: 'go',
  PAID: 'good',
  REFUSED: 'off',
  EXPIRED: 'off',
  REVERSED: 'warn',
};

const COLUMNS: Column<InStore>[] = [
  {
    key: 'no',
    title: '付款单',
    width: 190,
    isFixed: true,
    render: (row) => <TwoFacts first={<span className="num">{row.paymentNo}</span>} second={<When at={row.at} />} />,
    text: (row) => row.paymentNo,
    beneath: [{ title: '时间', text: (row) => exactText(row.at) }],
  },
  { key: 'who', title: '会员', width: 120, render: (row) => row.memberName, text: (row) => row.memberName },
  {
    key: 'store',
    title: '门店和经手',
    width: 190,
    render: (row) => <TwoFacts first={row.storeName} second={row.guideName ?? '收银机'} title={row.storeName} />,
    text: (row) => row.storeName,
    beneath: [{ title: '经手', text: (row) => row.guideName ?? '收银机' }],
  },
  moneyColumn({ key: 'amount', title: '金额', fen: (row) => row.amountFen, isSummed: true }),
  moneyColumn({ key: 'principal', title: '本金', fen: (row) => row.principalFen, isSummed: true, dashZero: true }),
  moneyColumn({ key: 'bonus', title: '赠送', fen: (row) => row.bonusFen, isSummed: true, dashZero: true }),
  {
    key: 'state',
    title: '状态',
    width: 110,
    render: (row) => <Status tone={TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
];

/** What consumers paid from their balance at counters. */
export function InStoreList() {
  const [filters] = useUrlFilters(['store']);
  return (
    <ListCard
      name="in-store-payments"
      title="到店付款"
      pages={useInStorePayments(filters.store)}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="in-store-row"
      hasTotals
      empty={<Empty title="还没有到店付款" hint="顾客在店里出示付款码、用余额付款后，会出现在这里。" />}
    />
  );
}
