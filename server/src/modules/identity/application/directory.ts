import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/access/actor.js';
import type { Config } from '../../../platform/config/config.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import type { Directory } from '../../../platform/http/access.guard.js';
import { CONFIG } from '../../../platform/platform.module.js';
import { Organization } from '../../organization/index.js';
import { IdentityStore } from '../persistence/identity.store.js';
import { keyHashOf } from './create.js';

/** Finds the brand of a guest and the connector of a key. */
@Injectable()
export class BrandDirectory implements Directory {
  private readonly rows = new IdentityStore();

  constructor(
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(CONFIG) private readonly config: Pick<Config, 'DEFAULT_APPID'>,
  ) {}

  /** @throws AppError NOT_FOUND for a mini-program that is no brand's. */
  async guest(appid: string | null): Promise<Actor> {
    const brand = await this.organization.brandByAppid(appid ?? this.config.DEFAULT_APPID);
    if (!brand) throw refuse('NOT_FOUND');
    return { kind: 'guest', brandId: brand.id };
  }

  async pos(apiKey: string): Promise<Actor | null> {
    if (apiKey === '') return null;
    const connector = await this.rows.connectorByKeyHash(this.database, keyHashOf(apiKey));
    return connector ? { kind: 'pos', brandId: connector.brandId, connectorId: connector.id } : null;
  }

  /** False for a guide who has left or works in another store now: who logs in again sees what is theirs today. */
  async isStill(actor: Actor): Promise<boolean> {
    if (actor.kind !== 'guide') return true;
    const guide = await this.organization.guide(actor.brandId, actor.guideId);
    return guide?.status === 'ACTIVE' && guide.storeId === actor.storeId;
  }
}
