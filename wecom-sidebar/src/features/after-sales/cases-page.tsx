import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { AfterSaleRow } from '../../data/types';
import { EndlessList } from '../../design/endless-list';
import { PageHead } from '../../design/page-head';
import { Thumb } from '../../design/pictures';
import { Price } from '../../design/price';
import { Empty } from '../../design/states';
import { Tabs } from '../../design/tabs';
import { Until, When } from '../../design/when';
import { dueWords, isOurTurn, stateWords } from './case-words';
import './after-sales.css';

const TABS = [
  { key: 'waiting', label: '等店里处理' },
  { key: 'all', label: '全部' },
] as const;
type Which = (typeof TABS)[number]['key'];

function Row({ one }: { one: AfterSaleRow }) {
  const [first] = one.lines;
  const due = dueWords(one);
  return (
    <Link className="card case-row" to={`/after-sales/${one.id}`} data-testid="case-row" data-state={one.state}>
      <span className="row g8">
        <b className="grow ellipsis">
          {one.kindText} · {one.memberName ?? '客人'}
        </b>
        {one.isOverdue ? <span className="chip chip-warm">超过一天</span> : null}
        <span className={isOurTurn(one) ? 'chip chip-amber' : 'chip'}>{stateWords(one)}</span>
      </span>
      <span className="row g12">
        <Thumb url={first?.imageUrl ?? null} size={48} />
        <span className="grow">
          <span className="ellipsis case-name">{first?.name}</span>
          <span className="weak">
            {first?.spec} × {first?.qty}
            {one.lines.length > 1 ? `，还有 ${one.lines.length - 1} 种` : ''}
          </span>
        </span>
        {one.refundFen > 0 ? <Price fen={one.refundFen} /> : null}
      </span>
      <span className="weak">
        {due && one.dueAt ? (
          <>
            <Until at={one.dueAt} /> {due}
          </>
        ) : (
          <>
            <When at={one.createdAt} /> 申请
          </>
        )}
      </span>
    </Link>
  );
}

/** After-sale of my store: first what waits for us. */
export function CasesPage() {
  const [which, setWhich] = useState<Which>('waiting');
  const query = useInfiniteQuery({
    queryKey: keys.afterSales(which),
    ...pagedBy((page) => api.guide.afterSales({ query: which === 'waiting' ? { ...page, waitingOnly: true } : page })),
    refetchOnWindowFocus: true,
  });
  return (
    <div data-testid="cases-page">
      <PageHead title="售后" />
      <Tabs items={TABS} active={which} onChange={setWhich} label="售后" look="segment" idPrefix="cases" />
      <EndlessList
        query={query}
        keyOf={(one) => one.id}
        testId="case-list"
        row={(one) => <Row one={one} />}
        empty={
          <Empty icon="done" title={which === 'waiting' ? '没有等店里处理的售后' : '本店还没有售后'}>
            {which === 'waiting' ? '客人申请、寄回商品后会出现在这里' : '客人在小程序里申请后会出现在这里'}
          </Empty>
        }
      />
    </div>
  );
}
