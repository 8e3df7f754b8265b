import { Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { AssetsModule } from '../assets/index.js';
import { CouponsModule } from '../coupons/index.js';
import { MembersModule } from '../members/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PaymentsModule } from '../payments/index.js';
import { BalanceRefunds } from './application/balance-refunds.js';
import { CreditTopUp } from './application/credit-top-up.js';
import { GiveUpTopUps } from './application/give-up-top-ups.js';
import { SendRefunds } from './application/send-refunds.js';
import { TopUpDesk } from './application/top-up-desk.js';
import { TopUpOffers } from './application/top-up-offers.js';
import { TopUpParts } from './application/top-up-parts.js';
import { TopUpPayments } from './application/top-up-payments.js';
import { TopUpViews } from './application/top-up-views.js';
import { TopUps } from './application/top-ups.js';
import { ConsoleTopUpsController, MallTopUpsController } from './http/top-ups.controllers.js';
import { registerTopUpRows } from './persistence/member-rows.js';
import { topUpInvariants } from './top-ups.invariants.js';

@Module({
  imports: [AssetsModule, CouponsModule, MembersModule, OrganizationModule, PaymentsModule],
  controllers: [MallTopUpsController, ConsoleTopUpsController],
  providers: [
    TopUpParts,
    TopUpOffers,
    TopUps,
    CreditTopUp,
    GiveUpTopUps,
    TopUpPayments,
    TopUpDesk,
    TopUpViews,
    BalanceRefunds,
    SendRefunds,
  ],
  exports: [TopUps, TopUpDesk],
})
export class TopUpsModule implements OnModuleInit {
  onModuleInit(): void {
    registerInvariants(topUpInvariants);
    registerTopUpRows();
  }
}
