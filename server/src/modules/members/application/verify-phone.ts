import { Inject, Injectable } from '@nestjs/common';
import type { MemberProfile } from '@shuke/shared/contracts';
import type { BrandId } from '@shuke/shared/kernel';
import { MiniappGateways } from '../../../gateways.module.js';
import type { Consumer } from '../../../platform/access/actor.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { phoneValue } from '../domain/identifiers.js';
import { asRefusal, type MiniappDoor } from './log-in-by-miniapp.js';
import { Members } from './members.js';
import { refuseMember } from './members-errors.js';
import { PhoneHolders } from './phone-holders.js';

/**
 * Attaches a phone number that WeChat has verified; only its mask is kept on the member. Whoever else has the number is
 * the same person as a rule; else the operator may have given it to somebody new.
 */
@Injectable()
export class VerifyPhone {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
    @Inject(PhoneHolders) private readonly holders: PhoneHolders,
  ) {}

  /** @throws AppError PHONE_CODE, PHONE_INVALID, WECHAT_BUSY, PHONE_IN_USE when it is another person's for now */
  async run(actor: Consumer, code: string): Promise<MemberProfile> {
    const { brandId, memberId } = actor;
    const value = await this.numberOf(brandId, code);
    if (!(await this.holders.take(brandId, memberId, value))) throw refuseMember('PHONE_IN_USE');
    const profile = await this.members.profile(brandId, memberId);
    if (!profile) throw refuse('NOT_FOUND');
    return profile;
  }

  /**
   * The number that WeChat has verified for whoever tapped the phone button.
   * @throws AppError PHONE_CODE, PHONE_INVALID, WECHAT_BUSY
   */
  async numberOf(brandId: BrandId, code: string): Promise<string> {
    const { appid } = await this.organization.brand(brandId);
    const answer = await this.miniapp
      .of(appid)
      .phoneNumber(code)
      .catch((error: unknown) => asRefusal(error, 'PHONE_CODE'));
    const value = phoneValue(answer.phone, answer.countryCode);
    if (value === null) throw refuseMember('PHONE_INVALID');
    return value;
  }
}
