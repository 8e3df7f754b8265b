import { Inject, Injectable } from '@nestjs/common';
import type { AssetEntry, AssetLot, MyPoints, MyWallet } from '@shuke/shared/contracts';
import { type BrandId, fen, type MemberId, type StoreId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { DIGITS, makeCursor, pageOf, readCursor } from '../../../platform/http/cursor.js';
import type { Asset, EntryRow, Lot } from '../../asset-ledger/index.js';
import { Organization } from '../../organization/index.js';
import { ruleTexts, worthOf } from '../domain/points-rule.js';
import { policyText } from '../domain/wallet-settings.js';
import { AssetSettings } from './asset-settings.js';
import { Codes } from './codes.js';
import { Points } from './points.js';
import { Wallet } from './wallet.js';

const PAGE = 20;
const SOON_MS = 30 * 86_400_000;

/** What a member owns, as the member and headquarters read it. */
@Injectable()
export class AssetPages {
  constructor(
    @Inject(Wallet) private readonly wallet: Wallet,
    @Inject(Points) private readonly points: Points,
    @Inject(Codes) private readonly codes: Codes,
    @Inject(AssetSettings) private readonly settings: AssetSettings,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async myWallet(brandId: BrandId, memberId: MemberId): Promise<MyWallet> {
    const { ledger } = this.wallet;
    const [account, lots, hasPin, settings] = await Promise.all([
      ledger.account(this.database, brandId, memberId, 'WALLET'),
      ledger.rows.lots(this.database, brandId, memberId, 'WALLET'),
      this.codes.hasPin(this.database, brandId, memberId),
      this.settings.wallet(brandId),
    ]);
    const sum = (kind: string) => lots.filter((lot) => lot.kind === kind).reduce((all, lot) => all + lot.remaining, 0);
    return {
      balanceFen: account.balance,
      principalFen: sum('PRINCIPAL'),
      bonusFen: sum('BONUS'),
      heldFen: account.held,
      availableFen: account.frozenReason === null ? account.balance - account.held : 0,
      isFrozen: account.frozenReason !== null,
      frozenText: account.frozenReason,
      hasPin,
      pinAboveFen: settings.pinAboveFen,
      policy: settings.policy,
      policyText: policyText(settings.policy),
      lots: await this.lotViews(brandId, lots),
    };
  }

  async myPoints(brandId: BrandId, memberId: MemberId): Promise<MyPoints> {
    const until = new Date(this.clock.now() + SOON_MS);
    const [balance, rule, expiring] = await Promise.all([
      this.points.balance(this.database, brandId, memberId),
      this.points.rule(brandId),
      this.points.rows.lapsing(this.database, brandId, memberId, until),
    ]);
    return { ...balance, worthFen: worthOf(rule, balance.available), expiring, ruleTexts: ruleTexts(rule) };
  }

  async lots(brandId: BrandId, memberId: MemberId, asset: Asset): Promise<AssetLot[]> {
    return this.lotViews(brandId, await this.wallet.ledger.rows.lots(this.database, brandId, memberId, asset, true));
  }

  private async lotViews(brandId: BrandId, lots: readonly Lot[]): Promise<AssetLot[]> {
    const names = await this.storeNames(
      brandId,
      lots.map((lot) => lot.storeId),
    );
    return lots.map((lot) => ({
      id: lot.id,
      kind: lot.kind,
      state: lot.state,
      title: lot.title,
      granted: lot.granted,
      remaining: lot.remaining,
      held: lot.held,
      createdAt: lot.createdAt.toISOString(),
      activeAt: lot.activeAt?.toISOString() ?? null,
      expiresAt: lot.expiresAt?.toISOString() ?? null,
      storeName: lot.storeId ? (names.get(lot.storeId)?.name ?? null) : null,
    }));
  }

  /** A page of an account's full ledger, newest first; growth is shown in growth, not in fen. */
  async entries(
    brandId: BrandId,
    memberId: MemberId,
    asset: Asset,
    query: { cursor?: string; limit?: number },
  ): Promise<{ items: AssetEntry[]; nextCursor: string | null }> {
    const limit = query.limit ?? PAGE;
    const [cursor] = readCursor(query.cursor, [DIGITS]) ?? [];
    const before = cursor === undefined ? null : Number(cursor);
    const rows = await this.wallet.ledger.rows.entries(this.database, brandId, memberId, asset, before, limit + 1);
    const names = await this.storeNames(
      brandId,
      rows.map((row) => row.store_id),
    );
    const unit = asset === 'GROWTH' ? 100 : 1;
    const item = (row: EntryRow): AssetEntry => {
      const amount = Number(row.amount);
      const bonus = asset === 'WALLET' ? Number(row.bonus ?? 0) : 0;
      return {
        seq: Number(row.seq),
        at: row.at.toISOString(),
        kind: row.kind,
        title: row.title,
        bonus,
        amount: Math.trunc(amount / unit),
        principal: asset === 'WALLET' ? amount - bonus : 0,
        pending: Math.trunc(Number(row.pending) / unit),
        balanceAfter: Math.trunc(Number(row.balance_after) / unit),
        storeName: row.store_id ? (names.get(row.store_id)?.name ?? null) : null,
        orderId: row.order_id,
      };
    };
    return pageOf(rows, limit, item, (row) => makeCursor(row.seq));
  }

  private storeNames(brandId: BrandId, ids: readonly (StoreId | null)[]) {
    return this.organization.storesByIds(brandId, [...new Set(ids.filter((id): id is StoreId => id !== null))]);
  }

  /** What the brand owes all of its members together. */
  async summary(brandId: BrandId) {
    const rule = await this.points.rule(brandId);
    const { pointsRow, walletRow, lots, day, waiting } = await this.points.rows.totals(
      this.database,
      brandId,
      this.clock.now(),
    );
    return {
      walletCount: walletRow.count,
      principalFen: lots.principal,
      bonusFen: lots.bonus,
      heldFen: walletRow.held,
      points: pointsRow.balance + pointsRow.owed,
      pendingPoints: pointsRow.pending,
      owedPoints: pointsRow.owed,
      pointsWorthFen: worthOf(rule, fen(pointsRow.balance + pointsRow.owed)),
      topUpTodayFen: day.topUp,
      spentTodayFen: day.spent,
      waitingAdjustments: waiting.adjustments,
      waitingRefunds: waiting.refunds,
    };
  }
}
