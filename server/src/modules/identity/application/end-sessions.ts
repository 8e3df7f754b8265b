import { Inject, Injectable } from '@nestjs/common';
import type { consoleRoutes, ResponseOf } from '@shuke/shared/contracts';
import type { GuideId, Id } from '@shuke/shared/kernel';
import type { Desk } from '../../../platform/access/actor.js';
import { checkSecret, hashSecret } from '../../../platform/access/secret-hash.js';
import { SessionEnds } from '../../../platform/access/session-ends.js';
import { Sessions } from '../../../platform/access/sessions.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refusals, refuse } from '../../../platform/errors/app-error.js';
import { Organization } from '../../organization/index.js';
import { IdentityStore } from '../persistence/identity.store.js';
import { TriesStore } from '../persistence/tries.store.js';

const refusePassword = refusals({
  PASSWORD_WRONG: [422, '原密码不对，连续输错 8 次要等 15 分钟'],
  PASSWORD_LOCKED: [429, '原密码输错太多次，请 15 分钟后再试'],
  PASSWORD_SAME: [422, '新密码和原密码一样'],
});

const maskLogin = (login: string): string => `${login.slice(0, 2)}***${login.slice(-1)}`;

/** Ends sessions before their time: one's own, all of one's own after a new password, or somebody's by headquarters. */
@Injectable()
export class EndSessions {
  private readonly rows = new IdentityStore();
  private readonly tries = new TriesStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SessionEnds) private readonly ends: SessionEnds,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Organization) private readonly organization: Organization,
  ) {}

  /** Logging out: the token is worth nothing any more, wherever a copy of it lies. */
  async own(sessionId: string): Promise<void> {
    await this.unitOfWork.run('log out', (tx) => this.ends.end(tx, [`session:${sessionId}`]));
  }

  /**
   * Guesses are counted like those at the door: whoever has found an open desk does not find its password out.
   * @throws AppError PASSWORD_WRONG, PASSWORD_LOCKED, PASSWORD_SAME, CONFLICT when it was changed at the same moment
   */
  async changePassword(actor: Desk, oldPassword: string, newPassword: string): Promise<{ token: string }> {
    const { brandId, userId } = actor;
    const tried = ['change password', `user:${userId}`] as const;
    if (!(await this.unitOfWork.run('count password try', (tx) => this.tries.count(tx, ...tried))))
      throw refusePassword('PASSWORD_LOCKED');
    const present = await this.rows.passwordHash(this.database, brandId, userId);
    if (!present || !(await checkSecret(oldPassword, present))) throw refusePassword('PASSWORD_WRONG');
    if (oldPassword === newPassword) throw refusePassword('PASSWORD_SAME');
    const next = await hashSecret(newPassword);
    await this.unitOfWork.run('change password', async (tx) => {
      if (!(await this.rows.setPassword(tx, brandId, userId, present, next))) throw refuse('CONFLICT');
      await this.ends.end(tx, [`user:${userId}`]);
      await this.tries.forgive(tx, ...tried);
    });
    return { token: await this.sessions.issue(actor) };
  }

  /** @throws AppError NOT_FOUND for a person of another brand. */
  async ofUser(actor: Desk, userId: Id<'user'>): Promise<void> {
    if ((await this.rows.passwordHash(this.database, actor.brandId, userId)) === null) throw refuse('NOT_FOUND');
    await this.unitOfWork.run('end desk sessions', (tx) => this.ends.end(tx, [`user:${userId}`]));
  }

  /** @throws AppError NOT_FOUND for a guide of another brand. */
  async ofGuide(actor: Desk, guideId: GuideId): Promise<void> {
    if (!(await this.organization.guide(actor.brandId, guideId))) throw refuse('NOT_FOUND');
    await this.unitOfWork.run('end guide sessions', (tx) => this.ends.end(tx, [`guide:${guideId}`]));
  }

  async users(actor: Desk): Promise<ResponseOf<typeof consoleRoutes.deskUsers>> {
    return (await this.rows.users(this.database, actor.brandId)).map(
      ({ id, login, name, role, last_login_at: last }) => ({
        id,
        name,
        role,
        loginMasked: maskLogin(login),
        lastLoginAt: last?.toISOString() ?? null,
      }),
    );
  }
}
