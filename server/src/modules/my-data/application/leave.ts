import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DeletionPreview } from '@shuke/shared/contracts';
import type { Consumer } from '../../../platform/access/actor.js';
import { SessionEnds } from '../../../platform/access/session-ends.js';
import { Database, type Queryable } from '../../../platform/database/database.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { refuse } from '../../../platform/errors/app-error.js';
import { type LeaveBlocker, type LeaveSettlement, MemberAssets } from '../../one-id/index.js';
import { MyDataStore } from '../persistence/my-data.store.js';
import { refuseData } from './my-data-errors.js';

const KEPT = [
  '订单与付款记录：按《电子商务法》保存不少于三年，去掉姓名、电话和地址',
  '退款与储值退回的凭证：保存到钱款到账、账目核对完',
];

/** Deleting the account: assets first, then everything that names the person (product.md A7). */
@Injectable()
export class Leave {
  private readonly rows = new MyDataStore();

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(SessionEnds) private readonly sessions: Pick<SessionEnds, 'end'>,
  ) {}

  /** What stands in the way and what would happen to what the member has. */
  async preview(actor: Consumer): Promise<DeletionPreview> {
    const { blockers, settlements } = await this.look(this.database, actor);
    return { canDelete: blockers.length === 0, blockers, settlements, kept: KEPT, token: tokenOf(settlements) };
  }

  /**
   * @param confirmed subjects of the settlements that the consumer has confirmed to lose
   * @throws AppError LEAVE_BLOCKED with the blockers, LEAVE_CHANGED when assets changed since the preview, LEAVE_CONFIRM
   */
  async run(actor: Consumer, token: string, confirmed: readonly string[]): Promise<void> {
    const { brandId, memberId } = actor;
    await this.unitOfWork.run('delete account', async (tx) => {
      // Whoever is deleted cannot be merged or deleted a second time meanwhile.
      await this.rows.lockMember(tx, brandId, memberId);
      const { blockers, settlements } = await this.look(tx, actor);
      if (blockers.length > 0) throw refuseData('LEAVE_BLOCKED', blockers, blockers.map((one) => one.text).join('；'));
      if (tokenOf(settlements) !== token) throw refuseData('LEAVE_CHANGED');
      const missing = settlements.filter((one) => one.mustConfirm && !confirmed.includes(one.subject));
      if (missing.length > 0) throw refuseData('LEAVE_CONFIRM', missing);
      for (const [, asset] of MemberAssets.all()) await asset.leave(tx, { brandId, memberId, at: tx.now });
      if (!(await this.rows.anonymise(tx, brandId, memberId))) throw refuse('NOT_FOUND');
      await this.rows.forget(tx, brandId, memberId);
      await this.sessions.end(tx, [`member:${memberId}`]);
      tx.emit({ brandId, type: 'member.cancelled', payload: { memberId } });
    });
  }

  private async look(on: Queryable, { brandId, memberId }: Consumer) {
    const blockers: LeaveBlocker[] = [];
    const settlements: LeaveSettlement[] = [];
    for (const [, asset] of MemberAssets.all()) {
      const found = await asset.beforeLeaving(on, brandId, memberId);
      blockers.push(...found.blockers);
      settlements.push(...found.settlements);
    }
    return { blockers, settlements };
  }
}

/** Names what was shown, so that nobody confirms one thing and loses another. */
const tokenOf = (settlements: readonly LeaveSettlement[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        settlements.map(({ subject, amountText, fen, mustConfirm }) => [subject, amountText, fen, mustConfirm]),
      ),
    )
    .digest('hex')
    .slice(0, 40);
