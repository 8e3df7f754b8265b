import { Inject, Injectable } from '@nestjs/common';
import type { OrderSplit, SplitRow } from '@shuke/shared/contracts';
import {
  type BrandId,
  DAY_MS,
  type Id,
  parseFen,
  type StoreId,
  startOfBusinessDay,
  subFen,
} from '@shuke/shared/kernel';
import { entryAmount } from '@shuke/shared/rules';
import { remedyForReceiver } from '../../../gateways/wechat-pay/index.js';
import type { Actor } from '../../../platform/access/actor.js';
import { Database, marks, type SqlValue } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { netShares } from '../domain/split-plan.js';
import { type SplitReceiver, SplitStore } from '../persistence/split.store.js';
import { SettlementStores } from './accrue.js';
import { refuseSettlement } from './settlement-errors.js';

type View = SplitRow;
type Row = Record<string, unknown>;

const STATE_TEXTS: Record<string, string> = {
  WAITING: '等顾客收货、过了售后期再分',
  READY: '可以分账',
  PROCESSING: '分账中',
  FINISHED: '已分完',
  ATTENTION: '需要处理',
  NOT_NEEDED: '无需分账',
};
const RECEIVER_TEXTS: Record<SplitReceiver['state'], string> = {
  PLANNED: '待分',
  PENDING: '处理中',
  SUCCESS: '已到账',
  CLOSED: '未成功',
};

export interface SplitListQuery {
  q?: string;
  storeId?: string;
  state?: string;
  from?: string;
  to?: string;
  cursor?: string;
  limit?: number;
}

