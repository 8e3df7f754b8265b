import { Inject, Injectable } from '@nestjs/common';
import { groupedText, type Id, type MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import { type Asset, AssetLedger, availableOf, type LotId } from '../../../asset-ledger/index.js';
import { Points, pointsExpiry } from '../../../assets/index.js';
import type { Effect } from '../../domain/import-types.js';
import { undoRef } from '../../domain/undo-ref.js';
import { JobStore } from '../../persistence/job.store.js';
import { RowStore } from '../../persistence/row.store.js';
import type { Work } from '../import-plan.js';

/** Lots that imports grant: points for sales of the past, opening balances. They go back as far as nobody spent them. */
@Injectable()
export class PastPoints {
  private readonly rows = new RowStore();
  private readonly jobs = new JobStore();

  constructor(
    @Inject(AssetLedger) private readonly ledger: AssetLedger,
    @Inject(Points) private readonly points: Points,
  ) {}

  /** Brings each member's points of a chain of files to what its sales are worth by today's rule; never twice. */
  async give(tx: Tx, work: Work, members: readonly MemberId[]): Promise<Effect[]> {
    const { brandId, job } = work;
    const rule = await this.points.rule(brandId);
    if (!rule.isOn) return [];
    const worth = await this.rows.pointsWorth(tx, job, members, rule.earnFenPerPoint);
    const given = new Map<MemberId, number>();
    if (job.parentId) {
      const family = await this.jobs.familyOf(tx, brandId, job.rootId);
      for (const lot of await this.ledger.rows.lotsOfOrigin(tx, brandId, 'IMPORT', family))
        if (lot.kind === 'POINTS') given.set(lot.ownerId, (given.get(lot.ownerId) ?? 0) + lot.granted);
    }
    const wanted = members.filter((id) => (worth.get(id)?.points ?? 0) > (given.get(id) ?? 0));
    if (wanted.length === 0) return [];
    const ref = (id: MemberId) => `IMPORT:${job.id}:${id}`;
    const done = await this.ledger.rows.known(tx, brandId, 'POINTS', wanted.map(ref));
    return this.ledger.change(tx, { brandId, asset: 'POINTS', owners: wanted }, (books) =>
      wanted.flatMap((id): Effect[] => {
        if (done.has(ref(id))) return [];
        const lot = this.ledger.lot(tx, id, {
          kind: 'POINTS',
          amount: (worth.get(id)?.points ?? 0) - (given.get(id) ?? 0),
          title: '历史消费补积分',
          originKind: 'IMPORT',
          originId: job.id as Id,
          expiresAt: pointsExpiry(rule, tx.now),
        });
        books.get(id)?.credit(lot, { kind: 'GRANT', ref: ref(id), title: '历史消费补积分' });
        const row = worth.get(id)?.row ?? 0;
        return [{ kind: 'LOT', subjectId: lot.id, row, ownerId: id, before: { asset: 'POINTS' } }];
      }),
    );
  }

  /** Takes lots back as far as they are still free. @returns what was spent or is held meanwhile */
  async takeBack(
    tx: Tx,
    { brandId, job }: Work,
    effects: readonly Effect[],
  ): Promise<{ row: number; reason: string }[]> {
    const kept: { row: number; reason: string }[] = [];
    for (const asset of ['WALLET', 'POINTS'] as const satisfies readonly Asset[]) {
      const own = effects.filter((one) => one.before?.['asset'] === asset && one.ownerId !== null);
      if (own.length === 0) continue;
      const owners = [...new Set(own.map((one) => one.ownerId as MemberId))];
      const lotIds = own.map((one) => one.subjectId as LotId);
      await this.ledger.change(tx, { brandId, asset, owners, lotIds }, (books) => {
        for (const one of own) {
          const book = books.get(one.ownerId as MemberId);
          const lot = book?.lots.get(one.subjectId as LotId);
          if (!book || !lot || book.account.frozenReason !== null) {
            kept.push({ row: one.row, reason: '账户已合并或冻结，请人工处理' });
            continue;
          }
          const free = availableOf(lot);
          if (free < lot.granted)
            kept.push({
              row: one.row,
              reason: asset === 'POINTS' ? `已用掉 ${groupedText(lot.granted - free)} 积分` : '储值已用掉一部分',
            });
          if (free === 0) continue;
          const uses = book.holdParts([{ lotId: lot.id, amount: free }]);
          book.capture(uses, { kind: 'ADJUST', ref: undoRef(job.id, lot.id), title: '撤销导入' });
        }
      });
    }
    return kept;
  }
}
