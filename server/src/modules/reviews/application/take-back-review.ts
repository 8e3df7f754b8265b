import { Inject, Injectable } from '@nestjs/common';
import { actorLabel } from '../../../platform/access/actor.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { Pictures } from '../../pictures/index.js';
import type { Review } from '../persistence/review-row.js';
import { SettleReview } from './settle-review.js';

/** An author takes a review back for good: words, pictures and name go, so that nothing of the person stays. */
@Injectable()
export class TakeBackReview {
  constructor(
    @Inject(SettleReview) readonly settle: SettleReview,
    @Inject(Pictures) private readonly pictures: Pictures,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /** The review is locked and not deleted yet. */
  async run(tx: Tx, one: Review, text: string): Promise<void> {
    const { brandId, memberId, openid } = one;
    await this.settle.takeOut(tx, one, 'DELETED');
    await this.settle.rows.set(tx, one, {
      text: '',
      author_name: '',
      author_avatar: '',
      openid: '',
      pictures: '[]',
      picture_ids: '[]',
      follow_text: null,
      follow_pictures: null,
      follow_picture_ids: null,
      follow_state: null,
    });
    await this.pictures.forget(tx, brandId, [...one.pictureIds, ...one.followPictureIds]);
    const by = { byLabel: actorLabel({ kind: 'consumer', brandId, memberId, openid }), byName: '作者' };
    await this.settle.rows.log(tx, one, { id: this.ids.next(), act: 'DELETE', ...by, text });
  }
}
