import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { BrandId } from '@shuke/shared/kernel';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { DEFAULT_POLICY, type MemberPolicy } from '../domain/policy.js';
import { PolicyStore } from '../persistence/policy.store.js';

const FRESH_MS = 2000;

/** The brand's rules about members, from memory: they change once in a blue moon and are asked for at every payment. */
@Injectable()
export class MemberPolicies {
  private readonly rows = new PolicyStore();
  private readonly known = new Map<BrandId, { policy: MemberPolicy; salt: string | null; readAt: number }>();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async of(brandId: BrandId): Promise<MemberPolicy> {
    return (await this.read(brandId)).policy;
  }

  /** Salted digest of a phone number: an old file's phone is kept as nothing else. */
  async phoneHash(brandId: BrandId, phone: string): Promise<string> {
    return createHmac('sha256', await this.salt(brandId))
      .update(phone)
      .digest('hex');
  }

  /** The brand's salt, made at its first use; call outside of transactions. */
  async salt(brandId: BrandId): Promise<string> {
    const known = await this.read(brandId);
    if (known.salt !== null) return known.salt;
    const { phoneSalt } = await this.unitOfWork.run('make phone salt', (tx) => this.rows.ensure(tx, brandId, tx.now));
    known.salt = phoneSalt;
    return phoneSalt;
  }

  async change(brandId: BrandId, policy: MemberPolicy): Promise<MemberPolicy> {
    await this.unitOfWork.run('change member policy', (tx) => this.rows.save(tx, brandId, policy));
    this.known.delete(brandId);
    return this.of(brandId);
  }

  private async read(brandId: BrandId) {
    const known = this.known.get(brandId);
    if (known && Math.abs(this.clock.now() - known.readAt) < FRESH_MS) return known;
    const row = await this.rows.find(this.database, brandId);
    const fresh = {
      policy: row?.policy ?? DEFAULT_POLICY,
      salt: row?.phoneSalt ?? null,
      readAt: this.clock.now(),
    };
    this.known.set(brandId, fresh);
    return fresh;
  }
}
