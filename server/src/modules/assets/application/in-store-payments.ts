import { Inject, Injectable } from '@nestjs/common';
import type { InStorePayment } from '@shuke/shared/contracts';
import { type BrandId, type Fen, fen, type Id, sumFen } from '@shuke/shared/kernel';
import { type Actor, actorLabel, type Consumer, type Guide } from '../../../platform/access/actor.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { type Tx, UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { keepResult, once, requestKey } from '../../../platform/idempotency/idempotency.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { eachDue } from '../../../platform/jobs/each-due.js';
import { Setbacks } from '../../../platform/jobs/setbacks.js';
import type { Hold } from '../../asset-ledger/index.js';
import { type InStoreRow, type InStoreState, InStoreStore } from '../persistence/in-store.store.js';
import { AssetSettings } from './asset-settings.js';
import { refuseAsset } from './assets-errors.js';
import { Codes } from './codes.js';
import { InStoreViews } from './in-store-views.js';
import { Wallet } from './wallet.js';

const BATCH = 100;
const CONFIRM_MS = 3 * 60_000;

/** Who takes a payment, and where. */
export interface Till {
  brandId: BrandId;
  storeId: InStoreRow['storeId'];
  guideId: InStoreRow['guideId'];
  operator: string;
}
export const tillOf = (actor: Guide): Till => ({
  brandId: actor.brandId,
  storeId: actor.storeId,
  guideId: actor.guideId,
  operator: actorLabel(actor),
});

/**
 * Paying from the wallet in a store: the guide or the till reads the code and names the amount; above the limit the
 * consumer confirms the amount with a PIN, and nothing leaves the wallet before that.
 */
@Injectable()
export class InStorePayments {
  private readonly unended = new Setbacks();
  private readonly rows = new InStoreStore();

  constructor(
    @Inject(Wallet) private readonly wallet: Wallet,
    @Inject(Codes) private readonly codes: Codes,
    @Inject(AssetSettings) private readonly settings: AssetSettings,
    @Inject(InStoreViews) private readonly views: InStoreViews,
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(IdSource) private readonly ids: IdSource,
  ) {}

  /**
   * Takes an amount by a pay code; the same key gives the same payment.
   * @throws AppError CODE_INVALID, CODE_USED, CODE_EXPIRED, WALLET_NOT_ENOUGH, ASSET_FROZEN
   */
  async charge(till: Till, wish: { code: string; amountFen: number; note?: string }, key: string): Promise<InStoreRow> {
    const request = requestKey(till.brandId, `in-store:${till.operator}`, key, wish);
    const made = await once(this.database, request, async () => {
      const { pinAboveFen } = await this.settings.wallet(till.brandId);
      const asks = wish.amountFen > pinAboveFen;
      return this.unitOfWork.run('take a wallet payment', async (tx) => {
        const id = await this.take(tx, till, wish.code, fen(wish.amountFen), wish.note ?? '', asks);
        await keepResult(tx, request, id);
        return id;
      });
    });
    return this.reload(till.brandId, made);
  }

  private async take(tx: Tx, till: Till, code: string, amountFen: Fen, note: string, asks: boolean): Promise<Id> {
    const { brandId, storeId } = till;
    const found = await this.codes.lookUp(tx, brandId, code, true);
    if (found.kind !== 'PAY') throw refuseAsset('CODE_INVALID', undefined, '这是会员码，付款请让顾客打开付款码');
    const id = this.ids.next<'in-store'>();
    const until = new Date(tx.now.getTime() + CONFIRM_MS);
    const hold = await this.wallet.holdFor(tx, {
      brandId,
      memberId: found.memberId,
      subject: 'IN_STORE',
      subjectId: id,
      amountFen,
      storeId,
      until,
      title: '门店付款',
    });
    await this.rows.insert(tx, {
      id,
      paymentNo: `W${id}`,
      memberId: found.memberId,
      ...till,
      amountFen,
      ...partsOf(hold),
      note,
      state: asks ? 'ASKING' : 'PAID',
      createdAt: tx.now,
      confirmUntil: asks ? until : null,
      paidAt: asks ? null : tx.now,
    });
    if (!(await this.codes.rows.use(tx, brandId, code, id))) throw refuseAsset('CODE_USED');
    if (!asks) await this.wallet.captureFor(tx, brandId, 'IN_STORE', id);
    return id;
  }

