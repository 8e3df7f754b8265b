import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { BookSplit } from './book-split.js';
import { PlanSplit } from './plan-split.js';
import { RetryClosed } from './retry-closed.js';
import { SplitTerms } from './split-terms.js';

/** What a split needs besides the stores, together to keep the constructor short. */
@Injectable()
export class SplitParts {
  constructor(
    @Inject(Clock) readonly clock: Clock,
    @Inject(PlanSplit) readonly plans: PlanSplit,
    @Inject(SplitTerms) readonly terms: SplitTerms,
    @Inject(BookSplit) readonly books: BookSplit,
    @Inject(RetryClosed) readonly retry: RetryClosed,
  ) {}
}
