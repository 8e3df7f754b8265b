import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import { PageHead } from '../../design/page-head';
import { Tabs } from '../../design/tabs';
import { ReviewList } from './review-list';
import { TicketList } from './ticket-list';
import './reviews.css';

const TABS = [
  { key: 'OPEN', label: '待回访' },
  { key: 'CALLED_BACK', label: '等确认' },
  { key: 'CLOSED', label: '已结束' },
  { key: 'ALL', label: '全部评价' },
] as const;
type Which = (typeof TABS)[number]['key'];

/** My own score in one line; below the minimum sample there is none, and it says so. */
function Score() {
  const { data } = useQuery({ queryKey: keys.score, queryFn: () => api.guide.score(), staleTime: 5 * 60_000 });
  if (!data) return null;
  return (
    <p className="weak score" data-testid="my-score">
      {data.scoreHundredths === null
        ? `我的服务评分：已有 ${data.sample} 条，再多几条就会显示`
        : `我的服务评分 ${(data.scoreHundredths / 100).toFixed(2)} · ${data.sample} 条`}
    </p>
  );
}

/** Reviews of my store: low scores to call back first, then everything that was said. */
export function ReviewsPage() {
  const [which, setWhich] = useState<Which>('OPEN');
  return (
    <div data-testid="reviews-page">
      <PageHead title="评价" />
      <Score />
      <Tabs items={TABS} active={which} onChange={setWhich} label="评价" look="segment" idPrefix="reviews" />
      {which === 'ALL' ? <ReviewList /> : <TicketList key={which} state={which} />}
    </div>
  );
}
