import { Inject, Injectable } from '@nestjs/common';
import type { Desk } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { setUndoMinutes } from './create.js';
import { Organization } from './organization.js';

/** What holds at every counter of a brand: for how many minutes whoever did something there may undo it alone. */
@Injectable()
export class CounterRules {
  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  async read({ brandId }: Desk): Promise<{ undoMinutes: number }> {
    const { undoMinutes } = await this.organization.brand(brandId);
    return { undoMinutes };
  }

  async change({ brandId }: Desk, undoMinutes: number): Promise<{ undoMinutes: number }> {
    await this.unitOfWork.run('change counter rules', (tx) => setUndoMinutes(tx, brandId, undoMinutes));
    this.organization.forget(brandId);
    return { undoMinutes };
  }
}
