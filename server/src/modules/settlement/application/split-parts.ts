import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { AskSplit } from './ask-split.js';
import { FreeRest } from './free-rest.js';
import { PlanSplit } from './plan-split.js';
import { RetryClosed } from './retry-closed.js';
import { SendSplit } from './send-split.js';
import { SplitTerms } from './split-terms.js';
import { StopSplit } from './stop-split.js';

/** The steps of a split, in their order, and the clock they go by. */
@Injectable()
export class SplitParts {
  constructor(
    @Inject(Clock) readonly clock: Clock,
    @Inject(PlanSplit) readonly plans: PlanSplit,
    @Inject(SplitTerms) readonly terms: SplitTerms,
    @Inject(SendSplit) readonly send: SendSplit,
    @Inject(AskSplit) readonly ask: AskSplit,
    @Inject(RetryClosed) readonly retry: RetryClosed,
    @Inject(FreeRest) readonly rest: FreeRest,
    @Inject(StopSplit) readonly stops: StopSplit,
  ) {}
}
