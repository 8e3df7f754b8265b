import { Inject, Injectable } from '@nestjs/common';
import type { Consumer } from '../../../platform/access/actor.js';
import { log } from '../../../platform/observability/log.js';
import { ProveOwner } from '../../members/index.js';
import { Codes } from './codes.js';

/** A forgotten PIN: whoever proves to hold the member's WeChat and phone at this moment sets a new one. */
@Injectable()
export class ResetPin {
  constructor(
    @Inject(ProveOwner) private readonly owner: ProveOwner,
    @Inject(Codes) private readonly codes: Codes,
  ) {}

  /** @throws AppError LOGIN_CODE, PHONE_CODE, PHONE_INVALID, PHONE_IN_USE, OWNER_OTHER, WECHAT_BUSY */
  async run(actor: Consumer, pin: string, proof: { loginCode: string; phoneCode: string }): Promise<void> {
    await this.owner.run(actor, proof);
    await this.codes.replacePin(actor.brandId, actor.memberId, pin);
    log.info({ memberId: actor.memberId }, 'a wallet PIN was set anew by its owner');
  }
}
