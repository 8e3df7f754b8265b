import { Link } from 'react-router';
import { useIsHq } from '../../../lib/me';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { Choice } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { type TopUp, useTopUps } from '../api';
import { TOP_UP_STATE, TOP_UP_TONE } from '../model';

const columnsOf = (isHq: boolean): Column<TopUp>[] => [
  {
    key: 'no',
    title: '充值单',
    width: 184,
    isFixed: true,
    render: (row) => (
      <TwoFacts first={<span className="num">{row.topUpNo}</span>} second={<When at={row.createdAt} />} />
    ),
    text: (row) => row.topUpNo,
    beneath: [{ title: '时间', text: (row) => exactText(row.createdAt) }],
  },
  {
    key: 'who',
    title: '会员',
    width: 100,
    render: (row) =>
      isHq ? (
        <Link className="link" to={`/members/${row.memberId}?tab=assets`}>
          {row.nickname ?? '会员'}
        </Link>
      ) : (
        (row.nickname ?? '会员')
      ),
    text: (row) => row.nickname ?? '',
  },
  { key: 'store', title: '门店', width: 164, render: (row) => row.storeName, text: (row) => row.storeName },
  { key: 'text', title: '哪一档', width: 208, render: (row) => row.text, text: (row) => row.text },
  moneyColumn({ key: 'pay', title: '实付', fen: (row) => row.payFen, isSummed: true, width: 104 }),
  moneyColumn({ key: 'bonus', title: '赠送', fen: (row) => row.bonusFen, isSummed: true, dashZero: true, width: 96 }),
  {
    key: 'state',
    title: '状态',
    width: 100,
    render: (row) => <Status tone={TOP_UP_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
];

/** Top-ups sold in my stores. */
export function TopUpList() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(['store', 'state']);
  return (
    <ListCard
      name="top-ups"
      title="充值记录"
      pages={useTopUps(filters)}
      columns={columnsOf(isHq)}
      rowKey={(row) => row.id}
      rowTestId="top-up-row"
      hasTotals
      filters={
        <Choice
          label="状态"
          value={filters.state}
          options={optionsOf(TOP_UP_STATE)}
          onChange={(state) => setFilters({ state })}
        />
      }
      empty={<Empty title="没有充值" hint="顾客在小程序或门店充值后，会出现在这里。" />}
    />
  );
}
