import { Inject, Injectable } from '@nestjs/common';
import { type BrandId, businessDay, DAY_MS, type Id, subFen } from '@shuke/shared/kernel';
import { type EntryBody, entitle, type PartyRef, ruleHash, type SplitInput } from '@shuke/shared/rules';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import { cashFreightFen, type Order, Orders } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
import { type PaymentToSettle, SettlingStore } from '../../payments/index.js';
import {
  accounts,
  accrualTransfer,
  moneyTransfer,
  paidTransfer,
  type TransferDraft,
  transfer,
} from '../domain/ledger.js';
import { ChainStore, type EntryDraft } from '../persistence/chain.store.js';
import { LedgerStore } from '../persistence/ledger.store.js';
import { SplitStore } from '../persistence/split.store.js';
import { type NewSplit } from '../persistence/split-rows.js';
import { type RuleBook, SplitRules } from './rules.js';

const beforeCommit = declareFailpoint('settlement.accrue.before-commit');
const afterCommit = declareFailpoint('settlement.accrue.after-commit');
const BATCH = 100;
/** A rush is worked off in one go, and yet a run ends. */
const ROUNDS_MAX = 20;
/** Two days before WeChat frees the money by itself, so that a bad day does not cost a split (pay-26). */
const SPLIT_BY_DAYS = 28;

/** Chain, ledger and rules, together to keep the constructor short. */
@Injectable()
export class SettlementStores {
  readonly chain = new ChainStore();
  readonly ledger: LedgerStore;

  constructor(
    @Inject(IdSource) readonly ids: IdSource,
    @Inject(SplitRules) readonly rules: SplitRules,
    @Inject(PayGateways) readonly gateways: PayGateways,
  ) {
    this.ledger = new LedgerStore(ids);
  }
}

