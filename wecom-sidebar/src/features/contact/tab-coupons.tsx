import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { BankCoupon, ContactView, CouponBank, CouponSend } from '../../data/types';
import { Button } from '../../design/button';
import { CouponTicket } from '../../design/coupon-ticket';
import { EndlessList } from '../../design/endless-list';
import { Price } from '../../design/price';
import { BoneRows, Empty, ProblemPane } from '../../design/states';
import { When } from '../../design/when';

/** How far a card got: sent, taken, used; one that nobody took in time is over. */
function stateOf(send: CouponSend): { text: string; look: string } {
  if (send.usedCount > 0) return { text: '已使用', look: 'chip chip-warm' };
  if (send.takenCount > 0) return { text: '已领取', look: 'chip chip-good' };
  if (send.state === 'CANCELLED') return { text: '没有发出', look: 'chip' };
  if (send.state === 'OVER') return { text: '没领，已过期', look: 'chip' };
  return { text: send.state === 'SENT' ? '已发，等 TA 领' : '准备中', look: 'chip chip-amber' };
}

function Sent({ send }: { send: CouponSend }) {
  const { text, look } = stateOf(send);
  return (
    <div className="given row g8" data-testid="coupon-send" data-state={text}>
      <span className="grow">
        <span className="ellipsis given-name">
          {send.face.name} {send.face.worth}
          {send.face.unit}
        </span>
        <When at={send.createdAt} className="weak" />
      </span>
      <span className={look}>{text}</span>
    </div>
  );
}

const SHOWN = 3;
/** What this customer was given before, so that nobody is given the same twice; the newest few until asked for more. */
function Given({ externalUserId }: { externalUserId: string }) {
  const [isWhole, setWhole] = useState(false);
  const query = useInfiniteQuery({
    queryKey: keys.couponSends(externalUserId),
    ...pagedBy((query) => api.guide.couponSends({ query: { ...query, externalUserId } })),
    // Whether it was taken is what the guide comes back to look at.
    staleTime: 2_000,
    refetchOnWindowFocus: true,
  });
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  if (query.isError && !query.data)
    return (
      <p className="notice" role="alert" data-testid="coupon-sends-problem">
        <span>没看到之前给 TA 发过什么券，先别重复发</span>
        <button type="button" onClick={() => void query.refetch()}>
          重试
        </button>
      </p>
    );
  if (items.length === 0) return null;
  return (
    <section className="section" data-testid="coupon-sends">
      <div className="section-head">
        <h3>发给 TA 的券</h3>
        {!isWhole && items.length > SHOWN ? (
          <Button look="link" onClick={() => setWhole(true)}>
            看全部
          </Button>
        ) : null}
      </div>
      {isWhole ? (
        <EndlessList
          query={query}
          keyOf={(send) => send.id}
          testId="all-coupon-sends"
          empty={null}
          row={(send) => <Sent send={send} />}
        />
      ) : (
        items.slice(0, SHOWN).map((send) => <Sent key={send.id} send={send} />)
      )}
    </section>
  );
}

function Quota({ bank }: { bank: CouponBank }) {
  if (bank.monthCapFen === null) return null;
  return (
    <p className="weak bank-quota" data-testid="coupon-quota">
      本月已发 <Price fen={bank.monthGivenFen} />
      ，最多 <Price fen={bank.monthCapFen} />
    </p>
  );
}

function Purposes(props: { items: BankCoupon[]; active: string | null; onChange: (purpose: string | null) => void }) {
  const texts = [...new Set(props.items.map((one) => one.purposeText))];
  if (texts.length < 2) return null;
  return (
    <fieldset className="purposes" aria-label="用途">
      {texts.map((text) => (
        <button
          type="button"
          className="tag"
          key={text}
          aria-pressed={props.active === text}
          onClick={() => props.onChange(props.active === text ? null : text)}
        >
          {text}
        </button>
      ))}
    </fieldset>
  );
}

interface Props {
  view: ContactView;
  pickedId: string | null;
  onPick: (coupon: BankCoupon) => void;
}

function Bank({ view, pickedId, onPick }: Props) {
  const { externalUserId } = view;
  const query = useQuery({
    queryKey: keys.couponBank(externalUserId),
    queryFn: () => api.guide.couponBank({ query: { externalUserId } }),
  });
  const [purpose, setPurpose] = useState<string | null>(null);
  if (query.isPending) return <BoneRows count={3} />;
  if (!query.data) return <ProblemPane error={query.error} onRetry={() => void query.refetch()} />;
  const { items } = query.data;
  if (items.length === 0)
    return (
      <Empty icon="gift" title="现在没有可以发的券">
        总部把券放进券银行后，会出现在这里
      </Empty>
    );
  return (
    <div data-testid="coupon-bank">
      <Quota bank={query.data} />
      <Purposes items={items} active={purpose} onChange={setPurpose} />
      {items
        .filter((one) => purpose === null || one.purposeText === purpose)
        .map((one) => (
          <CouponTicket key={one.templateId} coupon={one}>
            <Button
              look={pickedId === one.templateId ? 'soft' : 'calm'}
              disabled={!one.canSend}
              onClick={() => onPick(one)}
              aria-label={`选 ${one.face.name} 来发`}
              data-testid="coupon-pick"
            >
              {pickedId === one.templateId ? '已选' : '选它'}
            </Button>
          </CouponTicket>
        ))}
    </div>
  );
}

/** The coupon bank beside a chat: what may be given, and what became of what was given. */
export function TabCoupons({ view, pickedId, onPick }: Props) {
  if (!view.isFriend)
    return (
      <Empty icon="gift" title="加为好友后才能发券">
        券卡要发在你和 TA 的聊天里
      </Empty>
    );
  return (
    <>
      <Given externalUserId={view.externalUserId} />
      <section className="section">
        <div className="section-head">
          <h3>券银行</h3>
          <span className="weak">选一张，话术可以改</span>
        </div>
        <Bank view={view} pickedId={pickedId} onPick={onPick} />
      </section>
    </>
  );
}