/** Reads of splits for the desk, within the actor's stores. */
@Injectable()
export class SplitQueries {
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
  ) {}

  private async rows(actor: Actor, query: SplitListQuery & { orderId?: string }, limit: number): Promise<Row[]> {
    const scope = await this.organization.scopeOf(actor);
    const storeIds =
      query.storeId === undefined
        ? scope
        : scope === 'ALL' || scope.includes(query.storeId as StoreId)
          ? [query.storeId as StoreId]
          : [];
    const parts = ['s.brand_id = ?'];
    const values: SqlValue[] = [actor.brandId];
    const add = (sql: string, ...more: SqlValue[]) => {
      parts.push(sql);
      values.push(...more);
    };
    if (storeIds !== 'ALL') add(`s.store_id IN ${marks(storeIds)}`, ...storeIds);
    if (query.state) add('s.state = ?', query.state);
    if (query.q) add('o.order_no LIKE ?', `%${query.q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
    if (query.from) add('s.paid_at >= ?', new Date(startOfBusinessDay(query.from)));
    if (query.to) add('s.paid_at < ?', new Date(startOfBusinessDay(query.to) + DAY_MS));
    if (query.orderId) add('s.order_id = ?', query.orderId);
    const after = readCursor(query.cursor, [DIGITS]);
    if (after) add('s.id < ?', after[0] ?? '0');
    return this.database.query<Row>(
      `SELECT s.*, o.order_no, o.refunded_fen FROM split s JOIN sales_order o ON o.brand_id = s.brand_id AND o.id = s.order_id WHERE ${parts.join(' AND ')} ORDER BY s.id DESC LIMIT ?`,
      [...values, limit],
    );
  }

  /** A page of splits, newest first. */
  async list(actor: Actor, query: SplitListQuery): Promise<{ items: View[]; nextCursor: string | null }> {
    const limit = query.limit ?? 20;
    const rows = await this.rows(actor, query, limit + 1);
    const views = await this.views(actor.brandId, rows);
    return pageOf(
      views.map((view, index) => ({ view, id: String(rows[index]?.['id']) })),
      limit,
      (row) => row.view,
      (row) => makeCursor(row.id),
    );
  }

  private async views(brandId: BrandId, rows: readonly Row[]): Promise<View[]> {
    const receivers = await this.splits.receivers(
      this.database,
      brandId,
      rows.map((row) => row['id'] as Id),
    );
    const entries = await this.stores.chain.ofOrders(
      this.database,
      brandId,
      rows.map((row) => row['order_id'] as string),
    );
    const names = new Map(
      entries.flatMap((entry) =>
        entry.body.shares.map((share) => [`${share.party}:${share.partyId}`, share.partyName] as const),
      ),
    );
    return Promise.all(
      rows.map(async (row): Promise<View> => {
        const own = entries.filter((entry) => entry.body.orderId === row['order_id']).map((entry) => entry.body);
        const accrual = own.find((body) => body.kind === 'ACCRUAL');
        const store = await this.organization.store(brandId, row['store_id'] as StoreId);
        const state = String(row['state']) as View['state'];
        const problem = row['problem'] as string | null;
        return {
          orderId: row['order_id'] as string,
          orderNo: String(row['order_no']),
          storeId: row['store_id'] as string,
          storeName: store?.name ?? '',
          collectMode: row['collect_mode'] as View['collectMode'],
          paidFen: parseFen(row['paid_fen']),
          refundedFen: parseFen(row['refunded_fen']),
          state,
          stateText: problem ? `${STATE_TEXTS[state] ?? state}：${problem}` : (STATE_TEXTS[state] ?? state),
          dueAt: (row['due_at'] as Date | null)?.toISOString() ?? null,
          paidAt: (row['paid_at'] as Date).toISOString(),
          legs: netShares(
            accrual?.shares ?? [],
            own.flatMap((body) => (body.kind === 'REVERSAL' ? body.shares : [])),
          ),
          receivers: receivers
            .filter((one) => one.splitId === row['id'] && one.failReason !== 'NOT_SENT')
            .map((one, _, all) => this.receiver(one, names, all.at(-1)?.requestId === one.requestId)),
        };
      }),
    );
  }

  private receiver(one: SplitReceiver, names: Map<string, string>, isLatest: boolean): View['receivers'][number] {
    const isReturned = one.returnedFen > 0 && one.returnedFen === one.amountFen;
    return {
      party: one.party,
      partyName: names.get(`${one.party}:${one.partyId}`) ?? '',
      account: `${one.account.slice(0, 4)}****${one.account.slice(-4)}`,
      amountFen: one.amountFen,
      returnedFen: one.returnedFen,
      state: isReturned ? 'RETURNED' : one.state,
      stateText: isReturned ? '已退回' : RECEIVER_TEXTS[one.state],
      failReason: one.failReason,
      nextStep: one.state === 'CLOSED' && isLatest ? remedyForReceiver(one.failReason).nextStep : null,
    };
  }

  /** How every fen of an order was divided and moved. @throws AppError NOT_SETTLED */
  async ofOrder(actor: Actor, orderId: Id): Promise<OrderSplit> {
    const rows = await this.rows(actor, { orderId }, 1);
    const [view] = await this.views(actor.brandId, rows);
    if (!view) throw refuseSettlement('NOT_SETTLED');
    const entries = await this.stores.chain.ofOrders(this.database, actor.brandId, [orderId]);
    return {
      ...view,
      entries: entries.map((entry) => ({
        seq: entry.seq,
        kind: entry.body.kind,
        at: entry.body.at,
        ruleVersion: entry.body.rule.version,
        amountFen: entryAmount(entry.body),
        legs: entry.body.shares.map((share) => ({
          ...share,
          fen: entry.body.kind === 'ACCRUAL' ? share.fen : subFen(0 as typeof share.fen, share.fen),
        })),
        steps: entry.body.steps,
        prevHash: entry.prevHash,
        hash: entry.hash,
      })),
      movements: await this.movements(actor.brandId, orderId),
    };
  }

  private async movements(brandId: BrandId, orderId: Id): Promise<OrderSplit['movements']> {
    const rows = await this.database.query<Row>(
      `SELECT t.kind, p.account, p.fen, p.at FROM posting p JOIN transfer t ON t.brand_id = p.brand_id AND t.id = p.transfer_id
       WHERE p.brand_id = ? AND p.order_id = ? AND p.book = 'MONEY' ORDER BY p.transfer_id, p.line_no`,
      [brandId, orderId],
    );
    return rows.map((row) => ({
      at: (row['at'] as Date).toISOString(),
      text: KIND_TEXTS[String(row['kind'])] ?? String(row['kind']),
      fen: parseFen(row['fen']),
      account: accountText(String(row['account'])),
    }));
  }
}

const KIND_TEXTS: Record<string, string> = {
  PAY: '顾客付款',
  FEE: '扣手续费',
  SPLIT: '分账',
  UNFREEZE: '解冻剩余货款',
  REFUND: '退款',
  RETURN: '分账退回',
};

function accountText(account: string): string {
  const [kind = '', ...rest] = account.split(':');
  const names: Record<string, string> = {
    consumer: '顾客',
    fee: '微信支付手续费',
    frozen: `商户 ${rest[0] ?? ''} 待分账`,
    available: `商户 ${rest[0] ?? ''} 可用余额`,
    party: rest[0] === 'BRAND' ? '品牌账户' : '导购零钱',
  };
  return names[kind] ?? account;
}
