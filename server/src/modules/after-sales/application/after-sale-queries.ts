import { Inject, Injectable } from '@nestjs/common';
import type {
  AfterSaleDeskDetail,
  AfterSaleDeskRow,
  AfterSaleDetail,
  AfterSaleKind,
  AfterSaleOptions,
  AfterSaleState,
  AfterSaleSummary,
} from '@shuke/shared/contracts';
import { AFTER_SALE_KINDS, AFTER_SALE_REASONS } from '@shuke/shared/contracts';
import { type BrandId, fen, type MemberId, type StoreId, yuanText } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, marks, type SqlValue } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { type Order, PAID_STATES } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import type { AfterSaleCase } from '../domain/after-sale-case.js';
import { KIND_HINTS, KIND_TEXTS, REASON_TEXTS } from '../domain/case-texts.js';
import { CaseStore } from '../persistence/case.store.js';
import { type CaseNames, type CaseRefund, caseDesk, caseDetail, caseSummary, isOverdue } from './case-view.js';
import { hadLeft } from './preview-after-sale.js';
import { AfterSaleRuleBook } from './rule-book.js';

export interface CaseFilter {
  brandId: BrandId;
  memberId?: MemberId;
  storeIds?: readonly StoreId[] | 'ALL';
  orderId?: string;
  state?: AfterSaleState;
  kind?: AfterSaleKind;
  q?: string;
  overdueOnly?: boolean;
  /** The store has the next step: to decide, to check a parcel, to send the replacement. */
  waitingOnly?: boolean;
}
type Row = Record<string, unknown>;
export interface CasePage<T> {
  items: T[];
  nextCursor: string | null;
}

const SLA_MS = 24 * 3_600_000;

