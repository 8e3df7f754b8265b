import { Avatar } from 'antd';
import { useNavigate } from 'react-router';
import { countText } from '../../lib/money';
import type { Guide } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import type { Column } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { TwoFacts } from '../../ui/two-facts';
import { useGuides } from './api';
import { GUIDE_STATUS, RECEIVER, ROLE } from './model';

const counted = (key: 'contactCount' | 'boundMemberCount' | 'openTaskCount', title: string): Column<Guide> => ({
  key,
  title,
  width: 100,
  isRight: true,
  render: (row) => <span className="num">{countText(row[key])}</span>,
  text: (row) => row[key],
});

const COLUMNS: Column<Guide>[] = [
  {
    key: 'name',
    title: '导购',
    width: 180,
    isFixed: true,
    render: (row) => (
      <div className="row">
        <Avatar src={row.avatarUrl || undefined} size={34} style={{ background: '#5e8f98', flex: 'none' }}>
          {row.name.slice(0, 1)}
        </Avatar>
        <TwoFacts
          first={
            <button type="button" className="link">
              {row.name}
            </button>
          }
          second={ROLE[row.role]}
        />
      </div>
    ),
    text: (row) => row.name,
    beneath: [{ title: '职务', text: (row) => ROLE[row.role] }],
  },
  {
    key: 'store',
    title: '门店',
    width: 200,
    render: (row) => (
      <div className="clip" title={row.storeName}>
        {row.storeName}
      </div>
    ),
    text: (row) => row.storeName,
  },
  {
    key: 'status',
    title: '在岗',
    width: 96,
    render: (row) => <Status tone={GUIDE_STATUS[row.status].tone}>{GUIDE_STATUS[row.status].word}</Status>,
    text: (row) => GUIDE_STATUS[row.status].word,
  },
  counted('contactCount', '微信好友'),
  counted('boundMemberCount', '专属会员'),
  counted('openTaskCount', '待做任务'),
  {
    key: 'receiver',
    title: '分账收款',
    width: 120,
    render: (row) => <Status tone={RECEIVER[row.receiverState].tone}>{RECEIVER[row.receiverState].word}</Status>,
    text: (row) => RECEIVER[row.receiverState].word,
  },
  {
    key: 'userid',
    title: '企业微信账号',
    width: 150,
    isExtra: true,
    render: (row) => <span className="mono">{row.wecomUserid}</span>,
    text: (row) => row.wecomUserid,
  },
];

export default function GuidesPage() {
  const [filters, setFilters] = useUrlFilters(['store', 'q']);
  const go = useNavigate();
  return (
    <PageFrame title="导购" hint="谁在哪家店、带着多少顾客，以及佣金能不能到账；点开看名片码、今天的任务和发送效果。">
      <ListCard
        name="guides"
        title="导购"
        pages={useGuides(filters)}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="guide-row"
        onRow={(row) => void go(`/guides/${row.id}`)}
        filters={
          <TextFilter
            label="姓名、企业微信账号"
            width={220}
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            testId="filter-q"
          />
        }
        empty={<Empty title="没有符合条件的导购" hint="导购来自企业微信通讯录，入职后会自动出现。" />}
      />
    </PageFrame>
  );
}
