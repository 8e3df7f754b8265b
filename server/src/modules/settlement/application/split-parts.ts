import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Organization } from '../../organization/index.js';
import { RefundStore } from '../../payments/index.js';
import { BookSplit } from './book-split.js';
import { Debts } from './debts.js';
import { RetryClosed } from './retry-closed.js';
import { SplitTerms } from './split-terms.js';

/** What a split needs besides the stores, together to keep the constructor short. */
@Injectable()
export class SplitParts {
  constructor(
    @Inject(Organization) readonly organization: Organization,
    @Inject(RefundStore) readonly refunds: RefundStore,
    @Inject(Clock) readonly clock: Clock,
    @Inject(SplitTerms) readonly terms: SplitTerms,
    @Inject(BookSplit) readonly books: BookSplit,
    @Inject(RetryClosed) readonly retry: RetryClosed,
    @Inject(Debts) readonly debts: Debts,
  ) {}
}
