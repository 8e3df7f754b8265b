import { Inject, Injectable } from '@nestjs/common';
import type { GuideId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import type { Attribution } from '../domain/order.js';

/**
 * Decides which guide an order counts for, once, when it is submitted (reference/features.md B4, rule 11): the tracked
 * send that the consumer came from, else the guide's link of this visit, else the exclusive guide.
 */
@Injectable()
export class Attributions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  async of(actor: Consumer, wish: { guideCode?: string; sendId?: string }): Promise<Attribution | null> {
    const found = await this.find(actor, wish);
    const guide = found ? await this.organization.guide(actor.brandId, found.guideId) : null;
    // A guide's own purchase counts for nobody (reference/features.md B4, rule 5).
    return guide && guide.receiverOpenid !== actor.openid ? found : null;
  }

  private async find(actor: Consumer, wish: { guideCode?: string; sendId?: string }): Promise<Attribution | null> {
    const { brandId, memberId } = actor;
    const [row] = await this.database.query<{ send_guide: GuideId | null; bound_guide: GuideId | null }>(
      `SELECT (SELECT guide_id FROM chat_send WHERE brand_id = ? AND id = ?) AS send_guide,
              (SELECT guide_id FROM binding WHERE brand_id = ? AND member_id = ?) AS bound_guide`,
      [brandId, wish.sendId ?? '0', brandId, memberId],
    );
    if (row?.send_guide) return { guideId: row.send_guide, way: 'SEND', evidence: `send ${wish.sendId}` };
    const linked = wish.guideCode ? await this.organization.guideByCode(brandId, wish.guideCode) : null;
    if (linked && linked.status === 'ACTIVE')
      return { guideId: linked.id, way: 'LINK', evidence: `link of guide ${linked.code}` };
    if (row?.bound_guide)
      return { guideId: row.bound_guide, way: 'BINDING', evidence: `binding of member ${memberId}` };
    return null;
  }
}
