import { exactText } from '../../../lib/time';
import type { Filters } from '../../../lib/url-state';
import { Choice, TextFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { type NOTICE_FILTERS, type Notice, useNoticeKinds, useNotices } from '../api';
import { STATE_TONE } from '../model';

type NoticeFilters = Filters<(typeof NOTICE_FILTERS)[number]>;

const wordsOf = ({ lines }: Notice): string => lines.map(({ label, value }) => `${label}：${value}`).join('；');
const reasonOf = ({ reason, errcode }: Notice): string => (errcode === null ? reason : `${reason}（${errcode}）`);

const COLUMNS: Column<Notice>[] = [
  {
    key: 'title',
    title: '通知',
    width: 132,
    isFixed: true,
    render: (row) => <TwoFacts first={row.title} second={<When at={row.at} />} />,
    text: (row) => row.title,
    beneath: [{ title: '时间', text: (row) => exactText(row.at) }],
  },
  {
    key: 'member',
    title: '顾客',
    width: 112,
    render: (row) => row.memberName ?? <span className="muted">已注销</span>,
    text: (row) => row.memberName ?? '',
  },
  {
    key: 'state',
    title: '结果',
    width: 140,
    render: (row) => <Status tone={STATE_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  {
    key: 'reason',
    title: '原因',
    width: 240,
    render: (row) => reasonOf(row) || <span className="muted">—</span>,
    text: reasonOf,
  },
  {
    key: 'words',
    title: '内容',
    width: 290,
    render: (row) => (
      <div className="two-lines" title={wordsOf(row)}>
        {wordsOf(row) || <span className="muted">没有发出</span>}
      </div>
    ),
    text: wordsOf,
  },
  {
    key: 'attempts',
    title: '发了几次',
    width: 84,
    isRight: true,
    render: (row) => <span className="num">{row.attempts}</span>,
    text: (row) => row.attempts,
  },
];

interface NoticeLogProps {
  filters: NoticeFilters;
  setFilters: (change: NoticeFilters) => void;
}

/** What became of each message, and why. */
export function NoticeLog({ filters, setFilters }: NoticeLogProps) {
  const kinds = useNoticeKinds();
  const isFiltered = Boolean(filters.kind || filters.state || filters.q);
  return (
    <ListCard
      name="notices"
      title="发送记录"
      pages={useNotices(filters)}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="notice-row"
      filters={
        <>
          <TextFilter label="顾客昵称" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
          <Choice
            label="通知"
            value={filters.kind}
            options={(kinds.data?.items ?? []).map(({ kind, title }) => ({ value: kind, label: title }))}
            onChange={(kind) => setFilters({ kind })}
            testId="filter-kind"
          />
          <Choice
            label="结果"
            value={filters.state}
            options={(kinds.data?.states ?? []).map(({ state, text }) => ({ value: state, label: text }))}
            onChange={(state) => setFilters({ state })}
            testId="filter-state"
          />
        </>
      }
      empty={
        isFiltered ? (
          <Empty title="没有符合条件的记录" hint="换个条件再看。" />
        ) : (
          <Empty title="还没有发过通知" hint="配置好模板，顾客在小程序里同意以后，有事就会发。" />
        )
      }
    />
  );
}
