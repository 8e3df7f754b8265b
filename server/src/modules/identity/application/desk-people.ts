import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id } from '@shuke/shared/kernel';
import { Database } from '../../../platform/database/database.js';
import { IdentityStore } from '../persistence/identity.store.js';

/** Who works at the desks, for modules that hand work to a person. */
@Injectable()
export class DeskPeople {
  private readonly rows = new IdentityStore();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** @returns null for somebody of another brand or of a franchisee */
  async atHeadquarters(brandId: BrandId, userId: Id<'user'>): Promise<{ id: Id<'user'>; name: string } | null> {
    const name = await this.rows.hqName(this.database, brandId, userId);
    return name === null ? null : { id: userId, name };
  }
}
