import { Inject, Injectable } from '@nestjs/common';
import { groupedText } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Pictures } from '../../pictures/index.js';
import { type CheckState, HIDE_TEXTS, rewardFor, verdictOf } from '../domain/review-rules.js';
import { tagsOfWords } from '../domain/review-tags.js';
import { ReviewStore } from '../persistence/review.store.js';
import type { Review } from '../persistence/review-row.js';
import { ReviewTagStore } from '../persistence/review-tag.store.js';
import { ReviewRuleBook } from './review-rule-book.js';

const SYSTEM = { byLabel: 'system', byName: '内容安全检查' };

/** Decides from all checks whether a review or its follow-up is shown, and what follows from that. */
@Injectable()
export class SettleReview {
  readonly rows = new ReviewStore();
  private readonly tags = new ReviewTagStore();

  constructor(
    @Inject(Pictures) private readonly pictures: Pictures,
    @Inject(ReviewRuleBook) private readonly book: ReviewRuleBook,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** Looks at a locked review again; the same checks give the same state, so it may be called at any time. */
  async run(tx: Tx, one: Review): Promise<void> {
    if (one.state === 'PENDING' || one.state === 'MANUAL') await this.main(tx, one);
    if (one.followState === 'PENDING' || one.followState === 'MANUAL') await this.followUp(tx, one);
  }

  private async main(tx: Tx, one: Review): Promise<void> {
    const verdict = verdictOf([one.textCheck, ...(await this.pictureChecks(tx, one, one.pictureIds))]);
    if (verdict === one.state) return;
    if (verdict === 'SHOWN') return this.show(tx, one);
    await this.rows.set(tx, one, { state: verdict, next_at: null });
    if (verdict === 'HIDDEN') await this.refused(tx, one, '评价');
  }

  /** Shows a review for the first time or again: it counts from now on. */
  async show(tx: Tx, one: Review): Promise<void> {
    const rules = await this.book.of(one.brandId, tx);
    const points = rewardFor(rules, one.pictures.length);
    const isFirst = one.shownAt === null;
    await this.rows.set(tx, one, {
      state: 'SHOWN',
      is_counted: 1,
      next_at: null,
      shown_at: one.shownAt ?? tx.now,
      ...(isFirst && points > 0 ? { reward_text: `${groupedText(points)} 积分` } : {}),
    });
    if (!one.isCounted) await this.rows.count(tx, one, 1);
    if (one.kind === 'LINE') await this.tags.put(tx, one, tagsOfWords(one.text, rules.tags));
    if (one.followState === 'SHOWN' && !one.isFollowCounted) {
      await this.rows.set(tx, one, { is_follow_counted: 1 });
      await this.rows.countFollowUp(tx, one, 1);
    }
    if (isFirst)
      tx.emit({
        brandId: one.brandId,
        type: 'review.shown',
        payload: {
          reviewId: one.id,
          memberId: one.memberId,
          orderId: one.orderId,
          storeId: one.storeId,
          points,
          couponTemplateId: rules.rewardCouponTemplateId,
        },
      });
  }

  /** Takes a review out of what everybody sees and counts. */
  async takeOut(tx: Tx, one: Review, state: 'HIDDEN' | 'DELETED'): Promise<void> {
    await this.rows.set(tx, one, { state, is_counted: 0, is_follow_counted: 0, next_at: null, follow_next_at: null });
    if (one.isFollowCounted) await this.rows.countFollowUp(tx, one, -1);
    if (one.isCounted) await this.rows.count(tx, one, -1);
    await this.tags.drop(tx, one);
  }

  private async followUp(tx: Tx, one: Review): Promise<void> {
    const checks = [one.followCheck ?? 'PASSED', ...(await this.pictureChecks(tx, one, one.followPictureIds))];
    const verdict = verdictOf(checks);
    if (verdict === one.followState) return;
    const isShown = verdict === 'SHOWN' && one.state === 'SHOWN';
    await this.rows.set(tx, one, { follow_state: verdict, follow_next_at: null, is_follow_counted: isShown ? 1 : 0 });
    if (isShown) await this.rows.countFollowUp(tx, one, 1);
    if (verdict === 'HIDDEN') await this.refused(tx, one, '追评');
  }

  private async refused(tx: Tx, one: Review, what: string): Promise<void> {
    const text = `${what}没有通过内容安全检查：${HIDE_TEXTS.ILLEGAL}`;
    await this.rows.log(tx, one, { id: this.ids.next(), act: 'HIDE', ...SYSTEM, reason: 'ILLEGAL', text });
  }

  private async pictureChecks(tx: Tx, one: Review, ids: readonly string[]): Promise<CheckState[]> {
    const found = await this.pictures.rows.many(tx, one.brandId, ids);
    return found.map((picture) =>
      picture.check === 'NONE' ? 'PASSED' : picture.check === 'ASKED' ? 'WAITING' : picture.check,
    );
  }
}
