import { Inject, Injectable } from '@nestjs/common';
import type { PayDesk } from '../../../gateways/registry/pay-gateways.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { SplitStore } from '../persistence/split.store.js';
import { type Split } from '../persistence/split-rows.js';
import { BookSplit } from './book-split.js';
import type { Next } from './split-steps.js';
import { StopSplit } from './stop-split.js';

const afterBooked = declareFailpoint('split.after-booked');

/** Finds out what became of a split that was sent, and has it booked. */
@Injectable()
export class AskSplit {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(BookSplit) private readonly books: BookSplit,
    @Inject(StopSplit) private readonly stops: StopSplit,
  ) {}

  /** Asks how the split went; FINISHED says that nothing is pending, not that everybody got paid. */
  async run(split: Split, desk: PayDesk): Promise<Next> {
    const request = await this.splits.openRequest(this.database, split, 'SPLIT');
    if (!request) return this.stops.attention(split, '分账单丢失，请联系技术支持', 'no request');
    const result = await desk.gateway.sharing.querySplit({
      subMchid: split.subMchid ?? undefined,
      outOrderNo: request.outOrderNo,
      transactionId: split.transactionId,
    });
    if (result.kind === 'unknown') return this.stops.soon();
    if (result.kind === 'refused') {
      // Not known to the channel: it was never accepted, so the same number goes out again.
      if (result.status !== 404) return this.stops.putOff(split, result);
      await this.splits.advance(this.database, split, { step: 'SEND' });
      return this.stops.soon();
    }
    if (result.data.state !== 'FINISHED') return this.stops.soon();
    const next = await this.books.book(split, request, result.data, this.clock.now());
    afterBooked();
    return next;
  }
}
