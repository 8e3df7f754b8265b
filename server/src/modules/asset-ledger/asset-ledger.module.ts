import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetLedger } from './application/asset-ledger.js';
import { AssetSweeps } from './application/asset-sweeps.js';
import { MoveAssets } from './application/move-assets.js';
import { assetInvariants } from './asset-ledger.invariants.js';

@Module({
  providers: [AssetLedger, MoveAssets, AssetSweeps],
  exports: [AssetLedger, MoveAssets],
})
export class AssetLedgerModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(assetInvariants);
  }
}
