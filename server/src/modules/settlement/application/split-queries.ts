import { Inject, Injectable } from '@nestjs/common';
import type { OrderSplit, SplitRow } from '@shuke/shared/contracts';
import { type BrandId, type Id, type StoreId, subFen } from '@shuke/shared/kernel';
import { entryAmount } from '@shuke/shared/rules';
import { remedyForReceiver } from '../../../gateways/wechat-pay/index.js';
import type { Actor } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import { Organization } from '../../organization/index.js';
import { netShares } from '../domain/split-plan.js';
import { SplitStore } from '../persistence/split.store.js';
import { type ListedSplit, SplitListStore } from '../persistence/split-list.store.js';
import { type SplitReceiver } from '../persistence/split-rows.js';
import { SettlementStores } from './accrue.js';
import { refuseSettlement } from './settlement-errors.js';

type View = SplitRow;

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
  private readonly lists = new SplitListStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
  ) {}

  private async listed(actor: Actor, query: SplitListQuery & { orderId?: Id }, limit: number): Promise<ListedSplit[]> {
    const scope = await this.organization.scopeOf(actor);
    const asked = query.storeId as StoreId | undefined;
    const storeIds = asked === undefined ? scope : scope === 'ALL' || scope.includes(asked) ? [asked] : [];
    const { q, state, from, to, orderId } = query;
    const beforeId = readCursor(query.cursor, [DIGITS])?.[0];
    return this.lists.list(
      this.database,
      { brandId: actor.brandId, storeIds, q, state, from, to, orderId, beforeId },
      limit,
    );
  }

  /** A page of splits, newest first. */
  async list(actor: Actor, query: SplitListQuery): Promise<{ items: View[]; nextCursor: string | null }> {
    const limit = query.limit ?? 20;
    const splits = await this.listed(actor, query, limit + 1);
    const views = await this.views(actor.brandId, splits);
    return pageOf(
      views.map((view, index) => ({ view, id: splits[index]?.id ?? '0' })),
      limit,
      (row) => row.view,
      (row) => makeCursor(row.id),
    );
  }

  private async views(brandId: BrandId, splits: readonly ListedSplit[]): Promise<View[]> {
    const receivers = await this.splits.receivers(
      this.database,
      brandId,
      splits.map((split) => split.id),
    );
    const entries = await this.stores.chain.ofOrders(
      this.database,
      brandId,
      splits.map((split) => split.orderId),
    );
    const names = new Map(
      entries.flatMap((entry) =>
        entry.body.shares.map((share) => [`${share.party}:${share.partyId}`, share.partyName] as const),
      ),
    );
    return Promise.all(
      splits.map(async (split): Promise<View> => {
        const own = entries.filter((entry) => entry.body.orderId === split.orderId).map((entry) => entry.body);
        const accrual = own.find((body) => body.kind === 'ACCRUAL');
        const store = await this.organization.store(brandId, split.storeId);
        const { state, problem } = split;
        return {
          orderId: split.orderId,
          orderNo: split.orderNo,
          storeId: split.storeId,
          storeName: store?.name ?? '',
          collectMode: split.collectMode,
          paidFen: split.paidFen,
          refundedFen: split.refundedFen,
          state,
          stateText: problem ? `${STATE_TEXTS[state] ?? state}：${problem}` : (STATE_TEXTS[state] ?? state),
          dueAt: split.dueAt?.toISOString() ?? null,
          paidAt: split.paidAt.toISOString(),
          legs: netShares(
            accrual?.shares ?? [],
            own.flatMap((body) => (body.kind === 'REVERSAL' ? body.shares : [])),
          ),
          receivers: receivers
            .filter((one) => one.splitId === split.id && one.failReason !== 'NOT_SENT')
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
    const [view] = await this.views(actor.brandId, await this.listed(actor, { orderId }, 1));
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
    const moved = await this.lists.movements(this.database, brandId, orderId);
    return moved.map((one) => ({
      at: one.at.toISOString(),
      text: KIND_TEXTS[one.kind] ?? one.kind,
      fen: one.fen,
      account: accountText(one.account),
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
