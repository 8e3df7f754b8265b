import { Inject, Injectable } from '@nestjs/common';
import {
  type BrandId,
  type Fen,
  fen,
  type Id,
  type MemberId,
  negFen,
  type OrderId,
  type StoreId,
} from '@shuke/shared/kernel';
import type { Queryable } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AssetLedger, type HeldLot, type Hold, type LotUse } from '../../asset-ledger/index.js';
import { Clearing, type Leg } from '../../clearing/index.js';
import { AssetSettings } from './asset-settings.js';
import { asAssetRefusal } from './assets-errors.js';

export interface WalletBalance {
  principalFen: Fen;
  bonusFen: Fen;
  heldFen: Fen;
  availableFen: Fen;
  isFrozen: boolean;
}
/** What is paid from the wallet: an order, or a payment in a store. */
export type WalletSubject = 'ORDER' | 'IN_STORE';

export interface WalletHold {
  brandId: BrandId;
  memberId: MemberId;
  orderId: OrderId;
  amountFen: Fen;
  /** The store that sells the goods. */
  storeId: StoreId;
  until: Date | null;
}
export interface SubjectHold extends Omit<WalletHold, 'orderId'> {
  subject: WalletSubject;
  subjectId: Id;
  title: string;
}

/** The door to members' stored value (product.md A3): lots of principal and bonus, held, captured, given back. */
@Injectable()
export class Wallet {
  constructor(
    @Inject(AssetLedger) readonly ledger: AssetLedger,
    @Inject(Clearing) private readonly clearing: Clearing,
    @Inject(AssetSettings) private readonly settings: AssetSettings,
  ) {}

  /** What of an order was paid from the wallet, lot by lot, whatever became of it; null when nothing was. */
  heldFor(on: Queryable, brandId: BrandId, orderId: OrderId): Promise<Hold | null> {
    return this.ledger.holds.bySubject(on, brandId, 'WALLET', 'ORDER', orderId);
  }

