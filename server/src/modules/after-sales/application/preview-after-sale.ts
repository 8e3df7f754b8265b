import { Inject, Injectable } from '@nestjs/common';
import type {
  AfterSalePreview,
  AfterSaleRules,
  AfterSaleWish,
  FallenPresent,
  KeptPresent,
  RefundSources,
} from '@shuke/shared/contracts';
import { type Fen, subFen } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { isGift, isTakenInStore, type Order, type OrderLineRow, Orders, PAID_STATES } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { OpenRefund, type RefundShares, type RefundWish } from '../../payments/index.js';
import { Settlement } from '../../settlement/index.js';
import { isMerchantFault } from '../domain/case-state.js';
import { type ConsequenceFacts, consequencesOf } from '../domain/consequences.js';
import { choosePresents, keptOf, withPresents } from '../domain/fallen-presents.js';
import { CaseStore } from '../persistence/case.store.js';
import { refuseCase } from './after-sale-errors.js';
import { RefundAssets } from './refund-assets.js';
import { AfterSaleRuleBook } from './rule-book.js';

const UNSENT = ['TO_SHIP', 'TO_PICKUP'];
const NOTHING: RefundSources = {
  totalFen: 0,
  goodsFen: 0,
  freightFen: 0,
  cashFen: 0,
  walletFen: 0,
  pointsBack: 0,
  pointsTaken: 0,
  withheldFen: 0,
};

/** A wish as it would be carried out now. */
export interface PlannedCase {
  preview: AfterSalePreview;
  /** What each line gives back: those of the wish in its order, then the presents that go back with them. */
  lines: { line: OrderLineRow; qty: number; refundFen: number }[];
  keptPresents: KeptPresent[];
  rules: AfterSaleRules;
  hadLeft: boolean;
}

export const hadLeft = (order: Pick<Order, 'state'>): boolean => !UNSENT.includes(order.state);

/** The freight comes back while nothing has left, and when the goods themselves were wrong. */
export const refundWish = (
  order: Pick<Order, 'state'>,
  one: Pick<RefundWish, 'lines' | 'kept'> & { isMerchantFault: boolean },
  rules: AfterSaleRules,
): RefundWish => ({
  lines: one.lines,
  kept: one.kept ?? [],
  withFreight: !hadLeft(order) || one.isMerchantFault,
  condition: rules.condition,
});

/**
 * Presents that fall away with the goods that go back. Goods that stay with the consumer although their money goes back
 * keep their present; an exchange changes nothing of what was earned.
 */
function presentsOf(order: Order, wish: AfterSaleWish, shares: RefundShares): FallenPresent[] {
  if (wish.kind === 'EXCHANGE' || (wish.kind === 'REFUND_ONLY' && hadLeft(order))) return [];
  const fallen = shares.fallen.flatMap(({ lineId, qty, priceFen }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    if (!line) return [];
    const { name, spec, imageUrl } = line;
    return [{ lineId, name, spec, imageUrl, qty, priceFen, promotions: line.applied.map((one) => one.name) }];
  });
  const backOf = (line: OrderLineRow) => wish.lines.find((one) => one.lineId === line.lineId)?.qty ?? 0;
  return choosePresents(fallen, wish.presents ?? [], {
    refundFen: subFen(shares.totalFen, shares.freightFen),
    hadLeft: hadLeft(order),
    hasCompany: order.lines.some((line) => !isGift(order, line) && line.refundedQty + backOf(line) < line.qty),
  });
}

