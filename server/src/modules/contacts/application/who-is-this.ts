import { Inject, Injectable } from '@nestjs/common';
import type { ContactView } from '@shuke/shared/contracts';
import { businessDay } from '@shuke/shared/kernel';
import type { Guide as GuideActor } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Analytics } from '../../analytics/index.js';
import { Bindings } from '../../guides/index.js';
import { profileOf } from '../../members/index.js';
import { Organization } from '../../organization/index.js';
import { Tags } from '../../tags/index.js';
import { favouriteSizes } from '../domain/customer-facts.js';
import { nextActions } from '../domain/next-actions.js';
import { CustomerStore } from '../persistence/customer.store.js';
import type { BoughtRow } from '../persistence/customer-rows.js';
import { CustomerAccess, type VisibleCustomer } from './customer-access.js';
import {
  bindingText,
  corpTagViews,
  factViews,
  orderViews,
  purchaseView,
  relationText,
  tagViews,
  timelineText,
  trailViews,
} from './customer-view.js';

const ORDERS_READ = 50;
const ORDERS_SHOWN = 5;
const TRAIL_SHOWN = 10;
const LIMITED_TIMELINE = 3;

/** Who is in the chat (product.md G3): at most six statements, five of them at once. */
@Injectable()
export class WhoIsThis {
  private readonly rows = new CustomerStore();

  constructor(
    @Inject(CustomerAccess) private readonly access: CustomerAccess,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Bindings) private readonly bindings: Bindings,
    @Inject(Tags) private readonly tags: Tags,
    @Inject(Analytics) private readonly analytics: Analytics,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws AppError NOT_FOUND */
  async run(actor: GuideActor, externalUserId: string): Promise<ContactView> {
    const { brandId, guideId } = actor;
    const found = await this.access.find(actor, externalUserId);
    const { row, isFull } = found;
    const member = isFull ? row.memberId : null;
    const [timeline, tags, bought, trail, tasks] = await Promise.all([
      row.memberId ? this.bindings.timeline(this.database, brandId, row.memberId) : [],
      member ? this.tags.ofMember(this.database, brandId, member) : [],
      member ? this.rows.bought(this.database, brandId, member, ORDERS_READ) : [],
      member ? this.analytics.trail(this.database, brandId, member, { limit: TRAIL_SHOWN }) : [],
      isFull ? this.rows.openTasks(this.database, brandId, guideId, businessDay(this.clock.now()), externalUserId) : [],
    ]);
    const storeNames = new Map(
      (await this.organization.stores(brandId)).map((store) => [store.id as string, store.name]),
    );
    const paid = bought.filter((line) => line.paidAt !== null && line.kind === 'SALE');
    const last = paid[0];
    const lastStore = last ? (storeNames.get(last.storeId) ?? null) : null;
    const now = this.clock.now();
    const shown = new Set([...new Set(bought.map((line) => line.orderId))].slice(0, ORDERS_SHOWN));
    return {
      externalUserId: row.externalUserId,
      name: row.name,
      avatarUrl: row.avatarUrl,
      isFriend: row.relation?.state === 'FRIEND' && row.relation.guideId === guideId,
      relationText: relationText(row, now),
      remark: row.relation?.remark ?? '',
      memberId: row.memberId,
      isShared: row.isShared,
      profile: isFull && row.member ? profileOf(row.member, found.scheme) : null,
      binding: await this.bindingView(found, actor, isFull ? timeline : timeline.slice(0, LIMITED_TIMELINE)),
      tags: tagViews(tags, row.corpMarks),
      corpTags: isFull ? corpTagViews(row.corpMarks, tags) : [],
      facts: isFull ? factViews(row, last, lastStore, found.scheme, now) : [],
      purchase: isFull
        ? purchaseView(row, last, lastStore, now)
        : {
            orderCount: 0,
            totalFen: 0,
            lastAt: null,
            lastText: row.isShared ? '其他导购的顾客，购买记录不显示' : '顾客选择不与门店共享，购买记录不显示',
            expectedNextText: null,
          },
      sizes: favouriteSizes(paid.map(asBought)),
      recentOrders: orderViews(
        bought.filter((line) => shown.has(line.orderId)),
        storeNames,
      ),
      trail: trailViews(trail, storeNames),
      nextActions: isFull
        ? nextActions({
            nowMs: now,
            isFriend: row.relation?.state === 'FRIEND',
            isMember: row.memberId !== null,
            addedAtMs: row.relation?.addedAt.getTime() ?? null,
            tasks,
            // Who has turned personalisation off is not advertised to by what they looked at (PIPL art. 24).
            viewed: (row.member?.is_personalised === 0 ? [] : trail).flatMap((one) =>
              one.type === 'VIEW' && one.productId && one.productName
                ? [{ productId: one.productId, name: one.productName, count: one.recentCount }]
                : [],
            ),
            bought: paid.map(asBought),
          })
        : [],
    };
  }

  private async bindingView(
    { row, isMine }: VisibleCustomer,
    { brandId }: GuideActor,
    timeline: Awaited<ReturnType<Bindings['timeline']>>,
  ): Promise<ContactView['binding']> {
    const guide = row.boundGuideId ? await this.organization.guide(brandId, row.boundGuideId) : null;
    return {
      guide: guide && this.organization.guideCard(guide),
      isMine,
      way: row.boundWay as ContactView['binding']['way'],
      boundAt: row.boundAt?.toISOString() ?? null,
      protectedUntil: row.protectedUntil?.toISOString() ?? null,
      text: bindingText(row, guide?.name ?? null, isMine, this.clock.now()),
      timeline: timeline.map((event) => ({ at: event.at.toISOString(), text: timelineText(event) })),
    };
  }
}

const asBought = (line: BoughtRow) => ({
  name: line.name,
  productId: line.productId,
  categoryName: line.categoryName,
  size: line.size,
  qty: line.qty - line.refundedQty,
  atMs: (line.paidAt ?? line.createdAt).getTime(),
});
