import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';

/** What every use case of promotions stands on, together to keep constructors short. */
@Injectable()
export class PromotionTools {
  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(UnitOfWork) readonly unitOfWork: UnitOfWork,
    @Inject(Clock) readonly clock: Clock,
    @Inject(IdSource) readonly ids: IdSource,
  ) {}
}
