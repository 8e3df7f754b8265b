import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { registerSweep } from '../../platform/jobs/sweep.js';
import { AssetLedgerModule, MoveAssets } from '../asset-ledger/index.js';
import { ClearingModule } from '../clearing/index.js';
import { LevelsModule } from '../levels/index.js';
import { MembersModule } from '../members/index.js';
import { MemberAssets, MemberMovers } from '../one-id/index.js';
import { OrganizationModule } from '../organization/index.js';
import { Adjustments } from './application/adjustments.js';
import { AssetDesk } from './application/asset-desk.js';
import { assetMover, leavingAssets } from './application/asset-mover.js';
import { AssetPages } from './application/asset-pages.js';
import { AssetSettings } from './application/asset-settings.js';
import { Codes } from './application/codes.js';
import { EarnedPoints } from './application/earned-points.js';
import { CodeParts, GuideCodes } from './application/guide-codes.js';
import { InStorePayments } from './application/in-store-payments.js';
import { InStoreViews } from './application/in-store-views.js';
import { Points } from './application/points.js';
import { ResetPin } from './application/reset-pin.js';
import { UndoPayment } from './application/undo-payment.js';
import { Wallet } from './application/wallet.js';
import { WalletPins } from './application/wallet-pins.js';
import { GuideAssetsController, MallAssetsController } from './http/assets.controllers.js';
import { ConsoleAssetSettingsController, ConsoleAssetsController } from './http/console-assets.controller.js';
import { registerAssetRows } from './persistence/member-rows.js';

@Module({
  imports: [AssetLedgerModule, LevelsModule, ClearingModule, MembersModule, OrganizationModule],
  controllers: [MallAssetsController, GuideAssetsController, ConsoleAssetsController, ConsoleAssetSettingsController],
  providers: [
    AssetSettings,
    Wallet,
    EarnedPoints,
    Points,
    Codes,
    CodeParts,
    WalletPins,
    ResetPin,
    GuideCodes,
    InStoreViews,
    InStorePayments,
    UndoPayment,
    AssetPages,
    AssetDesk,
    Adjustments,
  ],
  exports: [
    AssetSettings,
    Wallet,
    WalletPins,
    Points,
    Codes,
    GuideCodes,
    InStorePayments,
    InStoreViews,
    LevelsModule,
    AssetLedgerModule,
  ],
})
export class AssetsModule implements OnModuleInit {
  constructor(
    @Inject(Wallet) private readonly wallet: Wallet,
    @Inject(Points) private readonly points: Points,
    @Inject(MoveAssets) private readonly moves: MoveAssets,
    @Inject(InStorePayments) private readonly payments: InStorePayments,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerAssetRows();
    MemberMovers.register('assets', assetMover(this.moves, this.wallet, this.points));
    MemberAssets.register('assets', leavingAssets(this.wallet, this.points));
    registerSweep({
      name: 'assets.in-store',
      everyMs: 15_000,
      run: () => this.payments.expireDue(this.clock.date()),
    });
  }
}
