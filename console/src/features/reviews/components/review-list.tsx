import { Rate } from 'antd';
import { exactText } from '../../../lib/time';
import { REVIEW_TONE } from '../../../lib/tones';
import type { Review } from '../../../lib/types';
import { optionsOf, REVIEW_STATE } from '../../../lib/words';
import { Choice, TextFilter, YesFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import type { Column } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { TwoFacts } from '../../../ui/two-facts';
import { When } from '../../../ui/when';
import { useReviews } from '../api';
import { ReviewDetail } from './review-detail';

const subjectOf = (row: Review) => (row.kind === 'SERVICE' ? `${row.guideName ?? '门店'}的服务` : row.productName);

const replyOf = (row: Review) => (row.replies.length > 0 ? '已回复' : '未回复');

const COLUMNS: Column<Review>[] = [
  {
    key: 'author',
    title: '顾客',
    width: 124,
    isFixed: true,
    render: (row) => <TwoFacts first={row.authorName} second={<When at={row.at} />} />,
    text: (row) => row.authorName,
    beneath: [{ title: '时间', text: (row) => exactText(row.at) }],
  },
  {
    key: 'subject',
    title: '评价了什么',
    width: 200,
    render: (row) => (
      <div style={{ minWidth: 0 }} title={subjectOf(row)}>
        <div className="clip">{subjectOf(row)}</div>
        <Rate disabled value={row.stars} style={{ fontSize: 13 }} />
      </div>
    ),
    text: subjectOf,
    beneath: [{ title: '评分', text: (row) => row.stars }],
  },
  {
    key: 'text',
    title: '内容',
    width: 300,
    render: (row) => (
      <div className="two-lines" title={row.text}>
        {row.text || <span className="muted">没有写文字</span>}
      </div>
    ),
    text: (row) => row.text,
  },
  {
    key: 'state',
    title: '状态',
    width: 112,
    render: (row) => (
      <div>
        <Status tone={REVIEW_TONE[row.state]}>{row.stateText}</Status>
        <div className="muted small">{replyOf(row)}</div>
      </div>
    ),
    text: (row) => row.stateText,
    beneath: [{ title: '回复', text: replyOf }],
  },
  {
    key: 'store',
    title: '门店',
    width: 176,
    render: (row) => (
      <div className="clip" title={row.storeName}>
        {row.storeName}
      </div>
    ),
    text: (row) => row.storeName,
  },
];

interface ReviewListProps {
  filters: { state?: string; stars?: string; open?: string; q?: string; store?: string };
  setFilters: (change: { state?: string; stars?: string; open?: string; q?: string }) => void;
  isHq: boolean;
}

export function ReviewList({ filters, setFilters, isHq }: ReviewListProps) {
  const reviews = useReviews(filters);
  return (
    <ListCard
      name="reviews"
      title="评价"
      pages={reviews}
      columns={COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="review-row"
      expand={(row) => <ReviewDetail review={row} isHq={isHq} />}
      filters={
        <>
          <TextFilter
            label="商品、内容、订单号"
            width={220}
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            testId="filter-q"
          />
          <Choice
            label="状态"
            value={filters.state}
            options={optionsOf(REVIEW_STATE)}
            onChange={(state) => setFilters({ state })}
            testId="filter-state"
          />
          <Choice
            label="评分"
            value={filters.stars}
            options={[5, 4, 3, 2, 1].map((star) => ({ value: String(star), label: `${star} 星` }))}
            onChange={(stars) => setFilters({ stars })}
            width={104}
            testId="filter-stars"
          />
          <YesFilter label="只看未回复" value={filters.open} onChange={(open) => setFilters({ open })} />
        </>
      }
      empty={<Empty title="没有评价" hint="顾客收到货、在门店买过，都可以来评价。" />}
    />
  );
}
