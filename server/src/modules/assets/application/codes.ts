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
const PIN_LOCK_MS = 15 * 60_000;
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
      await this.checkPin(brandId, memberId, oldPin ?? '').catch((error: { code?: string }) => {
        throw error.code === 'PIN_WRONG' ? refuseAsset('PIN_OLD') : error;
      });
    await this.rows.setPin(this.database, brandId, memberId, await hashSecret(pin), this.clock.date());
  }

  /** @throws AppError PIN_MISSING, PIN_WRONG, PIN_LOCKED after five wrong ones */
  async checkPin(brandId: BrandId, memberId: MemberId, pin: string): Promise<void> {
    const row = await this.rows.pin(this.database, brandId, memberId);
    if (!row) throw refuseAsset('PIN_MISSING');
    const now = this.clock.now();
    const locked = { now: new Date(now), until: new Date(now + PIN_LOCK_MS) };
    // Counted before the PIN is looked at, so that many guesses at once cannot slip past the limit.
    if (!(await this.rows.countTry(this.database, brandId, memberId, PIN_TRIES, locked)))
      throw refuseAsset('PIN_LOCKED');
    if (!(await checkSecret(pin, row.pin_hash))) throw refuseAsset('PIN_WRONG');
    await this.rows.forgiveTries(this.database, brandId, memberId);
  }
}