/** Reads of cases for all ends; who may see which rows is in the filter that the caller makes from its actor. */
@Injectable()
export class AfterSaleQueries {
  private readonly cases = new CaseStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(AfterSaleRuleBook) private readonly book: AfterSaleRuleBook,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  private where(filter: CaseFilter): { sql: string; values: SqlValue[] } {
    const parts = ['c.brand_id = ?'];
    const values: SqlValue[] = [filter.brandId];
    const add = (sql: string, ...more: SqlValue[]) => {
      parts.push(sql);
      values.push(...more);
    };
    if (filter.memberId) add('c.member_id = ?', filter.memberId);
    if (filter.storeIds && filter.storeIds !== 'ALL')
      add(filter.storeIds.length > 0 ? `c.store_id IN ${marks(filter.storeIds)}` : '1 = 0', ...filter.storeIds);
    if (filter.orderId) add('c.order_id = ?', filter.orderId);
    if (filter.state) add('c.state = ?', filter.state);
    if (filter.kind) add('c.kind = ?', filter.kind);
    if (filter.q) {
      const like = `${filter.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
      add('(c.case_no LIKE ? OR c.order_no LIKE ? OR m.nickname LIKE ?)', like, like, like);
    }
    if (filter.waitingOnly)
      add(
        "(c.state = 'SENT_BACK' OR (c.state = 'REQUESTED' AND c.paused_ms IS NULL) OR (c.state = 'RECEIVED' AND c.kind = 'EXCHANGE'))",
      );
    const late = new Date(this.clock.now() - SLA_MS);
    if (filter.overdueOnly)
      add(
        "((c.state = 'REQUESTED' AND c.paused_ms IS NULL AND c.created_at < ?) OR (c.state = 'RECEIVED' AND c.received_at < ?) OR (c.state = 'SENT_BACK' AND c.due_at < ?))",
        late,
        late,
        this.clock.date(),
      );
    return { sql: parts.join(' AND '), values };
  }

  private async rows(filter: CaseFilter, cursor: string | undefined, limit: number) {
    const { sql, values } = this.where(filter);
    const after = readCursor(cursor, [DIGITS]);
    const rows = await this.database.query<Row>(
      `SELECT c.*, m.nickname AS member_name, r.state AS refund_state FROM after_sale_case c
       LEFT JOIN member m ON m.brand_id = c.brand_id AND m.id = c.member_id LEFT JOIN refund r ON r.brand_id = c.brand_id AND r.id = c.refund_id
       WHERE ${sql}${after ? ' AND c.id < ?' : ''} ORDER BY c.id DESC LIMIT ?`,
      [...values, ...(after ? [after[0] ?? ''] : []), limit + 1],
    );
    const cases = await this.cases.withLines(this.database, filter.brandId, rows);
    return cases.map((one, index) => ({ one, row: rows[index] as Row }));
  }

  /** A page of cases, newest first. */
  async list(filter: CaseFilter, cursor: string | undefined, limit = 20): Promise<CasePage<AfterSaleSummary>> {
    const found = await this.rows(filter, cursor, limit);
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
    const found = await this.rows(filter, cursor, limit);
    const stores = await this.storeNames(
      filter.brandId,
      found.map(({ one }) => one),
    );
    return pageOf(
      found,
      limit,
      ({ one, row }) => ({
        ...caseSummary(one, stores.get(one.storeId) ?? '门店'),
        memberName: (row['member_name'] as string | null) ?? null,
        isOverdue: isOverdue(one, this.clock.now()),
        isRefundFailed: row['refund_state'] === 'FAILED',
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
    const [member] = await this.database.query<{ nickname: string }>(
      'SELECT nickname FROM member WHERE brand_id = ? AND id = ?',
      [one.brandId, one.memberId],
    );
    const wantsGoods = one.kind !== 'REFUND_ONLY' && back;
    return {
      storeName: store?.name ?? '门店',
      returnStore: wantsGoods ? { id: back.id, name: back.name, address: back.address, phone: back.phone } : null,
      memberName: member?.nickname ?? null,
      guideName: guide?.name ?? null,
    };
  }

  private async refundOf(one: AfterSaleCase): Promise<CaseRefund | null> {
    if (!one.refundId) return null;
    const [row] = await this.database.query<Row>('SELECT state, problem FROM refund WHERE brand_id = ? AND id = ?', [
      one.brandId,
      one.refundId,
    ]);
    return row ? { state: row['state'] as CaseRefund['state'], problem: row['problem'] as string | null } : null;
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
    return caseDesk(detail, one, { names, refund, parties: await this.parties(one), now: this.clock.now() });
  }

  /** Who gives up how much of a refund that was planned: from the plan itself, never computed again. */
  private async parties(one: AfterSaleCase): Promise<AfterSaleDeskDetail['parties']> {
    if (!one.refundId) return [];
    const [row] = await this.database.query<{ plan: unknown }>(
      'SELECT plan FROM refund WHERE brand_id = ? AND id = ?',
      [one.brandId, one.refundId],
    );
    const plan = (typeof row?.plan === 'string' ? JSON.parse(row.plan) : row?.plan) as {
      result?: { shares: { partyName: string; fen: number }[] };
    } | null;
    return (plan?.result?.shares ?? []).map((share) => ({
      name: share.partyName,
      text: `退回 ¥${yuanText(fen(share.fen))}`,
      fen: share.fen,
    }));
  }

  /** What may be asked for which pieces of an order. */
  async options(order: Order): Promise<AfterSaleOptions> {
    const rules = await this.book.of(order.brandId);
    const taken = await this.cases.openPieces(this.database, order.brandId, order.id);
    const isOurs = order.channel === 'MINIAPP' && PAID_STATES.includes(order.state) && order.state !== 'FINISHED';
    const left = hadLeft(order);
    const allowed = (kind: AfterSaleKind) =>
      isOurs && (kind === 'REFUND_ONLY' || left) && (kind !== 'EXCHANGE' || rules.exchangeAllowed);
    const closed = order.channel === 'POS' ? '门店购买的商品，请带小票到店办理' : '已经过了可以申请售后的时间';
    return {
      orderId: order.id,
      orderNo: order.orderNo,
      lines: order.lines.map((line) => {
        const inCases = taken.filter((one) => one.lineId === line.lineId);
        return {
          lineId: line.lineId,
          skuId: line.skuId,
          productId: line.productId,
          name: line.name,
          spec: line.spec,
          imageUrl: line.imageUrl,
          qty: line.qty,
          leftQty: Math.max(0, line.qty - line.refundedQty - inCases.reduce((sum, one) => sum + one.qty, 0)),
          payableFen: line.payableFen,
          openCaseId: inCases[0]?.caseId ?? null,
        };
      }),
      kinds: AFTER_SALE_KINDS.map((value) => ({
        value,
        text: KIND_TEXTS[value],
        isAllowed: allowed(value),
        hint: allowed(value) ? KIND_HINTS[value] : isOurs ? '收到商品以后可以申请' : closed,
      })),
      reasons: AFTER_SALE_REASONS.map((value) => ({
        value,
        text: REASON_TEXTS[value][0],
        hint: REASON_TEXTS[value][1],
      })),
      returnWays: [
        { value: 'CARRIER', text: '快递寄回', hint: '同意后按页面地址寄回，填上单号' },
        {
          value: 'STORE',
          text: '到店退回',
          hint: rules.otherStoreReturns ? '同城门店都可以，出示退货码' : '到购买的门店，出示退货码',
        },
      ],
      until: order.state === 'RECEIVED' ? (order.dueAt?.toISOString() ?? null) : null,
      ruleText: isOurs ? (left ? '签收后七天内可以申请，来回运费看责任在谁' : '还没有发货，申请后马上退款') : closed,
    };
  }
}
