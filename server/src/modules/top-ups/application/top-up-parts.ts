import { Inject, Injectable } from '@nestjs/common';
import { AssetSettings, Points, Wallet } from '../../assets/index.js';
import { Coupons } from '../../coupons/index.js';

/** What top-ups need of the assets. */
@Injectable()
export class TopUpParts {
  constructor(
    @Inject(Wallet) readonly wallet: Wallet,
    @Inject(Points) readonly points: Points,
    @Inject(AssetSettings) readonly settings: AssetSettings,
    @Inject(Coupons) readonly coupons: Coupons,
  ) {}
}
