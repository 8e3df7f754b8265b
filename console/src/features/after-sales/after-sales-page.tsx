import { Button } from 'antd';
import { useState } from 'react';
import { useIsHq } from '../../lib/me';
import { exactText } from '../../lib/time';
import { AFTER_SALE_TONE } from '../../lib/tones';
import type { AfterSaleRow } from '../../lib/types';
import { useUrlFilters, useUrlValue } from '../../lib/url-state';
import { AFTER_SALE_KIND, AFTER_SALE_STATE, optionsOf } from '../../lib/words';
import { Choice, TextFilter, YesFilter } from '../../ui/filters';
import { ListCard } from '../../ui/list-card';
import { type Column, moneyColumn } from '../../ui/list-table';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { Status } from '../../ui/status';
import { TwoFacts } from '../../ui/two-facts';
import { When } from '../../ui/when';
import { AFTER_SALE_FILTERS, useAfterSales } from './api';
import { CaseDrawer } from './components/case-drawer';
import { RulesDrawer } from './components/rules-drawer';
import { caseStateText } from './model';

const goods = (row: AfterSaleRow) => row.lines.map((line) => `${line.name} ${line.spec} ×${line.qty}`);

const COLUMNS: Column<AfterSaleRow>[] = [
  {
    key: 'caseNo',
    title: '售后单',
    width: 184,
    isFixed: true,
    render: (row) => (
      <TwoFacts
        first={
          <button type="button" className="link num">
            {row.caseNo}
          </button>
        }
        second={
          <>
            <When at={row.createdAt} /> 申请
          </>
        }
      />
    ),
    text: (row) => row.caseNo,
    beneath: [{ title: '申请时间', text: (row) => exactText(row.createdAt) }],
  },
  {
    key: 'state',
    title: '状态',
    width: 150,
    render: (row) => (
      <TwoFacts
        first={
          <Status tone={row.isRefundFailed || row.isOverdue ? 'bad' : AFTER_SALE_TONE[row.state]}>
            {row.isRefundFailed ? '退款失败' : caseStateText(row)}
          </Status>
        }
        second={
          row.dueAt ? (
            <span className={row.isOverdue ? 'danger' : undefined}>
              期限 <When at={row.dueAt} />
            </span>
          ) : null
        }
      />
    ),
    text: caseStateText,
    beneath: [{ title: '处理期限', text: (row) => (row.dueAt ? exactText(row.dueAt) : '') }],
  },
  {
    key: 'goods',
    title: '退什么',
    width: 230,
    render: (row) => <TwoFacts first={goods(row)[0]} second={row.kindText} title={goods(row).join('\n')} />,
    text: (row) => goods(row).join('；'),
    beneath: [{ title: '方式', text: (row) => row.kindText }],
  },
  moneyColumn({
    key: 'refund',
    title: '退款',
    fen: (row) => row.refundFen,
    isSummed: true,
    dashZero: true,
    width: 104,
  }),
  {
    key: 'store',
    title: '门店和会员',
    width: 200,
    render: (row) => <TwoFacts first={row.storeName} second={row.memberName ?? '散客'} title={row.storeName} />,
    text: (row) => row.storeName,
    beneath: [{ title: '会员', text: (row) => row.memberName ?? '' }],
  },
];

/** After-sale cases in my scope: the ones that wait for us, and those whose time runs out. */
export default function AfterSalesPage() {
  const isHq = useIsHq();
  const [filters, setFilters] = useUrlFilters(AFTER_SALE_FILTERS);
  const [openId, open] = useUrlValue('case');
  const [isEditing, setEditing] = useState(false);
  const cases = useAfterSales(filters);
  return (
    <PageFrame
      title="售后"
      hint="退多少按下单时存下的每件实付来算，点开可以看到各方分别承担多少。"
      actions={isHq ? <Button onClick={() => setEditing(true)}>售后规则</Button> : null}
    >
      <ListCard
        name="after-sales"
        title="售后"
        pages={cases}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowTestId="case-row"
        onRow={(row) => open(row.id)}
        hasTotals
        filters={
          <>
            <TextFilter
              label="售后单号、订单号"
              width={220}
              value={filters.q}
              onChange={(q) => setFilters({ q })}
              testId="filter-q"
            />
            <Choice
              label="状态"
              value={filters.state}
              options={optionsOf(AFTER_SALE_STATE)}
              onChange={(state) => setFilters({ state })}
              testId="filter-state"
            />
            <Choice
              label="方式"
              value={filters.kind}
              options={optionsOf(AFTER_SALE_KIND)}
              onChange={(kind) => setFilters({ kind })}
              testId="filter-kind"
            />
            <YesFilter label="只看超时" value={filters.overdue} onChange={(overdue) => setFilters({ overdue })} />
          </>
        }
        empty={
          Object.keys(filters).length > 0 ? (
            <Empty title="没有符合条件的售后" hint="放宽筛选条件再看。" />
          ) : (
            <Empty title="没有售后" hint="顾客在小程序申请后，会出现在这里。" />
          )
        }
      />
      <CaseDrawer id={openId} onClose={() => open(null)} />
      {isHq ? <RulesDrawer isOpen={isEditing} onClose={() => setEditing(false)} /> : null}
    </PageFrame>
  );
}
