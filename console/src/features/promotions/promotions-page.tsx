import { Button, Segmented } from 'antd';
import { useNavigate } from 'react-router';
import { useIsHq } from '../../lib/me';
import { countText, moneyText, plainYuan } from '../../lib/money';
import { exactText } from '../../lib/time';
import { PROMOTION_TONE } from '../../lib/tones';
import type { Promotion } from '../../lib/types';
import { useUrlFilters } from '../../lib/url-state';
import { optionsOf, PLAY, PROMOTION_STATE } from '../../lib/words';
import { Choice, TextFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import type { Column } from '../../ui/list-table';
import { Money } from '../../ui/money';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { When } from '../../ui/when';
import { PROMOTION_FILTERS, usePromotions } from './api';
import { Envelopes } from './components/envelopes';

const storesText = (row: Promotion): string => {
  const out = row.optedOutStoreIds.length;
  return `${row.storeCount === null ? '全部门店' : `${row.storeCount} 家`}${out > 0 ? `，${out} 家退出` : ''}`;
};

const budgetText = (row: Promotion): string =>
  row.budgetFen === null ? '预算不限' : `预算 ${moneyText(row.budgetFen)}`;

const COLUMNS: Column<Promotion>[] = [
  {
    key: 'name',
    title: '活动',
    width: 232,
    isFixed: true,
    render: (row) => (
      <div style={{ minWidth: 0 }}>
        <button type="button" className="link clip" style={{ display: 'block', maxWidth: 236 }} title={row.name}>
          {row.name}
        </button>
        <div className="muted small clip" style={{ maxWidth: 236 }} title={row.text}>
          {row.text}
        </div>
      </div>
    ),
    text: (row) => row.name,
  },
  { key: 'kind', title: '玩法', width: 96, render: (row) => row.label, text: (row) => row.label },
  {
    key: 'state',
    title: '状态',
    width: 96,
    render: (row) => <Status tone={PROMOTION_TONE[row.state]}>{row.stateText}</Status>,
    text: (row) => row.stateText,
  },
  {
    key: 'time',
    title: '时间',
    width: 132,
    render: (row) => (
      <div className="small">
        <When at={row.startsAt} />
        <div className="muted">
          至 <When at={row.endsAt} />
        </div>
      </div>
    ),
    text: (row) => `${exactText(row.startsAt)} 至 ${exactText(row.endsAt)}`,
  },
  {
    key: 'owner',
    title: '谁办的',
    width: 110,
    render: (row) => (
      <div className="clip" title={row.owner.name} style={{ maxWidth: 106 }}>
        {row.owner.name}
      </div>
    ),
    text: (row) => row.owner.name,
  },
  { key: 'stores', title: '门店', width: 104, render: storesText, text: storesText },
  {
    key: 'used',
    title: '用了',
    width: 64,
    isRight: true,
    render: (row) => (row.usedCount === 0 ? <span className="muted">—</span> : countText(row.usedCount)),
    text: (row) => row.usedCount,
  },
  {
    key: 'usedFen',
    title: '已优惠和预算',
    width: 140,
    isRight: true,
    render: (row) => (
      <>
        {row.usedFen === 0 ? <span className="muted">—</span> : <Money fen={row.usedFen} />}
        <div className="muted small num">{budgetText(row)}</div>
      </>
    ),
    text: (row) => plainYuan(row.usedFen),
    beneath: [{ title: '预算', text: (row) => (row.budgetFen === null ? '不限' : plainYuan(row.budgetFen)) }],
    sum: (row) => row.usedFen,
  },
];

const TABS = [
  { value: 'list', label: '活动' },
  { value: 'envelopes', label: '加盟商额度' },
];

/** Promotions in my scope; a franchisee sees those that reach its stores, and its own. */
export default function PromotionsPage() {
  const isHq = useIsHq();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(PROMOTION_FILTERS);
  const promotions = usePromotions(filters);
  const isFiltered = Boolean(filters.store || filters.state || filters.kind || filters.q);
  const make = (
    <Button type="primary" onClick={() => void navigate('/promotions/new')} data-testid="promotion-new">
      新建活动
    </Button>
  );
  return (
    <PageFrame
      title="促销活动"
      hint={
        isHq
          ? '发布前拿过去的订单试算：要花多少、谁来出、会不会卖穿底价。'
          : '总部的活动可以按门店退出；你也可以在额度内办自己的活动。'
      }
      actions={make}
    >
      <Segmented
        options={isHq ? TABS : TABS.map((tab) => (tab.value === 'envelopes' ? { ...tab, label: '我的额度' } : tab))}
        value={filters.tab ?? 'list'}
        onChange={(tab) => setFilters({ tab: tab === 'list' ? undefined : tab })}
        style={{ marginBottom: 12 }}
        data-testid="promotions-tab"
      />
      {filters.tab === 'envelopes' ? (
        <Envelopes month={filters.month} onMonth={(month) => setFilters({ month })} />
      ) : (
        <ListCard
          name="promotions"
          title="促销活动"
          pages={promotions}
          columns={COLUMNS}
          rowKey={(row) => row.id}
          rowTestId="promotion-row"
          onRow={(row) => void navigate(`/promotions/${row.id}`)}
          filters={
            <>
              <TextFilter label="活动名称" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
              <Choice
                label="状态"
                value={filters.state}
                options={optionsOf(PROMOTION_STATE)}
                onChange={(state) => setFilters({ state })}
                testId="filter-state"
              />
              <Choice
                label="玩法"
                value={filters.kind}
                options={optionsOf(PLAY)}
                onChange={(kind) => setFilters({ kind })}
                testId="filter-kind"
              />
            </>
          }
          empty={
            isFiltered ? (
              <Empty title="没有符合条件的活动" hint="放宽筛选条件再看。" />
            ) : (
              <Empty title="还没有活动" hint="先办一个满减吧，五分钟就能试算。" action={make} />
            )
          }
        />
      )}
    </PageFrame>
  );
}
