import { Drawer } from 'antd';
import { Link } from 'react-router';
import { exactCount } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import { AFTER_SALE_TONE } from '../../../lib/tones';
import type { AfterSaleDetail } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { Loaded } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { useAfterSale } from '../api';
import { caseStateText, nextStepText } from '../model';
import { CaseActs } from './case-acts';
import { CaseMessages } from './case-messages';

function Lines({ one }: { one: AfterSaleDetail }) {
  return (
    <table className="plain" data-testid="case-lines">
      <thead>
        <tr>
          <th>商品</th>
          <th className="right">数量</th>
          <th className="right">退款</th>
        </tr>
      </thead>
      <tbody>
        {one.lines.map((line) => (
          <tr key={line.lineId}>
            <td>
              {line.name}
              <div className="muted small">
                {line.spec}
                {one.exchangeSpec ? ` → ${one.exchangeSpec}` : ''}
                {line.isGift ? ' · 赠品' : ''}
              </div>
            </td>
            <td className="right num">{line.qty}</td>
            <td className="right">
              <Money fen={line.refundFen} />
            </td>
          </tr>
        ))}
        {(one.keptPresents ?? []).map((kept) => (
          <tr key={`kept-${kept.lineId}`} data-testid="kept-present">
            <td>
              {kept.name}
              <div className="muted small">
                {kept.spec} · 赠品，顾客按下单时的售价留下；
                <Money fen={kept.fen} /> 已经从上面的退款里扣了
              </div>
            </td>
            <td className="right num">{kept.qty}</td>
            <td className="right muted">不退</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {one.sources.freightFen > 0 ? (
          <tr>
            <td colSpan={2}>运费</td>
            <td className="right">
              <Money fen={one.sources.freightFen} />
            </td>
          </tr>
        ) : null}
        <tr>
          <td colSpan={2}>
            合计
            <div className="muted small">{waysOf(one)}</div>
          </td>
          <td className="right">
            <Money fen={one.sources.totalFen} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

function waysOf({ sources }: AfterSaleDetail): string {
  return [
    sources.cashFen > 0 ? '微信原路退回' : null,
    sources.walletFen > 0 ? '部分退回储值钱包' : null,
    sources.pointsBack > 0 ? `返还 ${exactCount(sources.pointsBack)} 积分` : null,
    sources.pointsTaken > 0 ? `收回 ${exactCount(sources.pointsTaken)} 积分` : null,
  ]
    .filter(Boolean)
    .join(' · ');
}

function Parties({ one }: { one: AfterSaleDetail }) {
  if (one.parties.length === 0) return null;
  return (
    <section>
      <h3>这笔退款各方承担多少</h3>
      <table className="plain" data-testid="case-parties">
        <tbody>
          {one.parties.map((party) => (
            <tr key={party.name + party.text}>
              <td>
                {party.name}
                <div className="muted small">{party.text}</div>
              </td>
              <td className="right">
                <Money fen={party.fen} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Facts({ one }: { one: AfterSaleDetail }) {
  return (
    <section className="stack tight">
      <div>
        <b>{one.reasonText}</b>
        {one.text ? `：${one.text}` : ''}
      </div>
      <div className="row" style={{ flexWrap: 'wrap' }}>
        {one.pictures.map((url) => (
          <a key={url} href={url} target="_blank" rel="noreferrer">
            <img src={url} alt="顾客的图片" width={72} height={72} style={{ borderRadius: 4, objectFit: 'cover' }} />
          </a>
        ))}
      </div>
      {one.returnStore ? <div className="muted">退到 {one.returnStore.name}</div> : null}
      {one.sentBack ? (
        <div>
          寄回 {one.sentBack.company} <span className="num">{one.sentBack.trackingNo}</span>，
          {exactText(one.sentBack.at)}
        </div>
      ) : null}
      {one.resent ? (
        <div>
          换货寄出 {one.resent.company} <span className="num">{one.resent.trackingNo}</span>，{exactText(one.resent.at)}
        </div>
      ) : null}
      {one.refundProblem ? <div className="danger">{one.refundProblem}</div> : null}
    </section>
  );
}

function Content({ id }: { id: string }) {
  const query = useAfterSale(id);
  return (
    <Loaded query={query} rows={10}>
      {(one) => {
        const next = nextStepText(one);
        return (
          <div className="stack" data-testid="case">
            <div className="between">
              <div>
                <b className="num" style={{ fontSize: 16 }}>
                  {one.caseNo}
                </b>
                <div className="muted">
                  {one.kindText} · {one.storeName} · {one.memberName ?? '散客'}
                  {one.guideName ? ` · 导购 ${one.guideName}` : ''}
                </div>
                <div className="muted">
                  订单{' '}
                  <Link className="link num" to={`/orders?order=${one.orderId}`}>
                    {one.orderNo}
                  </Link>
                </div>
              </div>
              <Status tone={one.isOverdue ? 'bad' : AFTER_SALE_TONE[one.state]}>{caseStateText(one)}</Status>
            </div>
            {next ? <p>{next}</p> : null}
            <CaseActs one={one} />
            <Facts one={one} />
            <Lines one={one} />
            <Parties one={one} />
            <CaseMessages one={one} />
          </div>
        );
      }}
    </Loaded>
  );
}

export function CaseDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  return (
    <Drawer title="售后详情" open={id !== null} onClose={onClose} size={720} destroyOnHidden>
      {id ? <Content key={id} id={id} /> : null}
    </Drawer>
  );
}
