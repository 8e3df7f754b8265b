import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { api } from '../../lib/api';
import { useMe } from '../../lib/me';
import { countText, moneyText } from '../../lib/money';
import type { Overview } from '../../lib/types';
import { PARTY, PARTY_ORDER } from '../../lib/words';
import { Chart } from '../../ui/chart';
import { Money } from '../../ui/money';
import { Card, PageFrame } from '../../ui/page';
import { ShareBar } from '../../ui/share-bar';
import { Empty, Loaded } from '../../ui/states';
import { When } from '../../ui/when';
import { BalanceBadge } from './components/balance-badge';
import { Figures } from './components/figures';
import { MoneyFlow } from './components/money-flow';
import { Todo } from './components/todo';
import { compareText, daysOption } from './model';

function Parties({ party }: { party: Overview['party'] }) {
  const amounts = {
    BRAND: party.brandFen,
    FRANCHISEE: party.franchiseeFen,
    GUIDE: party.guideFen,
    CHANNEL: party.channelFen,
  };
  const shares = PARTY_ORDER.map((key) => ({ name: PARTY[key].word, fen: amounts[key], colour: PARTY[key].colour }));
  return (
    <div className="stack tight">
      <ShareBar shares={shares} height={14} />
      <table className="plain">
        <tbody>
          {shares.map((share) => (
            <tr key={share.name}>
              <td>
                <i className="swatch" style={{ background: share.colour }} />
                {share.name}
              </td>
              <td className="right">
                <Money fen={share.fen} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>合计</td>
            <td className="right">
              <Money fen={party.brandFen + party.franchiseeFen + party.guideFen + party.channelFen} />
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="muted small">
        只算微信收到的钱：储值付的不在内，今天退的款（不论哪天下的单）从各方冲回，所以和「成交」可以不一样。
      </p>
    </div>
  );
}

function TopStores({ stores }: { stores: Overview['topStores'] }) {
  if (stores.length === 0) return <Empty title="今天还没有门店开单" />;
  const most = Math.max(...stores.map((store) => store.paidFen), 1);
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>门店</th>
          <th className="right">订单</th>
          <th className="right">成交</th>
        </tr>
      </thead>
      <tbody>
        {stores.map((store) => (
          <tr key={store.storeId}>
            <td>
              <Link className="link" to={`/orders?store=${store.storeId}`}>
                {store.name}
              </Link>
              <div style={{ height: 4, marginTop: 4, background: '#edf1f2', borderRadius: 2 }} aria-hidden="true">
                <div
                  style={{
                    height: 4,
                    borderRadius: 2,
                    background: '#5e8f98',
                    width: `${(store.paidFen / most) * 100}%`,
                  }}
                />
              </div>
            </td>
            <td className="right num">{countText(store.orderCount)}</td>
            <td className="right">
              <Money fen={store.paidFen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Today({ view, isHq }: { view: Overview; isHq: boolean }) {
  const line = useMemo(() => daysOption(view.days), [view.days]);
  const label = view.days.map((day) => `${day.day} ${moneyText(day.paidFen)}`).join('，');
  return (
    <div className="stack">
      <Figures view={view} isHq={isHq} />
      <Todo todo={view.todo ?? []} />
      <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1.7fr) minmax(300px, 1fr)' }}>
        <Card title="近 7 天成交" extra={<span className="muted small">{compareText(view.days, view.day)}</span>}>
          <Chart option={line} height={232} label={`近 7 天成交：${label}`} />
        </Card>
        <Card
          title="今天的钱归谁"
          extra={
            <Link className="link small" to="/splits">
              看每一笔
            </Link>
          }
        >
          <Parties party={view.party} />
        </Card>
      </div>
      <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 1.7fr) minmax(300px, 1fr)' }}>
        <MoneyFlow flows={view.flows} />
        <Card title="近 7 天成交最多的门店">
          <TopStores stores={view.topStores} />
        </Card>
      </div>
    </div>
  );
}

export default function OverviewPage() {
  const user = useMe();
  const query = useQuery({
    queryKey: ['overview'],
    queryFn: () => api.console.overview({ query: {} }),
    refetchInterval: 60_000,
  });
  const isHq = user.role === 'HQ';
  return (
    <PageFrame
      title="今日"
      hint={
        query.data ? (
          <>
            {query.data.day} · 数据截至 <When at={query.data.asOf} />
          </>
        ) : (
          ' '
        )
      }
      actions={
        query.data ? (
          <BalanceBadge isBalanced={query.data.isBalanced} checkedAt={query.data.invariantsCheckedAt} />
        ) : null
      }
    >
      <Loaded query={query} rows={12}>
        {(view) => <Today view={view} isHq={isHq} />}
      </Loaded>
    </PageFrame>
  );
}
