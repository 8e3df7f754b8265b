import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Members } from './members.js';
import { Memberships } from './memberships.js';

/** Who buys at a till is a member like everybody who pays; a record of an old file wakes up when its owner is met. */
@Injectable()
export class MeetAtTill {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Memberships) private readonly memberships: Memberships,
  ) {}

  async run(tx: Tx, brandId: BrandId, memberId: MemberId, storeId: string | null): Promise<void> {
    await this.memberships.note(tx, brandId, [{ memberId, action: 'PAY', storeId }]);
    await this.members.wake(tx, brandId, memberId, '在门店再次遇见，历史资料已启用');
  }
}
