import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetLedger, AssetLedgerModule } from '../asset-ledger/index.js';
import { MemberAssets, MemberMovers, rowAsset } from '../one-id/index.js';
import { LevelDesk } from './application/level-desk.js';
import { levelMover } from './application/level-mover.js';
import { LevelPeriods } from './application/level-periods.js';
import { Levels } from './application/levels.js';
import { ConsoleLevelController, MallLevelController } from './http/levels.controllers.js';
import { levelInvariants } from './levels.invariants.js';

@Module({
  imports: [AssetLedgerModule],
  controllers: [MallLevelController, ConsoleLevelController],
  providers: [Levels, LevelDesk, LevelPeriods],
  exports: [Levels, LevelDesk],
})
export class LevelsModule implements OnModuleInit {
  constructor(
    @Inject(Levels) private readonly levels: Levels,
    @Inject(AssetLedger) private readonly ledger: AssetLedger,
  ) {}

  onModuleInit(): void {
    registerInvariants(levelInvariants);
    this.ledger.followSettling('GROWTH', (tx, brandId, memberId) => this.levels.refresh(tx, brandId, [memberId]));
    // After growth has moved: movers run in the order of their names.
    MemberMovers.register('level', levelMover(this.levels, this.ledger));
    MemberAssets.register(
      'levels.events',
      rowAsset({
        table: 'member_level_event',
        list: '等级变化',
        by: 'id',
        columns: { from_level: '从', to_level: '到', growth: '当时的成长值', reason: '原因', at: '时间' },
        onLeave: 'KEEP',
      }),
    );
  }
}
