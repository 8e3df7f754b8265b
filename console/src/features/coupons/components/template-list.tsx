import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useIsHq } from '../../../lib/me';
import { countText, moneyText, percentText } from '../../../lib/money';
import { TEMPLATE_TONE } from '../../../lib/tones';
import type { CouponTemplate } from '../../../lib/types';
import type { Filters } from '../../../lib/url-state';
import { COUPON_KIND, optionsOf, TEMPLATE_STATUS } from '../../../lib/words';
import { Choice, TextFilter } from '../../../ui/filters';
import { ListCard } from '../../../ui/list-card';
import { type Column, moneyColumn } from '../../../ui/list-table';
import { Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { type COUPON_FILTERS, useTemplates } from '../api';

type CouponFilters = Filters<(typeof COUPON_FILTERS)[number]>;

/** What is spent and may still be spent of the budget, as a bar with its words. */
export function BudgetBar({ row }: { row: CouponTemplate }) {
  if (row.budgetFen === null) return <span className="muted">不限预算</span>;
  const share = (fen: number) => `${Math.min(100, (fen / Math.max(row.budgetFen ?? 1, 1)) * 100)}%`;
  const words = `预算 ${moneyText(row.budgetFen)}，已花 ${moneyText(row.spentFen)}，发出未用最多还要 ${moneyText(row.committedFen)}`;
  return (
    <div title={words}>
      <div className="num small">{moneyText(row.budgetFen)}</div>
      <div className="share-bar" role="img" aria-label={words} style={{ height: 6, marginTop: 4 }}>
        {row.spentFen > 0 ? <i style={{ width: share(row.spentFen), background: 'var(--brand)' }} /> : null}
        {row.committedFen > 0 ? <i style={{ width: share(row.committedFen), background: '#9fc4ca' }} /> : null}
      </div>
    </div>
  );
}

export const worthText = ({ face }: Pick<CouponTemplate, 'face'>): string =>
  `${face.worth}${face.unit ? ` ${face.unit}` : ''}`;

const COLUMNS: Column<CouponTemplate>[] = [
  {
    key: 'name',
    title: '券',
    width: 188,
    isFixed: true,
    render: (row) => (
      <div style={{ minWidth: 0 }}>
        <button type="button" className="link clip" style={{ display: 'block', maxWidth: 164 }} title={row.face.name}>
          {row.face.name}
        </button>
        <div className="muted small clip" style={{ maxWidth: 164 }} title={row.face.conditionText}>
          {row.face.conditionText} · {row.face.scopeText}
        </div>
      </div>
    ),
    text: (row) => row.face.name,
  },
  {
    key: 'worth',
    title: '面额',
    width: 80,
    render: (row) => <b className="num">{worthText(row)}</b>,
    text: worthText,
  },
  {
    key: 'kind',
    title: '种类',
    width: 84,
    isExtra: true,
    render: (row) => COUPON_KIND[row.face.kind],
    text: (row) => COUPON_KIND[row.face.kind],
  },
  {
    key: 'status',
    title: '状态',
    width: 88,
    render: (row) => <Status tone={TEMPLATE_TONE[row.status]}>{TEMPLATE_STATUS[row.status]}</Status>,
    text: (row) => TEMPLATE_STATUS[row.status],
  },
  {
    key: 'valid',
    title: '有效期',
    width: 136,
    render: (row) => <span className="small">{row.validText}</span>,
    text: (row) => row.validText,
  },
  {
    key: 'issued',
    title: '发出',
    width: 104,
    isRight: true,
    render: (row) => (
      <span className="num">
        {countText(row.issuedCount)}
        <span className="muted"> / {row.totalCount === null ? '不限' : countText(row.totalCount)}</span>
      </span>
    ),
    text: (row) => row.issuedCount,
  },
  {
    key: 'used',
    title: '用掉',
    width: 76,
    isRight: true,
    render: (row) => (
      <div className="num">
        {countText(row.usedCount)}
        {row.useRateBp === null ? null : <div className="muted small">{percentText(row.useRateBp)}</div>}
      </div>
    ),
    text: (row) => row.usedCount,
  },
  moneyColumn({
    key: 'spent',
    title: '已优惠',
    fen: (row) => row.spentFen,
    isSummed: true,
    dashZero: true,
    width: 98,
  }),
  {
    key: 'budget',
    title: '预算',
    width: 112,
    render: (row) => <BudgetBar row={row} />,
    text: (row) => (row.budgetFen === null ? '不限' : moneyText(row.budgetFen)),
  },
  {
    key: 'bearers',
    title: '谁承担',
    width: 144,
    render: (row) => <span className="small nowrap">{row.bearerText}</span>,
    text: (row) => row.bearerText,
  },
];

/** A franchisee's own answer stands where it is seen; the brand's budget is headquarters' business. */
const JOINED: Column<CouponTemplate> = {
  key: 'joined',
  title: '我参加了吗',
  width: 96,
  render: (row) =>
    row.hasOptedIn === null ? (
      <span className="muted">不用选</span>
    ) : (
      <Status tone={row.hasOptedIn ? 'good' : 'warn'}>{row.hasOptedIn ? '已参加' : '还没参加'}</Status>
    ),
  text: (row) => (row.hasOptedIn === null ? '' : row.hasOptedIn ? '已参加' : '还没参加'),
};
const OWN_ISSUED: Column<CouponTemplate> = {
  key: 'issued',
  title: '我的门店发出',
  width: 108,
  isRight: true,
  render: (row) => <span className="num">{countText(row.issuedCount)}</span>,
  text: (row) => row.issuedCount,
};
const OWN_USED: Column<CouponTemplate> = {
  key: 'used',
  title: '我的门店用掉',
  width: 108,
  isRight: true,
  render: (row) => <span className="num">{countText(row.usedCount)}</span>,
  text: (row) => row.usedCount,
};
/** Columns that a franchisee sees otherwise: its stores' counts, its own answer, and no budget. */
const OWN: Record<string, Column<CouponTemplate>[]> = { budget: [], issued: [OWN_ISSUED], used: [OWN_USED] };
const OWN_COLUMNS = COLUMNS.flatMap((column) =>
  column.key === 'status' ? [column, JOINED] : (OWN[column.key] ?? [column]),
);

export function TemplateList({
  filters,
  setFilters,
}: {
  filters: CouponFilters;
  setFilters: (change: CouponFilters) => void;
}) {
  const isHq = useIsHq();
  const navigate = useNavigate();
  const templates = useTemplates(filters);
  const isFiltered = Boolean(filters.q || filters.status || filters.kind);
  return (
    <ListCard
      name="coupon-templates"
      title="券模板"
      pages={templates}
      columns={isHq ? COLUMNS : OWN_COLUMNS}
      rowKey={(row) => row.id}
      rowTestId="template-row"
      onRow={(row) => void navigate(`/coupons/${row.id}`)}
      filters={
        <>
          <TextFilter label="名称、编号" value={filters.q} onChange={(q) => setFilters({ q })} testId="filter-q" />
          <Choice
            label="状态"
            value={filters.status}
            options={optionsOf(TEMPLATE_STATUS)}
            onChange={(status) => setFilters({ status })}
            testId="filter-status"
          />
          <Choice
            label="种类"
            value={filters.kind}
            options={optionsOf(COUPON_KIND)}
            onChange={(kind) => setFilters({ kind })}
          />
        </>
      }
      empty={
        isFiltered ? (
          <Empty title="没有符合条件的券" hint="放宽筛选条件再看。" />
        ) : isHq ? (
          <Empty
            title="还没有券"
            hint="先建一个模板，核对过最坏情况再发布。"
            action={<Button onClick={() => void navigate('/coupons/new')}>新建券模板</Button>}
          />
        ) : (
          <Empty title="还没有券" hint="总部发布后会出现在这里。" />
        )
      }
    />
  );
}
