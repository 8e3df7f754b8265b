import { Inject, Injectable } from '@nestjs/common';
import type { Desk } from '../../../platform/access/actor.js';
import { checkSecret, NOBODY } from '../../../platform/access/secret-hash.js';
import { Sessions } from '../../../platform/access/sessions.js';
import { Database } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refusals } from '../../../platform/errors/app-error.js';
import { type ConsoleUser, IdentityStore } from '../persistence/identity.store.js';
import { TriesStore } from '../persistence/tries.store.js';

const refuseLogin = refusals({
  // One answer for every cause, so that it tells nobody which logins exist; the wait is named because people need to know.
  LOGIN_REFUSED: [401, '账号或密码不对。连续输错 8 次，这台设备要等 15 分钟'],
});

function actorOf(user: ConsoleUser): Desk {
  const { brandId, id: userId, name, franchiseeId } = user;
  return franchiseeId === null
    ? { kind: 'hq', brandId, userId, name }
    : { kind: 'franchisee', brandId, userId, franchiseeId, name };
}

/** Lets a person at headquarters or a franchisee in. */
@Injectable()
export class LogIn {
  private readonly rows = new IdentityStore();
  private readonly tries = new TriesStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  /**
   * @param address of the caller: guessing from one address does not keep the owner of the login out
   * @throws AppError LOGIN_REFUSED for an unknown login, a wrong password and too many tries alike.
   */
  async run(login: string, password: string, address: string): Promise<{ token: string; actor: Desk }> {
    const mayTry = await this.unitOfWork.run('count login try', (tx) => this.tries.count(tx, login, address));
    const user = await this.rows.userByLogin(this.database, login);
    // The same work for an unknown login or one too many, so that the time of the answer tells nothing either.
    const isRight = await checkSecret(password, mayTry && user ? user.passwordHash : NOBODY);
    if (!user || !mayTry || !isRight) throw refuseLogin('LOGIN_REFUSED');
    await this.unitOfWork.run('log in', async (tx) => {
      await this.tries.forgive(tx, login, address);
      await this.rows.noteLogin(tx, user);
    });
    const actor = actorOf(user);
    return { token: await this.sessions.issue(actor), actor };
  }
}
