import { Inject, Injectable } from '@nestjs/common';
import type { ConsentHistory } from '@shuke/shared/contracts';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { consentTitle } from '../domain/consents.js';
import { ConsentEventsStore } from '../persistence/consent-events.store.js';
import { MergesStore } from '../persistence/merges.store.js';
import { PeopleStore } from '../persistence/people.store.js';
import { MemberPolicies } from './member-policies.js';
import { consentViews } from './people-view.js';

const SHOWN_MAX = 200;
const SOURCE_TEXT: Readonly<Record<string, string>> = {
  MALL: '本人在小程序里选择',
  MERGE: '两份会员记录合到一起，取更严格的回答',
  UNMERGE: '会员记录拆分，恢复合并前的回答',
};

/** What somebody had agreed to at any past instant, told from every answer that was given (product.md A1, A7). */
@Injectable()
export class PastConsents {
  private readonly events = new ConsentEventsStore();
  private readonly people = new PeopleStore();
  private readonly merges = new MergesStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(MemberPolicies) private readonly policies: MemberPolicies,
  ) {}

  /**
   * Answers as they held at an instant, now when none is named, and the changes of the record and of those that were
   * merged into it. An answer counts for the record that gave it: before a merge each had its own.
   * @throws AppError NOT_FOUND
   */
  async at(brandId: BrandId, memberId: MemberId, instant: string | undefined): Promise<ConsentHistory> {
    if ((await this.people.statuses(this.database, brandId, [memberId])).length === 0) throw refuse('NOT_FOUND');
    const at = instant === undefined ? this.clock.date() : new Date(instant);
    const policy = await this.policies.of(brandId);
    const sources = await this.merges.sourcesOf(this.database, brandId, [memberId]);
    const [held, changes] = [
      await this.events.heldAt(this.database, brandId, memberId, at),
      await this.events.changes(this.database, brandId, [memberId, ...sources], SHOWN_MAX),
    ];
    return {
      at: at.toISOString(),
      answers: consentViews(policy, held),
      changes: changes.map((one) => {
        const why = SOURCE_TEXT[one.source] ?? one.source;
        return {
          at: one.at.toISOString(),
          subBrand: one.subBrand,
          purpose: one.purpose,
          title: consentTitle(policy, one),
          version: one.version,
          isGiven: one.isGiven,
          sourceText: one.memberId === memberId ? why : `${why}（在已并入的记录里）`,
        };
      }),
    };
  }
}
