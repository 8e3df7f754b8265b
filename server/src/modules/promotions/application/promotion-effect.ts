import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, PromotionEffect, PromotionEnvelope, ResponseOf } from '@shuke/shared/contracts';
import { addFen, type Fen, fen, type Id, type StoreId, ZERO_FEN } from '@shuke/shared/kernel';
import { bearerFen } from '@shuke/shared/rules';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { EffectStore } from '../persistence/effect.store.js';
import { SeePromotions } from './see-promotions.js';
import { PromotionTools } from './tools.js';

type Bearer = PromotionEffect['byBearer'][number]['party'];

/** What promotions have cost, and what franchisees may spend on their own. */
@Injectable()
export class PromotionEffects {
  private readonly effects = new EffectStore();

  constructor(
    @Inject(PromotionTools) private readonly tools: PromotionTools,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SeePromotions) private readonly see: SeePromotions,
  ) {}

  /** Uses and cost in the actor's stores; what was given back does not count. */
  async effect(actor: Desk, id: Id): Promise<PromotionEffect> {
    await this.see.visible(actor, id);
    const scope = await this.organization.scopeOf(actor);
    const { rows, memberCount, orderCount } = await this.effects.effect(this.tools.database, actor.brandId, id, scope);
    const stores = await this.organization.storesByIds(
      actor.brandId,
      rows.map((row) => row.storeId),
    );
    const byBearer = new Map<Bearer, Fen>();
    const byStore = new Map<StoreId, { orderCount: number; discountFen: Fen }>();
    const byDay = new Map<string, { orderCount: number; discountFen: Fen }>();
    const add = <K>(map: Map<K, { orderCount: number; discountFen: Fen }>, key: K, orders: number, amount: Fen) => {
      const had = map.get(key);
      map.set(key, {
        orderCount: (had?.orderCount ?? 0) + orders,
        discountFen: addFen(had?.discountFen ?? ZERO_FEN, amount),
      });
    };
    for (const row of rows) {
      for (const part of bearerFen(row.fen, row.bearers))
        byBearer.set(part.party as Bearer, addFen(byBearer.get(part.party as Bearer) ?? ZERO_FEN, part.fen));
      add(byStore, row.storeId, row.orderCount, row.fen);
      add(byDay, row.day, row.orderCount, row.fen);
    }
    return {
      usedCount: rows.reduce((sum, row) => sum + row.usedCount, 0),
      orderCount,
      memberCount,
      discountFen: rows.reduce<Fen>((sum, row) => addFen(sum, row.fen), ZERO_FEN),
      byBearer: [...byBearer].map(([party, amount]) => ({ party, fen: amount })),
      byStore: [...byStore]
        .map(([storeId, row]) => ({ storeId, storeName: stores.get(storeId)?.name ?? '', ...row }))
        .sort((a, b) => b.discountFen - a.discountFen)
        .slice(0, 100),
      days: [...byDay].map(([day, row]) => ({ day, ...row })).slice(-90),
    };
  }

  /** Budgets of a month: headquarters sees every franchisee, a franchisee itself. */
  async envelopes(actor: Desk, month: string): Promise<ResponseOf<typeof consoleRoutes.promotionEnvelopes>> {
    const all = await this.organization.franchisees(actor.brandId);
    const seen = actor.kind === 'hq' ? all : all.filter((one) => one.id === actor.franchiseeId);
    const rows = await this.effects.envelopes(this.tools.database, actor.brandId, month);
    return seen.map((one) => ({
      franchiseeId: one.id,
      franchiseeName: one.name,
      month,
      budgetFen: rows.get(one.id)?.budgetFen ?? 0,
      usedFen: rows.get(one.id)?.usedFen ?? 0,
    }));
  }

  async setEnvelope(
    actor: Desk,
    franchiseeId: Id<'franchisee'>,
    month: string,
    budgetFen: number,
  ): Promise<PromotionEnvelope> {
    if (!(await this.organization.franchisee(actor.brandId, franchiseeId))) throw refuse('NOT_FOUND');
    await this.tools.unitOfWork.run('promotions.envelope', (tx) =>
      this.effects.setEnvelope(tx, actor.brandId, franchiseeId, month, fen(budgetFen), actorLabel(actor)),
    );
    const found = (await this.envelopes(actor, month)).find((one) => one.franchiseeId === franchiseeId);
    if (!found) throw refuse('NOT_FOUND');
    return found;
  }
}
