import { Inject, Injectable } from '@nestjs/common';
import type {
  AfterSaleDeskDetail,
  AfterSaleDeskRow,
  AfterSaleDetail,
  AfterSaleOptions,
  AfterSaleSummary,
} from '@shuke/shared/contracts';
import { type BrandId, fen, moneyText, type StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import type { Order } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { type RefundOutcome, RefundStore } from '../../payments/index.js';
import type { AfterSaleCase } from '../domain/after-sale-case.js';
import { CaseStore } from '../persistence/case.store.js';
import { type CaseFilter, CaseListStore, type ListedCase } from '../persistence/case-list.store.js';
import { caseOptions } from './case-options.js';
import { type CaseNames, caseDesk, caseDetail, caseSummary, isOverdue } from './case-view.js';
import { AfterSaleRuleBook } from './rule-book.js';

export interface CasePage<T> {
  items: T[];
  nextCursor: string | null;
}

/** Reads of cases for all ends; who may see which rows is in the filter that the caller makes from its actor. */
@Injectable()
export class AfterSaleQueries {
  private readonly cases = new CaseStore();
  private readonly lists = new CaseListStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook,
    @Inject(RefundStore) private readonly refunds: RefundStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  private found(filter: CaseFilter, cursor: string | undefined, limit: number): Promise<ListedCase[]> {
    return this.lists.list(this.database, filter, this.clock.date(), readCursor(cursor, [DIGITS])?.[0], limit + 1);
  }

  /** A page of cases, newest first. */
  async list(filter: CaseFilter, cursor: string | undefined, limit = 20): Promise<CasePage<AfterSaleSummary>> {
    const found = await this.found(filter, cursor, limit);
    const stores = await this.storeNames(
      filter.brandId,
      found.map(({ one }) => one),
    );
    return pageOf(
      found,
      limit,
      ({ one }) => caseSummary(one, stores.get(one.storeId) ?? '门店'),
      ({ one }) => makeCursor(one.id),
    );
  }

  /** The same for desk and counter. */
  async deskList(filter: CaseFilter, cursor: string | undefined, limit = 20): Promise<CasePage<AfterSaleDeskRow>> {
    const found = await this.found(filter, cursor, limit);
    const stores = await this.storeNames(
      filter.brandId,
      found.map(({ one }) => one),
    );
    return pageOf(
      found,
      limit,
      ({ one, memberName, refundState }) => ({
        ...caseSummary(one, stores.get(one.storeId) ?? '门店'),
        memberName,
        isOverdue: isOverdue(one, this.clock.now()),
        isRefundFailed: refundState === 'FAILED',
      }),
      ({ one }) => makeCursor(one.id),
    );
  }

  private async storeNames(brandId: BrandId, cases: readonly AfterSaleCase[]): Promise<Map<StoreId, string>> {
    const stores = await this.organization.storesByIds(brandId, [...new Set(cases.map((one) => one.storeId))]);
    return new Map([...stores.values()].map((store) => [store.id, store.name]));
  }

  private async names(one: AfterSaleCase): Promise<CaseNames> {
    const [store, back, guide] = await Promise.all([
      this.organization.store(one.brandId, one.storeId),
      this.organization.store(one.brandId, one.returnStoreId ?? one.storeId),
      one.guideId ? this.organization.guide(one.brandId, one.guideId) : null,
    ]);
    const wantsGoods = one.kind !== 'REFUND_ONLY' && back;
    return {
      storeName: store?.name ?? '门店',
      returnStore: wantsGoods ? { id: back.id, name: back.name, address: back.address, phone: back.phone } : null,
      memberName: await this.lists.memberName(this.database, one),
      guideName: guide?.name ?? null,
    };
  }

  private async refundOf(one: AfterSaleCase): Promise<RefundOutcome | null> {
    return one.refundId ? this.refunds.outcome(this.database, one.brandId, one.refundId) : null;
  }

  async detail(one: AfterSaleCase): Promise<AfterSaleDetail> {
    const [names, messages, refund] = await Promise.all([
      this.names(one),
      this.cases.messages(this.database, one.brandId, one.id),
      this.refundOf(one),
    ]);
    return caseDetail(one, names, messages, refund);
  }

  async deskDetail(one: AfterSaleCase): Promise<AfterSaleDeskDetail> {
    const [names, messages, refund] = await Promise.all([
      this.names(one),
      this.cases.messages(this.database, one.brandId, one.id),
      this.refundOf(one),
    ]);
    const detail = caseDetail(one, names, messages, refund);
    return caseDesk(detail, one, { names, refund, parties: partiesOf(refund), now: this.clock.now() });
  }

  /** What may be asked for which pieces of an order. */
  async options(order: Order): Promise<AfterSaleOptions> {
    const rules = await this.book.of(order.brandId);
    return caseOptions(order, rules, await this.cases.openPieces(this.database, order.brandId, order.id));
  }
}

/** Who gives up how much of a refund that was planned: from the plan itself, never computed again. */
function partiesOf(refund: RefundOutcome | null): AfterSaleDeskDetail['parties'] {
  const plan = refund?.plan as { result?: { shares: { partyName: string; fen: number }[] } } | null | undefined;
  return (plan?.result?.shares ?? []).map((share) => ({
    name: share.partyName,
    text: `退回 ${moneyText(fen(share.fen))}`,
    fen: share.fen,
  }));
}