/** Works out every consequence of a case before it is asked for, from the shares stored at submission. */
@Injectable()
export class PreviewAfterSale {
  private readonly cases = new CaseStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(OpenRefund) private readonly refunds: OpenRefund,
    @Inject(RefundAssets) private readonly assets: RefundAssets,
    @Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook,
    @Inject(Settlement) private readonly settlement: Settlement,
  ) {}

  /** @throws AppError NOT_FOUND, AFTER_SALE_NOT_POSSIBLE, AFTER_SALE_PIECES */
  async run(actor: Consumer, orderId: string, wish: AfterSaleWish): Promise<AfterSalePreview> {
    const order = await this.orders.visible(actor, orderId as Order['id']);
    return (await this.plan(this.database, order, wish)).preview;
  }

  /** The same inside a transaction that has locked the order. */
  async plan(on: Queryable, order: Order, wish: AfterSaleWish): Promise<PlannedCase> {
    const rules = await this.book.of(order.brandId, on);
    this.requireAllowed(order, wish, rules);
    const pending = await this.requireFree(on, order, wish);
    const fault = isMerchantFault(wish.reason);
    const asked = refundWish(order, { lines: wish.lines, isMerchantFault: fault }, rules);
    // Cases side by side must not each count the others' pieces as staying: together they may break a condition.
    const sharesOf = (more: Partial<RefundWish>) => this.refunds.shares(on, order, { ...asked, pending, ...more });
    const goods = await sharesOf({});
    if (!goods) throw refuseCase('AFTER_SALE_PIECES');
    const presents = presentsOf(order, wish, goods);
    const { kept, fen: presentsFen } = keptOf(presents);
    const back = withPresents(wish.lines, presents);
    const shares = (presents.length > 0 && (await sharesOf({ lines: back, kept }))) || goods;
    const isExchange = wish.kind === 'EXCHANGE';
    if (!isExchange && shares.totalFen === 0 && shares.withheldFen > 0) throw refuseCase('AFTER_SALE_NOTHING');
    const sources = isExchange ? NOTHING : await this.sourcesOf(on, order, shares, presentsFen);
    const lines = back.map(({ lineId, qty }) => {
      const line = order.lines.find((one) => one.lineId === lineId) as OrderLineRow;
      const refundFen = isExchange ? 0 : (shares.lines.find((one) => one.lineId === lineId)?.amountFen ?? 0);
      return { line, qty, refundFen };
    });
    const consequences = consequencesOf(
      await this.facts(on, order, { ...wish, lines: back }, { rules, shares, sources, fault, presents }),
    );
    const atOnce = this.approvesAtOnce(order, wish, rules, sources.totalFen);
    return {
      preview: {
        lines: lines.map(({ line, qty, refundFen }) => ({
          lineId: line.lineId,
          name: line.name,
          spec: line.spec,
          imageUrl: line.imageUrl,
          qty,
          refundFen,
          ...(isGift(order, line) ? { isGift: true } : {}),
        })),
        ...(presents.length > 0 ? { presents } : {}),
        sources,
        consequences,
        willApproveAtOnce: atOnce,
        approvalText: atOnce ? '提交后马上同意' : `门店会在 ${rules.decideHours} 小时内处理，超时自动同意`,
      },
      lines,
      keptPresents: kept.map(({ lineId, name, spec, imageUrl, qty, keepFen }) => ({
        ...{ lineId, name, spec, imageUrl, qty },
        fen: keepFen,
      })),
      rules,
      hadLeft: hadLeft(order),
    };
  }

  private requireAllowed(order: Order, wish: AfterSaleWish, rules: AfterSaleRules): void {
    const isOurs = order.channel === 'MINIAPP' && order.kind === 'SALE' && PAID_STATES.includes(order.state);
    if (!isOurs || order.state === 'FINISHED') throw refuseCase('AFTER_SALE_NOT_POSSIBLE');
    // What has not left needs no return; an exchange before that is a refund and a new order.
    if (!hadLeft(order) && wish.kind !== 'REFUND_ONLY') throw refuseCase('AFTER_SALE_NOT_POSSIBLE');
    if (wish.kind === 'EXCHANGE' && (!rules.exchangeAllowed || wish.lines.length !== 1 || !wish.exchangeSkuId))
      throw refuseCase('EXCHANGE_SKU');
  }

  /** @returns the pieces that other cases of the order ask back */
  private async requireFree(on: Queryable, order: Order, wish: AfterSaleWish) {
    const taken = await this.cases.openPieces(on, order.brandId, order.id);
    for (const { lineId, qty } of wish.lines) {
      const line = order.lines.find((one) => one.lineId === lineId);
      const inCases = taken.filter((one) => one.lineId === lineId).reduce((sum, one) => sum + one.qty, 0);
      if (!line || line.refundedQty + inCases + qty > line.qty) throw refuseCase('AFTER_SALE_PIECES', { lineId });
    }
    return taken;
  }

  private async sourcesOf(on: Queryable, order: Order, shares: RefundShares, presentsFen: Fen): Promise<RefundSources> {
    return {
      totalFen: shares.totalFen,
      goodsFen: shares.totalFen - shares.freightFen,
      freightFen: shares.freightFen,
      cashFen: shares.cashFen,
      walletFen: shares.walletFen,
      pointsBack: shares.pointsBack,
      pointsTaken: await this.assets.pointsToTake(on, order, shares),
      withheldFen: shares.withheldFen,
      ...(presentsFen > 0 ? { presentsFen } : {}),
    };
  }

  private approvesAtOnce(order: Order, wish: AfterSaleWish, rules: AfterSaleRules, totalFen: number): boolean {
    if (wish.kind !== 'REFUND_ONLY') return totalFen > 0 && totalFen <= rules.approveUnderFen;
    return (!hadLeft(order) && rules.approveUnshippedAtOnce) || totalFen <= rules.approveUnderFen;
  }

  private async facts(
    on: Queryable,
    order: Order,
    wish: AfterSaleWish,
    more: {
      rules: AfterSaleRules;
      shares: RefundShares;
      sources: RefundSources;
      fault: boolean;
      presents: FallenPresent[];
    },
  ): Promise<ConsequenceFacts> {
    const guide = order.guideId ? await this.organization.guide(order.brandId, order.guideId) : null;
    const now = (lineId: string) => wish.lines.find((one) => one.lineId === lineId)?.qty ?? 0;
    const isBack = (line: OrderLineRow) => line.refundedQty + now(line.lineId) === line.qty;
    const names = (kind: string) => [
      ...new Set(
        order.lines.flatMap((line) =>
          line.applied.filter((one) => one.kind === kind && one.fen > 0).map((one) => one.name),
        ),
      ),
    ];
    const isAllBack = order.lines.every(isBack);
    return {
      kind: wish.kind,
      sources: more.sources,
      wallet: more.shares.walletFen > 0 ? await this.assets.walletParts(on, order, more.shares.walletFen) : null,
      isAllBack,
      coupons: await this.assets.couponFacts(on, order, wish.lines),
      presents: more.presents,
      lost: more.shares.lost,
      excessFen: more.shares.excessFen,
      // Where nothing stays, nothing is left to be priced at all.
      keptPromotions: (isAllBack ? [] : names('PROMOTION')).filter((name) =>
        more.shares.lost.every((one) => one.name !== name),
      ),
      couponGraceDays: more.rules.couponGraceDays,
      paidFreightFen: order.freightFen,
      isCarried: !isTakenInStore(order.fulfil),
      guideName: guide?.name ?? null,
      isSplitDone: await this.settlement.isSplitOver(on, order.brandId, order.id),
      isMerchantFault: more.fault,
      hadLeft: hadLeft(order),
      isOtherStore:
        wish.returnWay === 'STORE' && wish.returnStoreId !== undefined && wish.returnStoreId !== order.storeId,
    };
  }
}
