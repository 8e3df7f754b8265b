import { type ReactNode, useState } from 'react';
import { Tabs } from '../../design/tabs';
import { CouponDesk } from './coupon-desk';
import { ExchangeDesk } from './exchange-desk';
import { MemberDesk } from './member-desk';
import { Recent } from './recent';
import { ReturnDesk } from './return-desk';
import './counter.css';

const DESKS = [
  { key: 'member', label: '会员' },
  { key: 'coupon', label: '用券' },
  { key: 'pickup', label: '取货' },
  { key: 'exchange', label: '兑换' },
  { key: 'return', label: '退货' },
] as const;
type Desk = (typeof DESKS)[number]['key'];

/** The counter: everything that begins with a customer showing a code. `pickup` is the desk of the store's orders. */
export function CounterPage({ pickup }: { pickup: ReactNode }) {
  const [desk, setDesk] = useState<Desk>('member');
  return (
    <div data-testid="counter">
      <h1 className="page-title">扫一扫</h1>
      <Tabs items={DESKS} active={desk} onChange={setDesk} label="柜台" look="segment" idPrefix="desk" />
      <div className="counter-desk">
        {desk === 'member' ? <MemberDesk /> : null}
        {desk === 'coupon' ? <CouponDesk /> : null}
        {desk === 'pickup' ? pickup : null}
        {desk === 'exchange' ? <ExchangeDesk /> : null}
        {desk === 'return' ? <ReturnDesk /> : null}
      </div>
      {desk === 'member' || desk === 'coupon' ? <Recent key={desk} of={desk} /> : null}
      {desk === 'pickup' || desk === 'exchange' ? <Recent key="goods" of="goods" /> : null}
    </div>
  );
}
