import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useIsHq } from '../../lib/me';
import { useUrlFilters } from '../../lib/url-state';
import { PageFrame } from '../../ui/page';
import { REVIEW_FILTERS } from './api';
import { GuideScores } from './components/guide-scores';
import { ReviewList } from './components/review-list';
import { RulesDrawer } from './components/rules-drawer';
import { TicketList } from './components/ticket-list';

const TABS = [
  { value: 'reviews', label: '评价' },
  { value: 'tickets', label: '低分回访' },
  { value: 'guides', label: '导购评分' },
];

/** What consumers say of goods and guides, and what we owe them when they are unhappy. */
export default function ReviewsPage() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(REVIEW_FILTERS);
  const [isEditing, setEditing] = useState(false);
  const tab = filters.tab ?? 'reviews';
  return (
    <PageFrame
      title="评价"
      hint="没有默认好评，差评不能删；只有法定理由才能隐藏，而且会留下记录。"
      actions={isHq ? <Button onClick={() => setEditing(true)}>评价规则</Button> : null}
    >
      <Segmented
        options={TABS}
        value={tab}
        onChange={(next) => setFilters({ tab: next === 'reviews' ? undefined : next })}
        style={{ marginBottom: 12 }}
        data-testid="reviews-tab"
      />
      {tab === 'reviews' ? <ReviewList filters={filters} setFilters={setFilters} isHq={isHq} /> : null}
      {tab === 'tickets' ? <TicketList filters={filters} /> : null}
      {tab === 'guides' ? <GuideScores /> : null}
      {isHq ? <RulesDrawer isOpen={isEditing} onClose={() => setEditing(false)} /> : null}
    </PageFrame>
  );
}
