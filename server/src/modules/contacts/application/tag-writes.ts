import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Wake } from '../../../platform/platform.module.js';
import { type Pair, TagWritesStore } from '../persistence/tag-writes.store.js';

export const TAG_WRITES_SWEEP = 'contacts.write-tags';

type TagName = { groupName: string; name: string };

/**
 * Notes which of our tags are to be marked in WeCom: those that WeCom's library has under the same group and name. The
 * wish is kept with the change itself, and a sweep tells WeCom. What comes from WeCom never gets here, so nothing is echoed.
 */
@Injectable()
export class TagWrites {
  private readonly rows = new TagWritesStore();

  constructor(@Inject(Wake) private readonly wake: Pick<Wake, 'sweep'>) {}

  /** A guide has given a tag: it is marked at the guide who is the contact's friend. */
  async mark(tx: Tx, pair: Pair, tag: TagName): Promise<void> {
    const tagIds = await this.rows.corpTagIds(tx, pair.brandId, tag);
    await this.ask(tx, [pair], tagIds, true);
  }

  /**
   * A tag was taken back: it goes wherever we have marked it, and at the guide who took it back. Marks that colleagues have
   * made in WeCom itself stay theirs.
   */
  async unmark(tx: Tx, brandId: BrandId, externalUserIds: readonly string[], tag: TagName, own?: Pair): Promise<void> {
    const tagIds = await this.rows.corpTagIds(tx, brandId, tag);
    const ours = await this.rows.wanted(tx, brandId, externalUserIds, tagIds);
    const others = ours.filter((one) => one.guideId !== own?.guideId || one.externalUserId !== own.externalUserId);
    await this.ask(tx, own ? [own, ...others] : others, tagIds, false);
  }

  /** The same for a tag that the member has taken off. */
  async unmarkMember(tx: Tx, brandId: BrandId, memberId: MemberId, tag: TagName): Promise<void> {
    await this.unmark(tx, brandId, await this.rows.contactsOf(tx, brandId, memberId), tag);
  }

  private async ask(tx: Tx, pairs: readonly Pair[], tagIds: readonly string[], isWanted: boolean): Promise<void> {
    if (pairs.length === 0 || tagIds.length === 0) return;
    await this.rows.ask(tx, pairs, tagIds, isWanted);
    tx.afterCommit(() => this.wake.sweep(TAG_WRITES_SWEEP));
  }
}
