import { Inject, Injectable } from '@nestjs/common';
import { MiniappGateways } from '../../../gateways.module.js';
import type { Consumer } from '../../../platform/access/actor.js';
import { Database } from '../../../platform/database/database.js';
import { Organization } from '../../organization/index.js';
import { asRefusal, type MiniappDoor } from './log-in-by-miniapp.js';
import { Members } from './members.js';
import { refuseMember } from './members-errors.js';
import { VerifyPhone } from './verify-phone.js';

/** Proof that whoever asks holds the member's WeChat and phone at this moment, where an old login is not enough. */
@Injectable()
export class ProveOwner {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(Members) private readonly members: Members,
    @Inject(VerifyPhone) private readonly phones: VerifyPhone,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
  ) {}

  /**
   * A member who never verified a number does so by this.
   * @throws AppError OWNER_OTHER when WeChat or number are somebody else's, LOGIN_CODE, PHONE_CODE, PHONE_INVALID,
   * PHONE_IN_USE, WECHAT_BUSY
   */
  async run(actor: Consumer, { loginCode, phoneCode }: { loginCode: string; phoneCode: string }): Promise<void> {
    const { brandId, memberId } = actor;
    const { appid } = await this.organization.brand(brandId);
    const { openid } = await this.miniapp
      .of(appid)
      .codeToSession(loginCode)
      .catch((error: unknown) => asRefusal(error, 'LOGIN_CODE'));
    if (openid !== actor.openid) throw refuseMember('OWNER_OTHER');
    const profile = await this.members.profile(brandId, memberId);
    if (profile && profile.phoneMasked === null) return void (await this.phones.run(actor, phoneCode));
    const number = await this.phones.numberOf(brandId, phoneCode);
    const holder = await this.members.byIdentifier(this.database, brandId, 'phone', number);
    if (holder !== memberId) throw refuseMember('OWNER_OTHER');
  }
}
