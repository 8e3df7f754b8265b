import { Inject, Injectable } from '@nestjs/common';
import type { MemberProfile } from '@shuke/shared/contracts';
import type { BrandId, MemberId } from '@shuke/shared/kernel';
import { MiniappError, type WechatMiniappGateway } from '../../../gateways/wechat-miniapp/index.js';
import { MiniappGateways } from '../../../gateways.module.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { log } from '../../../platform/observability/log.js';
import { Bindings } from '../../guides/index.js';
import { Organization } from '../../organization/index.js';
import { shownAvatar } from '../domain/avatar.js';
import { type Identifier, openidIdentifier } from '../domain/identifiers.js';
import { Members } from './members.js';
import { refuseMember } from './members-errors.js';

export interface LoginInput {
  brandId: BrandId;
  code: string;
  nickname?: string;
  avatarUrl?: string;
  guideCode?: string;
}
export interface LoginOutcome {
  memberId: MemberId;
  openid: string;
  isNew: boolean;
  profile: MemberProfile;
}

/** What this module needs of the mini-program platform. */
export type MiniappDoor = { of(appid: string): Pick<WechatMiniappGateway, 'codeToSession' | 'phoneNumber'> };

/** @throws AppError in place of a MiniappError that a person can do something about */
export function asRefusal(error: unknown, code: 'LOGIN_CODE' | 'PHONE_CODE'): never {
  if (!(error instanceof MiniappError)) throw error;
  if (error.kind === 'CODE' || error.kind === 'REFUSED' || error.kind === 'DATA') throw refuseMember(code);
  log.error({ errcode: error.errcode, kind: error.kind }, 'the mini-program platform refused');
  throw refuseMember('WECHAT_BUSY');
}

/** Login with the code of wx.login; makes the member on first sight and binds the guide whose link led here. */
@Injectable()
export class LogInByMiniapp {
  constructor(
    @Inject(Members) private readonly members: Members,
    @Inject(Bindings) private readonly bindings: Bindings,
    @Inject(Organization) private readonly organization: Organization,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(MiniappGateways) private readonly miniapp: MiniappDoor,
  ) {}

  /** @throws AppError LOGIN_CODE for a used or wrong code, WECHAT_BUSY when the platform does not answer. */
  async run(input: LoginInput): Promise<LoginOutcome> {
    const { brandId } = input;
    const { appid } = await this.organization.brand(brandId);
    const session = await this.miniapp
      .of(appid)
      .codeToSession(input.code)
      .catch((error: unknown) => asRefusal(error, 'LOGIN_CODE'));
    const identifiers: Identifier[] = [openidIdentifier(appid, session.openid)];
    if (session.unionid) identifiers.unshift({ kind: 'unionid', value: session.unionid });
    const guide = input.guideCode ? await this.organization.guideByCode(brandId, input.guideCode) : null;
    return this.unitOfWork.run('log in by mini-program', async (tx) => {
      const { memberId, isNew } = await this.members.findOrCreate(tx, {
        brandId,
        identifiers,
        source: 'MINIAPP',
        nickname: input.nickname,
        avatarUrl: shownAvatar(input.avatarUrl),
      });
      if (guide) {
        const day = tx.now.toISOString().slice(0, 10);
        const evidence = `link:${guide.code}:${day}`;
        await this.bindings.bind(tx, { brandId, memberId, guideId: guide.id, way: 'GUIDE_LINK', evidence });
      }
      if (!isNew) await this.members.wake(tx, brandId, memberId, '本人登录了小程序，历史资料已启用');
      const profile = await this.members.profile(brandId, memberId, tx);
      if (!profile) throw new Error(`an identifier points to member ${memberId}, who is not there`);
      return { memberId, openid: session.openid, isNew, profile };
    });
  }
}
