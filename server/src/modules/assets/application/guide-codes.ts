import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Members } from '../../members/index.js';
import { AssetSettings } from './asset-settings.js';
import { Codes } from './codes.js';
import { InStorePayments } from './in-store-payments.js';
import { InStoreViews } from './in-store-views.js';
import { Points } from './points.js';
import { Wallet } from './wallet.js';

/** What the other side has to be. */
@Injectable()
export class CodeParts {
  constructor(
    @Inject(Members) readonly members: Members,
    @Inject(Wallet) readonly wallet: Wallet,
    @Inject(Points) readonly points: Points,
    @Inject(AssetSettings) readonly settings: AssetSettings,
  ) {}
}

/** Codes seen from both sides: who shows it, and what became of it. */
@Injectable()
export class GuideCodes {
  constructor(
    @Inject(Codes) private readonly codes: Codes,
    @Inject(CodeParts) private readonly parts: CodeParts,
    @Inject(InStorePayments) private readonly payments: InStorePayments,
    @Inject(InStoreViews) private readonly views: InStoreViews,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** For guides and tills. @throws AppError CODE_INVALID, CODE_USED, CODE_EXPIRED */
  async lookUp(brandId: BrandId, code: string) {
    const { kind, memberId } = await this.codes.lookUp(this.database, brandId, code);
    const [profile, wallet, points, settings] = await Promise.all([
      this.parts.members.profile(brandId, memberId),
      this.parts.wallet.balance(this.database, brandId, memberId),
      this.parts.points.balance(this.database, brandId, memberId),
      this.parts.settings.wallet(brandId),
    ]);
    if (!profile) throw refuse('NOT_FOUND');
    return {
      kind,
      memberId,
      profile,
      points: points.available,
      walletAvailableFen: kind === 'PAY' ? wallet.availableFen : null,
      isFrozen: wallet.isFrozen,
      pinAboveFen: settings.pinAboveFen,
    };
  }

  /** What became of the consumer's own code. @throws AppError NOT_FOUND */
  async stateOf(actor: Consumer, code: string) {
    const row = await this.codes.rows.find(this.database, actor.brandId, code);
    if (!row || row.memberId !== actor.memberId) throw refuse('NOT_FOUND');
    const payment = row.paymentId
      ? await this.views.one(actor, await this.payments.visible(actor, row.paymentId))
      : null;
    const isExpired = row.usedAt === null && row.expiresAt.getTime() <= this.clock.now();
    return { isUsed: row.usedAt !== null, isExpired, payment };
  }
}
