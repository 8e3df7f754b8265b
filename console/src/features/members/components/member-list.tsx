import { useNavigate } from 'react-router';
import { countText, moneyText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import { useUrlFilters } from '../../../lib/url-state';
import { optionsOf } from '../../../lib/words';
import { Choice, TextFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { type Person, useMembers } from '../api';
import { IDENTITY_KIND, MEMBER_STATUS, MEMBER_TONE } from '../model';
import { PersonCell } from './person-cell';

const COLUMNS: Column<Person>[] = [
  {
    key: 'person',
    title: '会员',
    width: 180,
    isFixed: true,
    render: (row) => <PersonCell person={row.profile} />,
    text: (row) => `${row.profile.memberNo} ${row.profile.nickname}`,
  },
  {
    key: 'status',
    title: '状态',
    width: 152,
    render: (row) => <Status tone={MEMBER_TONE[row.status]}>{MEMBER_STATUS[row.status]}</Status>,
    text: (row) => MEMBER_STATUS[row.status],
  },
  {
    key: 'level',
    title: '等级',
    width: 72,
    render: (row) => row.profile.levelName,
    text: (row) => row.profile.levelName,
  },
  {
    key: 'identities',
    title: '认得出他的号码',
    width: 196,
    render: (row) => {
      const words = row.identities.map((one) => one.kindText);
      return (
        <div className="clip" title={words.join('、')}>
          {words.join('、') || <span className="muted">—</span>}
        </div>
      );
    },
    text: (row) => row.identities.map((one) => `${one.kindText} ${one.valueMasked}`).join('；'),
  },
  {
    key: 'orders',
    title: '订单',
    width: 60,
    isRight: true,
    render: (row) => <span className="num">{countText(row.orderCount)}</span>,
    text: (row) => row.orderCount,
  },
  moneyColumn({ key: 'total', title: '累计实付', fen: (row) => row.totalFen, dashZero: true, width: 108 }),
  {
    key: 'last',
    title: '最近一单',
    width: 112,
    render: (row) => <When at={row.lastOrderAt} />,
    text: (row) => (row.lastOrderAt ? exactText(row.lastOrderAt) : ''),
  },
  {
    key: 'guide',
    title: '导购',
    width: 116,
    render: (row) => <TwoFacts first={row.guideName ?? '没有导购'} second={`来自${row.originText}`} />,
    text: (row) => row.guideName ?? '',
    beneath: [{ title: '来自', text: (row) => row.originText }],
  },
  {
    key: 'average',
    title: '每单',
    width: 110,
    isRight: true,
    isExtra: true,
    render: (row) =>
      row.orderCount > 0 ? (
        <span className="num">{moneyText((row.totalFen - (row.totalFen % row.orderCount)) / row.orderCount)}</span>
      ) : (
        <span className="muted">—</span>
      ),
  },
];

/** Anybody, by whatever number is at hand. */
export function MemberList() {
  const go = useNavigate();
  const [filters, setFilters] = useUrlFilters(['q', 'kind']);
  const members = useMembers(filters.q, filters.kind);
  return (
    <ListCard
      name="members"
      title="会员"
      pages={members}
      columns={COLUMNS}
      rowKey={(row) => row.profile.id}
      rowTestId="member-row"
      onRow={(row) => void go(`/members/${row.profile.id}`)}
      filters={
        <>
          <TextFilter
            label="手机号、会员号、卡号、昵称、unionid…"
            width={320}
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            testId="filter-q"
          />
          <Choice
            label="号码类型"
            value={filters.kind}
            options={optionsOf(IDENTITY_KIND)}
            onChange={(kind) => setFilters({ kind })}
            testId="filter-kind"
          />
        </>
      }
      empty={
        filters.q || filters.kind ? (
          <Empty title="没有找到这个人" hint="要输完整的号码；昵称可以只输一部分。" />
        ) : (
          <Empty title="还没有会员" hint="顾客进入小程序、加导购或在门店付款后，会出现在这里。" />
        )
      }
    />
  );
}
