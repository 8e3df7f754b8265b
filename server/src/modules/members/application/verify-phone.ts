import { Inject, Injectable } from '@nestjs/common';
import type { MemberProfile } from '@shuke/shared/contracts';
import { MiniappGateways } from '../../../gateways.module.js';
import type { Consumer } from '../../../platform/access/actor.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { maskPhone, phoneValue } from '../domain/identifiers.js';
import { MembersStore } from '../persistence/members.store.js';
import { asRefusal, type MiniappDoor } from './log-in-by-miniapp.js';
import { Members } from './members.js';
import { refuseMember } from './members-errors.js';

/** Attaches a phone number that WeChat has verified; only its mask is kept on the member. */
@Injectable()
export class VerifyPhone {
  private readonly rows = new MembersStore();

  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
  ) {}

  /** @throws AppError PHONE_CODE, PHONE_INVALID, WECHAT_BUSY */
  async run(actor: Consumer, code: string): Promise<MemberProfile> {
    const { brandId, memberId } = actor;
    const { appid } = await this.organization.brand(brandId);
    const answer = await this.miniapp
      .of(appid)
      .phoneNumber(code)
      .catch((error: unknown) => asRefusal(error, 'PHONE_CODE'));
    const value = phoneValue(answer.phone, answer.countryCode);
    if (value === null) throw refuseMember('PHONE_INVALID');
    return this.unitOfWork.run('verify phone', async (tx) => {
      await this.members.identify(tx, {
        brandId,
        memberId,
        identifiers: [{ kind: 'phone', value }],
        source: 'MINIAPP',
      });
      await this.rows.setPhone(tx, brandId, memberId, maskPhone(value));
      const profile = await this.members.profile(brandId, memberId, tx);
      if (!profile) throw refuse('NOT_FOUND');
      return profile;
    });
  }
}
