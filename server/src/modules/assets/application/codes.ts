import { randomInt } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Consumer } from '../../../platform/access/actor.js';
import { checkSecret, hashSecret } from '../../../platform/access/secret-hash.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { registerSweep } from '../../../platform/jobs/sweep.js';
import { type CodeKind, type CodeRow, CodeStore } from '../persistence/code.store.js';
import { refuseAsset } from './assets-errors.js';

const CODE_SECONDS = 60;
const PIN_TRIES = 5;
const MINUTE_MS = 60_000;
const PIN_LOCK_MS = 15 * MINUTE_MS;
const DAY_MS = 86_400_000;
/** Like a payment code's, the first digits say whose code it is. */
const PREFIX: Record<CodeKind, string> = { PAY: '28', MEMBER: '29' };

/** Codes that a consumer shows in a store (features.md B7, rule 9): a minute, once; there is no static code. */
@Injectable()
export class Codes implements OnModuleInit {
  readonly rows = new CodeStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    registerSweep({
      name: 'assets.codes',
      everyMs: 3_600_000,
      run: () => this.rows.deleteOld(this.database, new Date(this.clock.now() - DAY_MS)),
    });
  }

  async show({ brandId, memberId }: Consumer, kind: CodeKind) {
    const digits = Array.from({ length: 4 }, () => String(randomInt(10_000)).padStart(4, '0')).join('');
    const code = `${PREFIX[kind]}${digits}`;
    const now = this.clock.now();
    const expiresAt = new Date(now + CODE_SECONDS * 1000);
    await this.rows.insert(this.database, brandId, code, kind, memberId, new Date(now), expiresAt);
    return { code, expiresAt: expiresAt.toISOString(), seconds: CODE_SECONDS };
  }

  /**
   * Who shows the code; it is not used up by this.
   * @throws AppError CODE_INVALID, CODE_USED, CODE_EXPIRED
   */
  async lookUp(on: Queryable, brandId: BrandId, code: string, isLocked = false): Promise<CodeRow> {
    const row = await this.rows.find(on, brandId, code, isLocked);
    if (!row) throw refuseAsset('CODE_INVALID');
    if (row.usedAt !== null) throw refuseAsset('CODE_USED');
    if (row.expiresAt.getTime() <= this.clock.now()) throw refuseAsset('CODE_EXPIRED');
    return row;
  }

  async hasPin(on: Queryable, brandId: BrandId, memberId: MemberId): Promise<boolean> {
    return (await this.rows.pin(on, brandId, memberId)) !== null;
  }

  /** @throws AppError PIN_OLD, PIN_LOCKED */
  async setPin({ brandId, memberId }: Consumer, pin: string, oldPin?: string): Promise<void> {
    if (await this.hasPin(this.database, brandId, memberId))
      await this.checkPin(brandId, memberId, oldPin ?? '', 'PIN_OLD');
    await this.replacePin(brandId, memberId, pin);
  }

  /** Sets a PIN whatever was there before, and forgives wrong tries; only for somebody who has proved to be the owner. */
  async replacePin(brandId: BrandId, memberId: MemberId, pin: string): Promise<void> {
    await this.rows.setPin(this.database, brandId, memberId, await hashSecret(pin), this.clock.date());
  }

  /**
   * @param wrong what a wrong PIN is called; its detail says how many tries are left
   * @throws AppError PIN_MISSING, PIN_WRONG or PIN_OLD, PIN_LOCKED after five wrong ones
   */
  async checkPin(
    brandId: BrandId,
    memberId: MemberId,
    pin: string,
    wrong: 'PIN_WRONG' | 'PIN_OLD' = 'PIN_WRONG',
  ): Promise<void> {
    const row = await this.rows.pin(this.database, brandId, memberId);
    if (!row) throw refuseAsset('PIN_MISSING');
    const now = this.clock.now();
    const locked = { now: new Date(now), until: new Date(now + PIN_LOCK_MS) };
    // Counted before the PIN is looked at, so that many guesses at once cannot slip past the limit.
    if (!(await this.rows.countTry(this.database, brandId, memberId, PIN_TRIES, locked)))
      throw await this.lockedOut(brandId, memberId);
    if (!(await checkSecret(pin, row.pin_hash))) throw await this.mistaken(brandId, memberId, wrong);
    await this.rows.forgiveTries(this.database, brandId, memberId);
  }

  private async mistaken(brandId: BrandId, memberId: MemberId, wrong: 'PIN_WRONG' | 'PIN_OLD') {
    const row = await this.rows.pin(this.database, brandId, memberId);
    const isLocked = row?.locked_until != null && row.locked_until.getTime() > this.clock.now();
    const triesLeft = isLocked ? 0 : PIN_TRIES - (row?.failures ?? 0);
    const what = wrong === 'PIN_OLD' ? '现在的密码不对' : '付款密码不对';
    const next = triesLeft > 0 ? `还能再试 ${triesLeft} 次` : '已经连续输错 5 次，15 分钟后再试';
    return refuseAsset(wrong, { triesLeft }, `${what}，${next}`);
  }

  private async lockedOut(brandId: BrandId, memberId: MemberId) {
    const until = (await this.rows.pin(this.database, brandId, memberId))?.locked_until?.getTime() ?? 0;
    const retryAfterMs = Math.max(0, until - this.clock.now());
    const minutes = Math.max(1, Math.ceil(retryAfterMs / MINUTE_MS));
    return refuseAsset('PIN_LOCKED', { retryAfterMs }, `密码错误次数太多，请 ${minutes} 分钟后再试`);
  }
}
