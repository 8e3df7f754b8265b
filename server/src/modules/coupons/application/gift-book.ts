import { Inject, Injectable } from '@nestjs/common';
import type { mallRoutes, ResponseOf } from '@shuke/shared/contracts';
import type { Actor, Consumer } from '../../../platform/access/actor.js';
import type { Face } from '../domain/face.js';
import type { CouponId } from '../domain/types.js';
import { shanghaiText } from '../domain/validity.js';
import { CouponViews } from './coupon-views.js';
import { Gifts } from './gifts.js';

type View = ResponseOf<typeof mallRoutes.couponGift>;
const STATE_TEXT: Record<View['state'], string> = { OFFERED: '等待接收', ACCEPTED: '已被接收', RETURNED: '已退回' };

/** Gifts as giver and receiver see them. */
@Injectable()
export class GiftBook {
  constructor(
    @Inject(Gifts) private readonly gifts: Gifts,
    @Inject(CouponViews) private readonly views: CouponViews,
  ) {}

  async give(actor: Consumer, id: CouponId): Promise<View> {
    return this.look(actor, await this.gifts.give(actor, id));
  }

  accept(actor: Consumer, token: string): Promise<CouponId> {
    return this.gifts.accept(actor, token);
  }

  takeBack(actor: Consumer, token: string): Promise<CouponId> {
    return this.gifts.takeBack(actor, token);
  }

  async look(actor: Actor, token: string): Promise<View> {
    const { gift, coupon, giverName, isMine, reason } = await this.gifts.look(actor, token);
    const [face] = await this.views.faces(actor.brandId, [coupon]);
    return {
      token: gift.token,
      face: face as Face,
      validText: `有效至 ${shanghaiText(coupon.validUntil)}`,
      giverName,
      state: gift.state,
      stateText: STATE_TEXT[gift.state],
      expiresAt: gift.expiresAt.toISOString(),
      isMine,
      canAccept: reason === null,
      reason,
    };
  }
}
