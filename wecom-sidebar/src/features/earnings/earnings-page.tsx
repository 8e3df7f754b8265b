import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { EarningItem } from '../../data/types';
import { EndlessList } from '../../design/endless-list';
import { Icon } from '../../design/icon';
import { Price } from '../../design/price';
import { Bone, Empty } from '../../design/states';
import { When } from '../../design/when';
import './earnings.css';

/** One order's share; the formula opens in place, so that no fen stays unexplained. */
function Row({ item }: { item: EarningItem }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="earning" data-testid="earning-row">
      <button type="button" className="row g12" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className="grow">
          <span className="earning-no ellipsis">{item.stateText}</span>
          <span className="weak">
            <When at={item.at} /> · 计算基数 <Price fen={item.baseFen} />
          </span>
          <span className="weak num ellipsis earning-state">订单 {item.orderNo}</span>
        </span>
        <Price fen={item.entitledFen} />
        <span className={isOpen ? 'turn turned' : 'turn'}>
          <Icon name="down" />
        </span>
      </button>
      {isOpen ? (
        <p className="formula num" data-testid="earning-formula">
          {item.formula}
        </p>
      ) : null}
    </div>
  );
}

function Sum({ fen, isMissing }: { fen: number | undefined; isMissing: boolean }) {
  if (fen !== undefined) return <Price fen={fen} />;
  return isMissing ? <>—</> : <Bone w={96} h={28} />;
}

/** What I earn: waiting, paid, and how each amount came about. */
export function EarningsPage() {
  const query = useInfiniteQuery({
    queryKey: keys.earnings,
    ...pagedBy((query) => api.guide.earnings({ query })),
    refetchOnWindowFocus: true,
  });
  const sums = query.data?.pages[0];
  return (
    <div>
      <h1 className="page-title">收入</h1>
      <dl className="card sums">
        <div>
          <dt>待到账</dt>
          <dd data-testid="earnings-pending">
            <Sum fen={sums?.pendingFen} isMissing={query.isError} />
          </dd>
        </div>
        <div>
          <dt>已到账</dt>
          <dd data-testid="earnings-paid">
            <Sum fen={sums?.paidFen} isMissing={query.isError} />
          </dd>
        </div>
      </dl>
      <p className="weak page-hint">客人过了售后期，待到账会转为已到账。点一笔看怎么算的。</p>
      <div className="card list-card">
        <EndlessList
          query={query}
          keyOf={(item) => item.orderId}
          row={(item) => <Row item={item} />}
          testId="earning-list"
          empty={
            <Empty icon="money" title="还没有收入">
              你的客户下单后，每一笔都会写明怎么算出来的
            </Empty>
          }
        />
      </div>
    </div>
  );
}
