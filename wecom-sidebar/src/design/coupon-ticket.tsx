import type { ReactNode } from 'react';
import type { BankCoupon } from '../data/types';

/** A coupon of the bank: worth, condition, until when, and how many more may be given. */
export function CouponTicket({ coupon, children }: { coupon: BankCoupon; children: ReactNode }) {
  const { face } = coupon;
  return (
    <article className="ticket" data-testid="bank-coupon" data-can-send={coupon.canSend}>
      <p className="ticket-worth num" aria-hidden="true">
        {face.unit === '元' ? <small>¥</small> : null}
        {face.worth}
        {face.unit && face.unit !== '元' ? <small>{face.unit}</small> : null}
      </p>
      <div className="grow ticket-text">
        <h4 className="clamp2">{face.name}</h4>
        <p className="weak">
          {face.conditionText} · {face.scopeText}
        </p>
        <p className="weak">{coupon.validText}</p>
        <p className="ticket-left">
          <span className={coupon.canSend ? 'chip chip-good' : 'chip'}>{coupon.leftText}</span>
          <span className="weak">费用：{coupon.bearerText}</span>
        </p>
      </div>
      {children}
    </article>
  );
}
