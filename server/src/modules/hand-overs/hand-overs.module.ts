import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { OrganizationModule } from '../organization/index.js';
import { HandOvers } from './application/hand-overs.js';
import { handOverInvariants } from './hand-overs.invariants.js';
import { HandOversController } from './http/hand-overs.controller.js';

@Module({
  imports: [OrganizationModule],
  controllers: [HandOversController],
  providers: [HandOvers],
  exports: [HandOvers],
})
export class HandOversModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(handOverInvariants);
  }
}
