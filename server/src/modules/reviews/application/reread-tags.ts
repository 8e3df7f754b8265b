import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { tagsOfWords } from '../domain/review-tags.js';
import { ReviewTagStore } from '../persistence/review-tag.store.js';
import { ReviewRuleStore } from '../persistence/rule.store.js';
import { ReviewRuleBook } from './review-rule-book.js';

const EVERY_MS = 10_000;
const BRANDS = 20;
const BATCH = 200;

/**
 * Reads shown reviews again after headquarters has changed the dictionary of tags. Each batch commits with how far it
 * came, so whoever is killed is followed by somebody who goes on; a further change begins again from the first review.
 */
@Injectable()
export class RereadTags implements OnModuleInit {
  private readonly unread = new Setbacks();
  private readonly rules = new ReviewRuleStore();
  private readonly tags = new ReviewTagStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(ReviewRuleBook) private readonly book: ReviewRuleBook,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({ name: 'reviews.tags', everyMs: EVERY_MS, run: () => this.run() });
  }

  /** @returns how many brands are done */
  run(): Promise<number> {
    return eachDue(this.unread, this.clock.date(), {
      label: 'read reviews for their tags again',
      batch: BRANDS,
      due: (limit) => this.rules.toReread(this.database, limit),
      nameOf: (brandId) => brandId,
      work: async (brandId) => {
        while (await this.batch(brandId));
        return true;
      },
    });
  }

  /** @returns whether there may be more */
  private batch(brandId: BrandId): Promise<boolean> {
    return this.unitOfWork.run('read tags again', async (tx) => {
      // The lock keeps a further change of the dictionary waiting until what this batch read is written.
      const after = await this.rules.lockReread(tx, brandId);
      if (after === null) return false;
      const { tags } = await this.book.of(brandId, tx);
      const reviews = await this.tags.shownAfter(tx, brandId, after, BATCH);
      await this.tags.replace(
        tx,
        brandId,
        reviews.map(({ text, ...one }) => ({ ...one, tags: tagsOfWords(text, tags) })),
      );
      const last = reviews.at(-1);
      const isMore = last !== undefined && reviews.length === BATCH;
      await this.rules.rereadTo(tx, brandId, isMore ? last.id : null);
      return isMore;
    });
  }
}