  /** Two statements; amounts in fen. */
  async balance(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<WalletBalance> {
    const [account, lots] = [
      await this.ledger.account(on, brandId, memberId, 'WALLET'),
      await this.ledger.rows.lots(on, brandId, memberId, 'WALLET'),
    ];
    const sum = (kind: string) =>
      fen(lots.filter((lot) => lot.kind === kind).reduce((all, lot) => all + lot.remaining, 0));
    return {
      principalFen: sum('PRINCIPAL'),
      bonusFen: sum('BONUS'),
      heldFen: fen(account.held),
      availableFen: fen(account.frozenReason === null ? account.balance - account.held : 0),
      isFrozen: account.frozenReason !== null,
    };
  }

  /**
   * Holds an amount for an order by the brand's consumption policy; a repeat returns the same lots.
   * @throws AppError WALLET_NOT_ENOUGH, ASSET_FROZEN
   */
  async hold(tx: Tx, wish: WalletHold): Promise<LotUse[]> {
    const { orderId, ...rest } = wish;
    return (await this.holdFor(tx, { ...rest, subject: 'ORDER', subjectId: orderId, title: '商城订单' })).uses;
  }

  /** As {@link hold}, for any subject. @throws AppError WALLET_NOT_ENOUGH, ASSET_FROZEN */
  async holdFor(tx: Tx, wish: SubjectHold): Promise<Hold> {
    const { policy } = await this.settings.wallet(wish.brandId, tx);
    return this.ledger
      .hold(tx, {
        brandId: wish.brandId,
        memberId: wish.memberId,
        asset: 'WALLET',
        subjectKind: wish.subject,
        subjectId: wish.subjectId,
        amount: wish.amountFen,
        storeId: wish.storeId,
        until: wish.until,
        title: wish.title,
        policy,
      })
      .catch((error: unknown) => asAssetRefusal(error, 'WALLET_NOT_ENOUGH'));
  }

  /** Holds named parts of lots until they are refunded to where they came from, or not. @throws AppError WALLET_NOT_ENOUGH, ASSET_FROZEN */
  async holdParts(
    tx: Tx,
    wish: {
      brandId: BrandId;
      memberId: MemberId;
      subjectId: Id;
      parts: { lotId: LotUse['lotId']; amount: number }[];
      title: string;
    },
  ): Promise<void> {
    const { brandId, memberId, subjectId, parts, title } = wish;
    const amount = parts.reduce((sum, part) => sum + part.amount, 0);
    await this.ledger
      .hold(tx, {
        brandId,
        memberId,
        asset: 'WALLET',
        subjectKind: 'REFUND',
        subjectId,
        amount,
        storeId: null,
        // Held until the refund has ended, however long a bank takes.
        until: null,
        title,
        parts,
      })
      .catch((error: unknown) => asAssetRefusal(error, 'WALLET_NOT_ENOUGH'));
  }

  /** The order is paid: what was held leaves; value that another store sold is noted in the clearing. */
  async capture(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    await this.captureFor(tx, brandId, 'ORDER', orderId);
  }

  async captureFor(tx: Tx, brandId: BrandId, subject: WalletSubject, subjectId: Id): Promise<Hold | null> {
    const hold = await this.ledger.capture(tx, brandId, 'WALLET', subject, subjectId);
    if (hold?.storeId)
      await this.clear(tx, brandId, `${subject}:${subjectId}`, 'WALLET_USE', hold.storeId, hold.uses, 1);
    return hold;
  }

  async release(tx: Tx, brandId: BrandId, orderId: OrderId): Promise<void> {
    await this.releaseFor(tx, brandId, 'ORDER', orderId);
  }

  async releaseFor(tx: Tx, brandId: BrandId, subject: WalletSubject, subjectId: Id): Promise<void> {
    await this.ledger.release(tx, brandId, 'WALLET', subject, subjectId);
  }

  /**
   * Part of an order's wallet payment goes back to the lots it came from, in the same proportion; never in cash. A bonus
   * whose day is over and whose day of grace too lapses again, which the ledger shows as a line of its own.
   */
  async refund(tx: Tx, wish: { brandId: BrandId; orderId: OrderId; refundId: Id; amountFen: Fen }): Promise<void> {
    await this.refundFor(tx, { ...wish, subject: 'ORDER', subjectId: wish.orderId });
  }

  async refundFor(
    tx: Tx,
    wish: { brandId: BrandId; subject: WalletSubject; subjectId: Id; refundId: Id; amountFen: Fen },
  ): Promise<void> {
    const { brandId, subject, subjectId, refundId } = wish;
    const back = await this.ledger.putBack(tx, {
      brandId,
      asset: 'WALLET',
      subjectKind: subject,
      subjectId,
      refundId,
      amount: wish.amountFen,
      late: 'LAPSE',
    });
    if (back?.hold.storeId) await this.clear(tx, brandId, refundId, 'WALLET_REFUND', back.hold.storeId, back.backs, -1);
  }

  /** The store that sold the value owes the store that took it; within one store nobody owes anybody. */
  private async clear(
    tx: Tx,
    brandId: BrandId,
    subjectId: string,
    kind: 'WALLET_USE' | 'WALLET_REFUND',
    usingStore: StoreId,
    uses: readonly HeldLot[],
    sign: 1 | -1,
  ): Promise<void> {
    const legs: Leg[] = [];
    for (const use of uses.filter((one) => one.amount > 0 && one.storeId !== usingStore)) {
      const amount = fen(sign * use.amount);
      legs.push({ party: use.storeId ? `STORE:${use.storeId}` : 'HQ', fen: negFen(amount) });
      legs.push({ party: `STORE:${usingStore}`, fen: amount });
    }
    if (legs.length > 0) await this.clearing.post(tx, { brandId, kind, subjectId, legs, note: '储值在另一家门店使用' });
  }
}
