import { Inject, Injectable } from '@nestjs/common';
import type { Reviewable } from '@shuke/shared/contracts';
import { DAY_MS, groupedText, type OrderId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, readCursor } from '../../../platform/http/cursor.js';
import { type Order, Orders } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { rewardFor } from '../domain/review-rules.js';
import { AuthorStore, type ReviewedPart } from '../persistence/author.store.js';
import { ReviewRuleBook } from './review-rule-book.js';

/** Purchases that wait for their consumer's review. */
@Injectable()
export class ReviewableOrders {
  private readonly authors = new AuthorStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(ReviewRuleBook) private readonly book: ReviewRuleBook,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** A page of purchases with something left to review, newest first; a page may be shorter than its limit. */
  async list(
    actor: Consumer,
    query: { orderId?: string; cursor?: string; limit?: number },
  ): Promise<{ items: Reviewable[]; nextCursor: string | null }> {
    const limit = query.limit ?? 20;
    const rules = await this.book.of(actor.brandId);
    const since = new Date(this.clock.now() - rules.reviewDays * DAY_MS);
    const after = readCursor(query.cursor, [DIGITS, DIGITS]);
    const before = after ? { madeAt: new Date(Number(after[0])), id: after[1] as OrderId } : undefined;
    const found = await this.authors.purchases(
      this.database,
      actor,
      { since, orderId: query.orderId, before },
      limit + 1,
    );
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const shown = page.map(({ id }) => id);
    const orders = shown.length > 0 ? await this.orders.store.many(this.database, actor.brandId, shown) : [];
    const items: Reviewable[] = [];
    const done = await this.authors.reviewed(this.database, actor.brandId, shown);
    for (const id of shown) {
      const order = orders.find((one) => one.id === id);
      const view = order ? await this.view(order, done) : null;
      if (view && (view.lines.length > 0 || view.service)) items.push(view);
    }
    return {
      items,
      nextCursor: last && found.length > limit ? makeCursor(String(last.madeAt.getTime()), last.id) : null,
    };
  }

  /** One purchase with what is left to review of it. */
  async of(actor: Consumer, order: Order): Promise<Reviewable> {
    return this.view(order, await this.authors.reviewed(this.database, actor.brandId, [order.id]));
  }

  private async view(order: Order, done: readonly ReviewedPart[]): Promise<Reviewable> {
    const rules = await this.book.of(order.brandId);
    const store = await this.organization.store(order.brandId, order.storeId);
    const guide = order.guideId ? await this.organization.guide(order.brandId, order.guideId) : null;
    const has = (kind: string, lineId: string) =>
      done.some((row) => row.orderId === order.id && row.kind === kind && row.lineId === lineId);
    const most = rewardFor(rules, 1);
    return {
      orderId: order.id,
      orderNo: order.orderNo,
      storeName: store?.name ?? '门店',
      channel: order.channel,
      boughtAt: (order.paidAt ?? order.createdAt).toISOString(),
      lines: order.lines
        // A review is shown beside its product: goods of the counter that are in no catalogue have no such place.
        .filter((line) => line.productId !== null && !has('LINE', line.lineId) && line.refundedQty < line.qty)
        .map((line) => ({
          lineId: line.lineId,
          productId: line.productId,
          name: line.name,
          spec: line.spec,
          imageUrl: line.imageUrl,
        })),
      service: has('SERVICE', '0')
        ? null
        : { guideName: guide?.name ?? store?.name ?? '门店', avatarUrl: guide?.avatarUrl ?? null },
      rewardText: most > 0 ? `写评价最多得 ${groupedText(most)} 积分，好评差评都一样` : null,
    };
  }
}
