import { Inject, Injectable } from '@nestjs/common';
import type { guideRoutes, ResponseOf } from '@shuke/shared/contracts';
import type { Guide } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { type Earning, EarningStore } from '../persistence/earning.store.js';

type View = ResponseOf<typeof guideRoutes.earnings>;

function stateText({ entitledFen, isSent, splitState }: Earning): string {
  if (entitledFen === 0) return '订单已退款';
  if (isSent) return '已到账';
  if (splitState === 'ATTENTION') return '待处理：请联系店长';
  return splitState === 'WAITING' ? '待到账：顾客收货满 7 天后发放' : '发放中';
}

/** What a guide earns from each order, with the formula printed, so that nobody has to take our word for it. */
@Injectable()
export class Earnings {
  private readonly rows = new EarningStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** The guide's own income, newest order first. */
  async run(actor: Guide, cursor: string | undefined, limit = 20): Promise<View> {
    const beforeId = readCursor(cursor, [DIGITS])?.[0];
    const { entitledFen, arrivedFen } = await this.rows.sums(this.database, actor);
    const earnings = await this.rows.list(this.database, actor, beforeId, limit + 1);
    const page = pageOf(
      earnings,
      limit,
      (one) => this.item(one),
      (one) => makeCursor(one.orderId),
    );
    return { pendingFen: Math.max(0, entitledFen - arrivedFen), paidFen: arrivedFen, ...page };
  }

  private item(one: Earning): View['items'][number] {
    const { input, steps } = one.body;
    return {
      orderId: one.orderId,
      orderNo: one.orderNo,
      at: one.paidAt.toISOString(),
      baseFen: input.paidFen - input.freightFen,
      entitledFen: one.entitledFen,
      stateText: stateText(one),
      formula: steps.find((step) => step.label === input.guide?.partyName)?.formula ?? '',
    };
  }
}
