import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AlreadyDone, earlierResult, keepResult, requestKey } from '../../../platform/idempotency/idempotency.js';

/**
 * Answers a repeated tap with what the first one made. The review itself is unique by its line, so the key is kept after it:
 * a crash between the two costs a refusal that says "done already", never a second review.
 */
@Injectable()
export class Repeats {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  async once(
    brandId: BrandId,
    scope: string,
    key: string | null,
    input: unknown,
    make: () => Promise<Id>,
  ): Promise<Id> {
    const request = requestKey(brandId, scope, key ?? '', input);
    const earlier = await earlierResult(this.database, request);
    if (earlier) return earlier as Id;
    const id = await make();
    await this.unitOfWork
      .run('keep review result', (tx) => keepResult(tx, request, id))
      .catch((error: unknown) => {
        if (!(error instanceof AlreadyDone)) throw error;
      });
    return id;
  }
}
