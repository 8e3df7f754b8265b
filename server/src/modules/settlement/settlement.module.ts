import { Inject, Module, type OnModuleInit } from '@nestjs/common';
import { registerInvariants } from '../../platform/invariants/invariant.js';
import { CatalogModule } from '../catalog/index.js';
import { IdentityModule } from '../identity/index.js';
import { OrdersModule } from '../orders/index.js';
import { OrganizationModule } from '../organization/index.js';
import { PaymentsModule } from '../payments/index.js';
import { AccruePaidOrders, SettlementStores } from './application/accrue.js';
import { AskSplit } from './application/ask-split.js';
import { BillDesk } from './application/bill-desk.js';
import { BookRefund } from './application/book-refund.js';
import { BookSplit } from './application/book-split.js';
import { Debts } from './application/debts.js';
import { FreeRest } from './application/free-rest.js';
import { LockStatements } from './application/lock-statements.js';
import { PayoutList } from './application/payout-list.js';
import { Payouts } from './application/payouts.js';
import { PlanRefund } from './application/plan-refund.js';
import { PlanSplit } from './application/plan-split.js';
import { PublishStatements } from './application/publish-statements.js';
import { ReconcileBills } from './application/reconcile-bills.js';
import { RefundParts } from './application/refund-parts.js';
import { RetryClosed } from './application/retry-closed.js';
import { ReturnShares } from './application/return-shares.js';
import { SplitRules } from './application/rules.js';
import { RunRefund } from './application/run-refund.js';
import { RunSplit } from './application/run-split.js';
import { SendRefund } from './application/send-refund.js';
import { SendSplit } from './application/send-split.js';
import { SettleDifferences } from './application/settle-differences.js';
import { Settlement } from './application/settlement.js';
import { SettlementSweeps } from './application/settlement-sweeps.js';
import { SplitParts } from './application/split-parts.js';
import { SplitQueries } from './application/split-queries.js';
import { SplitTerms } from './application/split-terms.js';
import { StatementLife } from './application/statement-life.js';
import { Statements } from './application/statements.js';
import { StopSplit } from './application/stop-split.js';
import { BillsController } from './http/bills.controller.js';
import { PayoutsController } from './http/payouts.controller.js';
import { InvariantsController, SplitsController, StatementsController } from './http/settlement.controllers.js';
import { settlementInvariants } from './settlement.invariants.js';

@Module({
  imports: [CatalogModule, IdentityModule, OrganizationModule, OrdersModule, PaymentsModule],
  controllers: [SplitsController, StatementsController, PayoutsController, InvariantsController, BillsController],
  providers: [
    SplitRules,
    SettlementStores,
    AccruePaidOrders,
    SplitTerms,
    Debts,
    PlanSplit,
    BookSplit,
    RetryClosed,
    SettleDifferences,
    ReconcileBills,
    BillDesk,
    StopSplit,
    SendSplit,
    AskSplit,
    FreeRest,
    SplitParts,
    RunSplit,
    ReturnShares,
    RefundParts,
    PlanRefund,
    BookRefund,
    SendRefund,
    RunRefund,
    SplitQueries,
    Statements,
    StatementLife,
    PublishStatements,
    LockStatements,
    Payouts,
    PayoutList,
    SettlementSweeps,
    Settlement,
  ],
  exports: [Settlement, SplitRules],
})
export class SettlementModule implements OnModuleInit {
  constructor(
    @Inject(SplitRules) private readonly rules: SplitRules,
    @Inject(Statements) private readonly statements: Statements,
  ) {}

  onModuleInit(): void {
    registerInvariants(settlementInvariants(this.rules, this.statements));
  }
}