/** Turns paid orders into entitlements, many in one transaction. */
@Injectable()
export class AccruePaidOrders {
  private readonly setbacks = new Setbacks();
  private readonly splits = new SplitStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
    @Inject(SettlingStore) private readonly settling: SettlingStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Accrues what was paid and not accrued yet; the payment's row says which, so nothing is done twice or forgotten. */
  async run(): Promise<number> {
    let done = 0;
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      const found = await this.round();
      done += found;
      if (found < BATCH) break;
    }
    return done;
  }

  private round(): Promise<number> {
    return eachDue(this.setbacks, this.clock.date(), {
      label: 'accrue a payment',
      batch: BATCH,
      due: (limit) => this.settling.open(this.database, limit),
      nameOf: ({ id }) => id,
      together: (open) => this.byBrand(open),
      work: async ({ brandId, id }) => (await this.batch(brandId, [id])) > 0,
    });
  }

  private async byBrand(open: readonly { brandId: BrandId; id: Id<'payment'> }[]): Promise<number> {
    let done = 0;
    for (const brandId of new Set(open.map((one) => one.brandId))) {
      done += await this.batch(
        brandId,
        open.filter((one) => one.brandId === brandId).map((one) => one.id),
      );
    }
    return done;
  }

  private async batch(brandId: BrandId, paymentIds: readonly Id[]): Promise<number> {
    const done = await this.unitOfWork.run('accrue', async (tx) => {
      const locked = await this.settling.lock(tx, brandId, paymentIds);
      if (locked.length === 0) return 0;
      const orders = await this.ordersOf(tx, brandId, locked);
      const presales = locked.filter((payment) => orderOf(payment, orders).presale);
      const whole = await this.settling.withDeposits(tx, brandId, presales);
      const payments = locked.map((payment) => whole.find((one) => one.id === payment.id) ?? payment);
      const rules = await this.stores.rules.book(tx, brandId);
      const entries: EntryDraft[] = [];
      const transfers: TransferDraft[] = [];
      for (const payment of payments) {
        const order = orderOf(payment, orders);
        const entry = await this.entry(tx, order, payment, rules);
        entries.push(entry);
        transfers.push(...this.transfers(order, payment, entry.body));
      }
      await this.stores.chain.append(tx, brandId, entries);
      await this.stores.ledger.post(tx, brandId, transfers);
      await this.splits.insertWaiting(
        tx,
        payments.map((payment) => this.split(orderOf(payment, orders), payment)),
      );
      await this.settling.setSettled(
        tx,
        brandId,
        payments.map((payment) => payment.id),
      );
      beforeCommit();
      return payments.length;
    });
    afterCommit();
    return done;
  }

  private async ordersOf(tx: Tx, brandId: BrandId, payments: readonly PaymentToSettle[]): Promise<Map<string, Order>> {
    const orders = await this.orders.store.many(
      tx,
      brandId,
      payments.map((payment) => payment.orderId),
    );
    return new Map(orders.map((order) => [order.id, order]));
  }

  private async entry(tx: Tx, order: Order, payment: PaymentToSettle, rules: RuleBook): Promise<EntryDraft> {
    const input = await this.input(order, payment);
    const rule = rules.at(order.createdAt);
    const store = await this.organization.store(order.brandId, order.storeId);
    const body: EntryBody = {
      v: 1,
      kind: 'ACCRUAL',
      storeId: order.storeId,
      storeName: store?.name ?? '',
      orderId: order.id,
      orderNo: order.orderNo,
      at: tx.now.toISOString(),
      businessDay: businessDay(tx.now.getTime()),
      rule: { version: rule.version, hash: ruleHash(rule) },
      input,
      ...entitle(rule, input),
    };
    return { storeId: order.storeId, refId: '0', body };
  }

  private async input(order: Order, payment: PaymentToSettle): Promise<SplitInput> {
    const [brand, store] = await Promise.all([
      this.organization.brand(order.brandId),
      this.organization.store(order.brandId, order.storeId),
    ]);
    if (!brand || !store) throw new Error(`order ${order.id} belongs to no store`);
    const brandParty: PartyRef = { party: 'BRAND', partyId: brand.id, partyName: brand.name };
    const franchisee = store.franchiseeId
      ? await this.organization.franchisee(order.brandId, store.franchiseeId)
      : null;
    const guide = order.guideId ? await this.organization.guide(order.brandId, order.guideId) : null;
    return {
      paidFen: payment.amountFen,
      ...(payment.depositFen > 0 ? { depositFen: payment.depositFen } : {}),
      freightFen: cashFreightFen(order),
      feeBp: this.stores.gateways.get(payment.accountId).settings.feeBp,
      storeKind: store.kind === 'FRANCHISE' ? 'FRANCHISE' : 'SELF',
      collectMode: order.collectMode ?? store.collectMode,
      owner: franchisee ? { party: 'FRANCHISEE', partyId: franchisee.id, partyName: franchisee.name } : brandParty,
      brand: brandParty,
      guide: guide ? { party: 'GUIDE', partyId: guide.id, partyName: guide.name } : null,
      lines: order.lines.map((line) => ({
        lineId: line.lineId,
        categoryId: line.categoryId ?? '0',
        name: line.name,
        qty: line.qty,
        // The wallet's share goes through the clearing ledger between stores, not through the channel.
        payableFen: subFen(line.payableFen, line.walletFen),
      })),
    };
  }

  private transfers(order: Order, payment: PaymentToSettle, body: EntryBody): TransferDraft[] {
    const collector = payment.subMchid ?? payment.mchid;
    const feeFen = payment.feeFen;
    const paidFen = payment.amountFen;
    const channel = body.shares.filter((share) => share.party === 'CHANNEL');
    return [
      accrualTransfer(`accrue:${order.id}`, order.id, order.storeId, body.shares),
      ...channel.map((share) => paidTransfer(`fee:${order.id}`, order.id, share)),
      moneyTransfer(`pay:${payment.id}`, 'PAY', order.id, accounts.consumer, accounts.frozen(collector), paidFen),
      transfer(
        'MONEY',
        `fee:${payment.id}`,
        'FEE',
        order.id,
        feeFen === 0 ? [] : moneyTransfer('', '', order.id, accounts.frozen(collector), accounts.fee, feeFen).postings,
      ),
    ];
  }

  private split(order: Order, payment: PaymentToSettle): NewSplit {
    return {
      brandId: payment.brandId,
      id: this.stores.ids.next<'split'>(),
      orderId: order.id,
      paymentId: payment.id,
      storeId: order.storeId,
      accountId: payment.accountId,
      mchid: payment.mchid,
      subMchid: payment.subMchid,
      collectMode: order.collectMode ?? 'BRAND',
      transactionId: payment.transactionId,
      paidFen: payment.amountFen,
      feeFen: payment.feeFen,
      paidAt: payment.paidAt,
      deadlineAt: new Date(payment.paidAt.getTime() + SPLIT_BY_DAYS * DAY_MS),
    };
  }
}

/** @throws Error when the payment's order is gone, which would mean that the books are broken */
function orderOf(payment: PaymentToSettle, orders: ReadonlyMap<string, Order>): Order {
  const order = orders.get(payment.orderId);
  if (!order) throw new Error(`payment ${payment.id} has no order`);
  return order;
}
