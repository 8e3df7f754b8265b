import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import type { Asset } from '../../asset-ledger/index.js';
import { LevelDesk } from '../../levels/index.js';
import { Members } from '../../members/index.js';
import { AssetPages } from './asset-pages.js';
import { Wallet } from './wallet.js';

/** One member's assets at headquarters. */
@Injectable()
export class AssetDesk {
  constructor(
    @Inject(AssetPages) private readonly pages: AssetPages,
    @Inject(LevelDesk) private readonly levels: LevelDesk,
    @Inject(Members) private readonly members: Members,
    @Inject(Wallet) private readonly wallet: Wallet,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws AppError NOT_FOUND */
  async member(brandId: BrandId, memberId: MemberId) {
    const level = await this.levels.page(brandId, memberId);
    const [wallet, points, pointsLots] = await Promise.all([
      this.pages.myWallet(brandId, memberId),
      this.pages.myPoints(brandId, memberId),
      this.pages.lots(brandId, memberId, 'POINTS'),
    ]);
    return { wallet, points, pointsLots, level };
  }

  /** @throws AppError NOT_FOUND */
  async entries(brandId: BrandId, memberId: MemberId, query: { asset: Asset; cursor?: string; limit?: number }) {
    await this.require(brandId, memberId);
    return this.pages.entries(brandId, memberId, query.asset, query);
  }

  /** Freezes an account for risk or a dispute: nothing leaves it, what comes in still comes in. */
  async freeze(
    brandId: BrandId,
    memberId: MemberId,
    wish: { asset: 'WALLET' | 'POINTS'; isFrozen: boolean; reason: string },
  ): Promise<void> {
    await this.require(brandId, memberId);
    await this.unitOfWork.run('freeze an account', async (tx) => {
      await this.wallet.ledger.settle(tx, brandId, wish.asset, memberId);
      const reason = wish.isFrozen ? wish.reason : null;
      await this.wallet.ledger.rows.setFrozen(tx, brandId, memberId, wish.asset, reason);
      tx.emit({ brandId, type: 'asset.frozen', payload: { memberId, ...wish } });
    });
  }

  private async require(brandId: BrandId, memberId: MemberId): Promise<void> {
    if (!(await this.members.profile(brandId, memberId))) throw refuse('NOT_FOUND');
  }
}
