import { Inject, Injectable } from '@nestjs/common';
import type { PointsRuleInput, WalletSettingsInput } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { actorLabel, type Desk } from '../../../platform/access/actor.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { orConflict } from '../../../platform/database/or-conflict.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_POINTS_RULE, type PointsRule } from '../domain/points-rule.js';
import { DEFAULT_WALLET_SETTINGS, type WalletSettings } from '../domain/wallet-settings.js';
import { SettingsStore } from '../persistence/settings.store.js';
import { refuseAsset } from './assets-errors.js';

const LIFE_MS = 5_000;

/** The brand's rules for wallet and points; answered from memory while they are fresh. */
@Injectable()
export class AssetSettings {
  private readonly rows = new SettingsStore();
  private readonly kept = new Map<string, { value: unknown; readAt: number }>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  wallet(brandId: BrandId, on: Queryable = this.database): Promise<WalletSettings> {
    return this.fresh(`WALLET ${brandId}`, async () => {
      const found = await this.rows.newest<WalletSettingsInput>(on, brandId, 'WALLET');
      return found ? { ...found.body, version: found.version } : DEFAULT_WALLET_SETTINGS;
    });
  }

  points(brandId: BrandId, on: Queryable = this.database): Promise<PointsRule> {
    return this.fresh(`POINTS ${brandId}`, async () => {
      const found = await this.rows.newest<PointsRuleInput>(on, brandId, 'POINTS');
      return found ? { ...found.body, version: found.version, publishedAt: found.publishedAt } : DEFAULT_POINTS_RULE;
    });
  }

  /** @throws AppError CONFLICT when somebody else has published at the same instant */
  async publishWallet(actor: Desk, input: WalletSettingsInput): Promise<WalletSettings> {
    const before = await this.rows.newest(this.database, actor.brandId, 'WALLET');
    // The built-in agreement is version 1, so that the first published one is another.
    const version = (before?.version ?? 1) + 1;
    await this.publish(actor, 'WALLET', version, input);
    return { ...input, version };
  }

  /** @throws AppError POINTS_RULE when the bearers' shares are not the whole, CONFLICT as {@link publishWallet} */
  async publishPoints(actor: Desk, input: PointsRuleInput): Promise<PointsRule> {
    if (input.bearers.reduce((sum, one) => sum + one.bp, 0) !== 10_000)
      throw refuseAsset('POINTS_RULE', undefined, '抵扣成本的分担比例加起来要等于 100%');
    const before = await this.rows.newest(this.database, actor.brandId, 'POINTS');
    await this.publish(actor, 'POINTS', (before?.version ?? 0) + 1, input);
    return this.points(actor.brandId);
  }

  private async publish(actor: Desk, kind: 'WALLET' | 'POINTS', version: number, body: unknown): Promise<void> {
    await orConflict(
      this.unitOfWork.run('publish asset settings', (tx) =>
        this.rows.publish(tx, actor.brandId, kind, version, body, actorLabel(actor)),
      ),
    );
    this.kept.delete(`${kind} ${actor.brandId}`);
  }

  private async fresh<T>(key: string, read: () => Promise<T>): Promise<T> {
    const kept = this.kept.get(key);
    if (kept && Math.abs(this.clock.now() - kept.readAt) < LIFE_MS) return kept.value as T;
    const value = await read();
    this.kept.set(key, { value, readAt: this.clock.now() });
    return value;
  }
}
