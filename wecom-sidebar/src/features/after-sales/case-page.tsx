import { groupedText } from '@shuke/shared/kernel';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import type { AfterSaleCase } from '../../data/types';
import { PageHead } from '../../design/page-head';
import { Photos } from '../../design/photos';
import { Thumb } from '../../design/pictures';
import { Price } from '../../design/price';
import { BoneRows, ProblemPane } from '../../design/states';
import { Until, When } from '../../design/when';
import { CaseActs } from './case-acts';
import { dueWords, stateWords } from './case-words';
import './after-sales.css';

function Goods({ one }: { one: AfterSaleCase }) {
  return (
    <section className="card case-part">
      {one.lines.map((line) => (
        <div key={line.lineId} className="row g12">
          <Thumb url={line.imageUrl} size={52} />
          <div className="grow">
            <p className="clamp2">{line.name}</p>
            <p className="weak">
              {line.spec} × {line.qty}
            </p>
          </div>
          {line.isGift ? <span className="chip">赠品</span> : null}
          {one.kind === 'EXCHANGE' || line.isGift ? null : <Price fen={line.refundFen} />}
        </div>
      ))}
      {(one.keptPresents ?? []).map((kept) => (
        <div key={`kept-${kept.lineId}`} className="row g12" data-testid="kept-present">
          <Thumb url={kept.imageUrl} size={52} />
          <div className="grow">
            <p className="clamp2">{kept.name}</p>
            <p className="weak">
              {kept.spec} × {kept.qty}，客人留下，已从退款里扣 <Price fen={kept.fen} />
            </p>
          </div>
          <span className="chip">赠品不退</span>
        </div>
      ))}
      {one.exchangeSpec ? <p className="case-line">想换成：{one.exchangeSpec}</p> : null}
      <p className="weak num">
        售后单 {one.caseNo}
        <br />
        订单 {one.orderNo}
      </p>
    </section>
  );
}

function Why({ one }: { one: AfterSaleCase }) {
  return (
    <section className="card case-part">
      <h2>客人说</h2>
      <p>
        <b>{one.reasonText}</b>
      </p>
      {one.text ? <p className="case-words">{one.text}</p> : null}
      <Photos urls={one.pictures} label="客人的照片" />
    </section>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="row">
      <dt className="grow weak">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Where the money goes back to, as the customer was told. */
function Money({ one }: { one: AfterSaleCase }) {
  const { sources } = one;
  if (one.kind === 'EXCHANGE') return null;
  return (
    <section className="card case-part">
      <h2>退给客人</h2>
      <dl className="case-money">
        {sources.cashFen > 0 ? (
          <Line label="退回微信">
            <Price fen={sources.cashFen} />
          </Line>
        ) : null}
        {sources.walletFen > 0 ? (
          <Line label="退回会员余额">
            <Price fen={sources.walletFen} />
          </Line>
        ) : null}
        {sources.pointsBack > 0 ? <Line label="还给客人的积分">{groupedText(sources.pointsBack)}</Line> : null}
        {sources.pointsTaken > 0 ? <Line label="收回送出的积分">{groupedText(sources.pointsTaken)}</Line> : null}
        <Line label="一共">
          <Price fen={one.refundFen} />
        </Line>
      </dl>
      {one.refundProblem ? <p className="problem-line">退款没有成功，总部会处理：{one.refundProblem}</p> : null}
    </section>
  );
}

function Way({ one }: { one: AfterSaleCase }) {
  if (!one.sentBack && !one.resent && !one.returnStore) return null;
  return (
    <section className="card case-part">
      <h2>商品在哪</h2>
      {one.returnWay === 'STORE' ? <p>客人选择到店退回：{one.returnStore?.name}</p> : null}
      {one.sentBack ? (
        <p className="num">
          客人寄回：{one.sentBack.company} {one.sentBack.trackingNo}
        </p>
      ) : one.returnWay === 'CARRIER' ? (
        <p className="weak">寄到 {one.returnStore?.address}</p>
      ) : null}
      {one.resent ? (
        <p className="num">
          换货寄出：{one.resent.company} {one.resent.trackingNo}
        </p>
      ) : null}
    </section>
  );
}

function Talk({ one }: { one: AfterSaleCase }) {
  if (one.messages.length === 0) return null;
  return (
    <section className="card case-part">
      <h2>经过</h2>
      <ol className="timeline" data-testid="case-talk">
        {[...one.messages].reverse().map((message) => (
          <li key={message.id} data-by={message.by}>
            <p className="case-words">{message.text}</p>
            <p className="weak">
              {message.byName} · <When at={message.at} />
            </p>
            <Photos urls={message.pictures} label="客人的照片" />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** One case: what the customer wants and why, what it costs, and the store's next step. */
export function CasePage() {
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: keys.afterSale(id),
    queryFn: () => api.guide.afterSale({ params: { id } }),
    refetchOnWindowFocus: true,
  });
  if (!query.data)
    return (
      <div>
        <PageHead title="售后" />
        {query.isError ? <ProblemPane error={query.error} onRetry={() => void query.refetch()} /> : <BoneRows />}
      </div>
    );
  const one = query.data;
  const due = dueWords(one);
  return (
    <div className="case-page" data-testid="case-page">
      <PageHead title={`${one.kindText} · ${one.memberName ?? '客人'}`} />
      <header className="case-head" data-testid="case-state" data-state={one.state}>
        <p className="case-state">{stateWords(one)}</p>
        {due && one.dueAt ? (
          <p className="weak">
            <Until at={one.dueAt} /> {due}
          </p>
        ) : null}
        {one.refusal ? <p className="weak">理由：{one.refusal}</p> : null}
        {one.guideName ? <p className="weak">服务导购 {one.guideName}</p> : null}
      </header>
      <Why one={one} />
      <Goods one={one} />
      <Money one={one} />
      <Way one={one} />
      <Talk one={one} />
      <CaseActs one={one} />
    </div>
  );
}
