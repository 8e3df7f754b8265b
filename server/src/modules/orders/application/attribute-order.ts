import { Inject, Injectable } from '@nestjs/common';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import type { Attribution } from '../domain/order.js';
import { ClaimStore } from '../persistence/claim.store.js';

/**
 * Decides which guide an order counts for, once, when it is submitted (reference/features.md B4, rule 11): the tracked
 * send that the consumer came from, else the guide's link of this visit, else the exclusive guide.
 */
@Injectable()
export class Attributions {
  private readonly rows = new ClaimStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** A guide who has left is passed over, and a guide's own purchase counts for nobody (reference/features.md B4, rule 5). */
  async of(actor: Consumer, wish: { guideCode?: string; sendId?: string }): Promise<Attribution | null> {
    for await (const one of this.claims(actor, wish)) {
      const guide = await this.organization.guide(actor.brandId, one.guideId);
      if (guide?.status === 'ACTIVE') return guide.receiverOpenid === actor.openid ? null : one;
    }
    return null;
  }

  /** Who might be meant, the strongest first; a weaker one is looked up only when it is asked for. */
  private async *claims(
    actor: Consumer,
    { guideCode, sendId }: { guideCode?: string; sendId?: string },
  ): AsyncGenerator<Attribution> {
    const { brandId, memberId } = actor;
    const sender = sendId && (await this.rows.sender(this.database, actor, sendId));
    if (sender) yield { guideId: sender, way: 'SEND', evidence: `send ${sendId}` };
    const linked = guideCode && (await this.organization.guideByCode(brandId, guideCode));
    if (linked) yield { guideId: linked.id, way: 'LINK', evidence: `link of guide ${linked.code}` };
    const bound = await this.rows.bound(this.database, actor);
    if (bound) yield { guideId: bound, way: 'BINDING', evidence: `binding of member ${memberId}` };
  }
}