  /** The consumer confirms exactly this amount with the PIN. @throws AppError PIN_*, AMOUNT_CHANGED, PAYMENT_STATE */
  async confirm(actor: Consumer, id: Id, pin: string, amountFen: number): Promise<InStorePayment> {
    const row = await this.own(actor, id);
    if (row.amountFen !== amountFen) throw refuseAsset('AMOUNT_CHANGED', { amountFen: row.amountFen });
    await this.codes.checkPin(actor.brandId, actor.memberId, pin);
    await this.unitOfWork.run('confirm a wallet payment', async (tx) => {
      const locked = await this.rows.find(tx, actor.brandId, id, true);
      if (locked?.state !== 'ASKING' || (locked.confirmUntil && locked.confirmUntil <= tx.now))
        throw refuseAsset('PAYMENT_STATE');
      await this.rows.move(tx, locked, 'ASKING', 'PAID', null);
      if (!(await this.wallet.captureFor(tx, actor.brandId, 'IN_STORE', id))) throw refuseAsset('PAYMENT_STATE');
    });
    return this.views.one(actor, await this.reload(actor.brandId, id));
  }

  async refuse(actor: Consumer, id: Id): Promise<InStorePayment> {
    await this.own(actor, id);
    await this.giveUp(actor.brandId, id, 'REFUSED', '顾客没有同意');
    return this.views.one(actor, await this.reload(actor.brandId, id));
  }

  /** Payments that nobody confirmed in time; what was held is free again. */
  expireDue(now: Date): Promise<number> {
    return eachDue(this.unended, now, {
      label: 'end a wallet payment',
      batch: BATCH,
      due: (limit) => this.rows.due(this.database, now, limit),
      nameOf: ({ id }) => id,
      work: async ({ brand_id, id }) => {
        await this.giveUp(brand_id, id, 'EXPIRED', '没有在时限内确认');
        return true;
      },
    });
  }

  private async giveUp(brandId: BrandId, id: Id, to: 'REFUSED' | 'EXPIRED', reason: string): Promise<void> {
    await this.unitOfWork.run('give up a wallet payment', async (tx) => {
      const row = await this.rows.find(tx, brandId, id, true);
      if (!row || !(await this.rows.move(tx, row, 'ASKING', to, reason))) return;
      await this.wallet.releaseFor(tx, brandId, 'IN_STORE', id);
    });
  }

  /** What became of payments, by id. */
  states(on: Queryable, brandId: BrandId, ids: readonly Id[]): Promise<Map<string, InStoreState>> {
    return this.rows.states(on, brandId, ids);
  }

  /** A till takes its own payment back, also one that nobody has confirmed yet. @throws AppError NOT_FOUND for another till's */
  async reverseAtTill(till: Till, id: Id, reason: string): Promise<InStoreRow> {
    await this.unitOfWork.run('reverse a till payment', async (tx) => {
      const row = await this.rows.find(tx, till.brandId, id, true);
      if (row?.storeId !== till.storeId || row.operator !== till.operator) throw refuse('NOT_FOUND');
      if (row.state === 'PAID') await this.reverseRow(tx, row, reason);
      else if (await this.rows.move(tx, row, 'ASKING', 'REFUSED', reason))
        await this.wallet.releaseFor(tx, till.brandId, 'IN_STORE', id);
    });
    return this.reload(till.brandId, id);
  }

  /** @throws AppError PAYMENT_STATE when it is not paid or was reversed */
  async reverseRow(tx: Tx, row: InStoreRow, reason: string): Promise<void> {
    if (!(await this.rows.move(tx, row, 'PAID', 'REVERSED', reason))) throw refuseAsset('PAYMENT_STATE');
    const wish = { brandId: row.brandId, subject: 'IN_STORE' as const, subjectId: row.id, refundId: row.id };
    await this.wallet.refundFor(tx, { ...wish, amountFen: row.amountFen });
  }

  /** @throws AppError NOT_FOUND outside the actor's store or for another member's payment */
  async visible(actor: Actor, id: Id): Promise<InStoreRow> {
    const row = await this.rows.find(this.database, actor.brandId, id);
    const isMine =
      actor.kind === 'consumer'
        ? row?.memberId === actor.memberId
        : actor.kind === 'guide' && row?.storeId === actor.storeId;
    if (!row || !isMine) throw refuse('NOT_FOUND');
    return row;
  }

  private own(actor: Consumer, id: Id): Promise<InStoreRow> {
    return this.visible(actor, id);
  }

  private async reload(brandId: BrandId, id: Id): Promise<InStoreRow> {
    const row = await this.rows.find(this.database, brandId, id);
    if (!row) throw refuse('NOT_FOUND');
    return row;
  }
}

const partsOf = (hold: Hold) => {
  const of = (kind: string) => sumFen(hold.uses.filter((use) => use.kind === kind).map((use) => fen(use.amount)));
  return { principalFen: of('PRINCIPAL'), bonusFen: of('BONUS') };
};
