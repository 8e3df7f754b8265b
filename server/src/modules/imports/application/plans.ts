import { Inject, Injectable } from '@nestjs/common';
import type { ImportKind } from '../domain/import-types.js';
import type { ImportPlan } from './import-plan.js';
import { BalancesPlan } from './plans/balances-plan.js';
import { MembersPlan } from './plans/members-plan.js';
import { OrdersPlan } from './plans/orders-plan.js';
import { ProductsPlan } from './plans/products-plan.js';
import { StockPlan } from './plans/stock-plan.js';

/** Every kind of file that can be brought in. */
@Injectable()
export class Plans {
  private readonly all: ReadonlyMap<ImportKind, ImportPlan>;

  constructor(
    @Inject(MembersPlan) members: MembersPlan,
    @Inject(OrdersPlan) orders: OrdersPlan,
    @Inject(ProductsPlan) products: ProductsPlan,
    @Inject(StockPlan) stock: StockPlan,
    @Inject(BalancesPlan) balances: BalancesPlan,
  ) {
    this.all = new Map([members, orders, products, stock, balances].map((plan) => [plan.kind, plan as ImportPlan]));
  }

  of(kind: ImportKind): ImportPlan {
    const plan = this.all.get(kind);
    if (!plan) throw new Error(`no plan for ${kind}`);
    return plan;
  }
}
