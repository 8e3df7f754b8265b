import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdSource } from '../../../platform/ids/id-source.js';
import { MembersStore } from '../persistence/members.store.js';
import { PeopleStore } from '../persistence/people.store.js';
import { Memberships } from './memberships.js';

/** Who buys at a till is a member like everybody who pays; a record of an old file wakes up when its owner is met. */
@Injectable()
export class MeetAtTill {
  private readonly members = new MembersStore();
  private readonly people = new PeopleStore();

  constructor(
    @Inject(IdSource) private readonly ids: IdSource,
    @Inject(Memberships) private readonly memberships: Memberships,
  ) {}

  async run(tx: Tx, brandId: BrandId, memberId: MemberId, storeId: string | null): Promise<void> {
    await this.memberships.note(tx, brandId, [{ memberId, action: 'PAY', storeId }]);
    if (!(await this.members.wake(tx, brandId, memberId))) return;
    const text = '在门店再次遇见，历史资料已启用';
    await this.people.note(tx, brandId, [
      { id: this.ids.next(), memberId, kind: 'WOKEN', text, by: 'system', at: tx.now },
    ]);
  }
}
