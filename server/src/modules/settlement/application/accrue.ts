import { Inject, Injectable } from '@nestjs/common';
import { addFen, type BrandId, businessDay, DAY_MS, type Id, parseFen, subFen } from '@shuke/shared/kernel';
import { type EntryBody, entitle, type PartyRef, ruleHash, type SplitInput } from '@shuke/shared/rules';
import { PayGateways } from '../../../gateways/registry/pay-gateways.js';
import { Database, marks, type SqlValue } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { declareFailpoint } from '../../../platform/failpoints/failpoint.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { cashFreightFen, type Order, Orders } from '../../orders/index.js';
import { Organization } from '../../organization/index.js';
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
import { type RuleBook, SplitRules } from './rules.js';

const beforeCommit = declareFailpoint('settlement.accrue.before-commit');
const afterCommit = declareFailpoint('settlement.accrue.after-commit');
const BATCH = 100;
/** A rush is worked off in one go, and yet a run ends. */
const ROUNDS_MAX = 20;
/** Two days before WeChat frees the money by itself, so that a bad day does not cost a split (pay-26). */
const SPLIT_BY_DAYS = 28;

interface OpenPayment {
  brand_id: BrandId;
  id: Id<'payment'>;
  order_id: Order['id'];
  account_id: string;
  mchid: string;
  sub_mchid: string | null;
  transaction_id: string;
  amount_fen: string;
  fee_fen: string;
  paid_at: Date;
}

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
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Orders) private readonly orders: Orders,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(SettlementStores) private readonly stores: SettlementStores,
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

  private async round(): Promise<number> {
    const open = await this.database.query<{ brand_id: BrandId; id: Id<'payment'> }>(
      "SELECT brand_id, id FROM payment WHERE settle_state = 'OPEN' ORDER BY paid_at LIMIT ?",
      [BATCH],
    );
    let done = 0;
    for (const brandId of new Set(open.map((row) => row.brand_id))) {
      done += await this.batch(
        brandId,
        open.filter((row) => row.brand_id === brandId).map((row) => row.id),
      );
      afterCommit();
    }
    return done;
  }

  private async batch(brandId: BrandId, paymentIds: readonly Id[]): Promise<number> {
    return this.unitOfWork.run('accrue', async (tx) => {
      const payments = await tx.query<OpenPayment>(
        `SELECT * FROM payment WHERE brand_id = ? AND id IN ${marks(paymentIds)} AND settle_state = 'OPEN' ORDER BY id FOR UPDATE`,
        [brandId, ...paymentIds],
      );
      if (payments.length === 0) return 0;
      const orders = new Map(
        (
          await this.orders.store.many(
            tx,
            brandId,
            payments.map((row) => row.order_id),
          )
        ).map((order) => [order.id, order]),
      );
      await this.withDeposits(tx, brandId, payments, orders);
      const rules = await this.stores.rules.book(tx, brandId);
      const entries: EntryDraft[] = [];
      const transfers: TransferDraft[] = [];
      for (const payment of payments) {
        const order = orders.get(payment.order_id);
        if (!order) throw new Error(`payment ${payment.id} has no order`);
        const entry = await this.entry(tx, order, payment, rules);
        entries.push(entry);
        transfers.push(...this.transfers(order, payment, entry.body));
      }
      await this.stores.chain.append(tx, brandId, entries);
      await this.stores.ledger.post(tx, brandId, transfers);
      await this.insertSplits(tx, payments, orders);
      await tx.execute(
        `UPDATE payment SET settle_state = 'DONE' WHERE brand_id = ? AND id IN ${marks(payments.map((row) => row.id))}`,
        [brandId, ...payments.map((row) => row.id)],
      );
      beforeCommit();
      return payments.length;
    });
  }

  /** A presale is divided as a whole when its tail is here: its deposit is counted with it. */
  private async withDeposits(
    tx: Tx,
    brandId: BrandId,
    payments: readonly OpenPayment[],
    orders: Map<string, Order>,
  ): Promise<void> {
    const presales = payments.filter((row) => orders.get(row.order_id)?.presale);
    if (presales.length === 0) return;
    const ids = presales.map((row) => row.order_id);
    const deposits = await tx.query<{ order_id: string; amount_fen: string; fee_fen: string }>(
      `SELECT order_id, amount_fen, fee_fen FROM payment WHERE brand_id = ? AND purpose = 'DEPOSIT' AND state = 'PAID' AND order_id IN ${marks(ids)}`,
      [brandId, ...ids],
    );
    for (const row of presales) {
      const deposit = deposits.find((one) => one.order_id === row.order_id);
      if (!deposit) continue;
      row.amount_fen = String(addFen(parseFen(row.amount_fen), parseFen(deposit.amount_fen)));
      row.fee_fen = String(addFen(parseFen(row.fee_fen), parseFen(deposit.fee_fen)));
    }
  }

  private async entry(tx: Tx, order: Order, payment: OpenPayment, rules: RuleBook): Promise<EntryDraft> {
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

  private async input(order: Order, payment: OpenPayment): Promise<SplitInput> {
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
      paidFen: parseFen(payment.amount_fen),
      freightFen: cashFreightFen(order),
      feeBp: this.stores.gateways.get(payment.account_id).settings.feeBp,
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

  private transfers(order: Order, payment: OpenPayment, body: EntryBody): TransferDraft[] {
    const collector = payment.sub_mchid ?? payment.mchid;
    const feeFen = parseFen(payment.fee_fen);
    const paidFen = parseFen(payment.amount_fen);
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

  private async insertSplits(tx: Tx, payments: readonly OpenPayment[], orders: Map<string, Order>): Promise<void> {
    const rows = payments.map((payment): SqlValue[] => {
      const order = orders.get(payment.order_id) as Order;
      const deadline = new Date(payment.paid_at.getTime() + SPLIT_BY_DAYS * DAY_MS);
      return [
        payment.brand_id,
        this.stores.ids.next<'split'>(),
        order.id,
        payment.id,
        order.storeId,
        payment.account_id,
        payment.mchid,
        payment.sub_mchid,
        order.collectMode ?? 'BRAND',
        payment.transaction_id,
        payment.amount_fen,
        payment.fee_fen,
        'WAITING',
        'PLAN',
        payment.paid_at,
        deadline,
        deadline,
      ];
    });
    await tx.execute(
      `INSERT INTO split (brand_id, id, order_id, payment_id, store_id, account_id, mchid, sub_mchid, collect_mode, transaction_id, paid_fen, fee_fen, state, step, paid_at, deadline_at, next_at)
       VALUES ${rows.map((row) => `(${row.map(() => '?').join(',')})`).join(',')}`,
      rows.flat(),
    );
  }
}
