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

  /** A guide who has left is passed over, and a guide's own purchase counts for nobody (reference/features.md B4, rule 5). */
  async of(actor: Consumer, wish: { guideCode?: string; sendId?: string }): Promise<Attribution | null> {
    for (const one of await this.claims(actor, wish)) {
      const guide = await this.organization.guide(actor.brandId, one.guideId);
      if (guide?.status === 'ACTIVE') return guide.receiverOpenid === actor.openid ? null : one;
    }
    return null;
  }

  /** Who might be meant, the strongest first. A send counts for the person it was sent to, as far as that is known. */
  private async claims(actor: Consumer, wish: { guideCode?: string; sendId?: string }): Promise<Attribution[]> {
    const { brandId, memberId } = actor;
    const [row] = await this.database.query<{ send_guide: GuideId | null; bound_guide: GuideId | null }>(
      `SELECT (SELECT s.guide_id FROM chat_send s LEFT JOIN contact c ON c.brand_id = s.brand_id AND c.external_userid = s.external_userid
                WHERE s.brand_id = ? AND s.id = ? AND COALESCE(s.member_id, c.member_id, ?) = ?) AS send_guide,
              (SELECT guide_id FROM binding WHERE brand_id = ? AND member_id = ?) AS bound_guide`,
      [brandId, wish.sendId ?? '0', memberId, memberId, brandId, memberId],
    );
    const claims: Attribution[] = [];
    if (row?.send_guide) claims.push({ guideId: row.send_guide, way: 'SEND', evidence: `send ${wish.sendId}` });
    const linked = wish.guideCode ? await this.organization.guideByCode(brandId, wish.guideCode) : null;
    if (linked) claims.push({ guideId: linked.id, way: 'LINK', evidence: `link of guide ${linked.code}` });
    if (row?.bound_guide)
      claims.push({ guideId: row.bound_guide, way: 'BINDING', evidence: `binding of member ${memberId}` });
    return claims;
  }
}
