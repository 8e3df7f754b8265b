import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AssetBook } from '../domain/asset-book.js';
import type { Asset, LotId, LotUse } from '../domain/asset-types.js';
import { type MoveRow, MoveStore } from '../persistence/move.store.js';
import { AssetLedger } from './asset-ledger.js';

const ASSETS: readonly Asset[] = ['GROWTH', 'POINTS', 'WALLET'];

/**
 * Merging two members moves lots, holds and what is owed; nothing is summed, each lot keeps origin, promise and expiry,
 * so that taking the merge apart gives each member what is left of the own lots (product.md A1).
 */
@Injectable()
export class MoveAssets {
  private readonly moves = new MoveStore();

  constructor(@Inject(AssetLedger) private readonly ledger: AssetLedger) {}

  /**
   * Moves everything of `from` to `into`. Runs again for what came to `from` later: a repeat moves only that.
   * @returns how many lots moved
   */
  async move(tx: Tx, input: { brandId: BrandId; mergeId: Id; from: MemberId; into: MemberId }): Promise<number> {
    const { brandId, mergeId, from, into } = input;
    let moved = 0;
    for (const asset of ASSETS) {
      const lotIds = await this.moves.lotIdsOf(tx, brandId, asset, from);
      const holds = await this.moves.holdIdsOf(tx, brandId, asset, from);
      const { owed, paid, frozen } = await this.ledger.change(
        tx,
        { brandId, asset, owners: [from, into], lotIds },
        (books) => {
          const [source, target] = [books.get(from) as AssetBook, books.get(into) as AssetBook];
          const debt = source.account.owed;
          const uses = this.handOver(source, target, lotIds, debt, mergeId, ['MERGE_OUT', 'MERGE_IN', '会员合并']);
          // Whoever owes has nothing free, so one of the two owes what the other's lots have paid.
          const debtor = debt > 0 ? from : into;
          const isFreezing = lotIds.length > 0 && target.account.frozenReason === null;
          return {
            owed: debt,
            paid: uses.map(({ lotId, amount }) => ({ lotId, amount, debtor })),
            frozen: isFreezing ? source.account.frozenReason : null,
          };
        },
      );
      // Frozen value does not thaw by finding a second account of the same person.
      if (frozen !== null) await this.ledger.rows.setFrozen(tx, brandId, into, asset, frozen);
      await this.moves.setHoldOwner(tx, brandId, holds, into);
      if (lotIds.length > 0 || holds.length > 0 || owed > 0)
        await this.moves.add(tx, brandId, mergeId, { asset, from, into, lots: lotIds, holds, owed, paid, frozen });
      moved += lotIds.length;
    }
    return moved;
  }

  private handOver(
    source: AssetBook,
    target: AssetBook,
    lots: readonly LotId[],
    owed: number,
    mergeId: Id,
    [out, arrive, why]: readonly [string, string, string],
  ): LotUse[] {
    // A merge may move several times: the number of the source's entry keeps the references apart.
    const turn = source.account.entryCount + source.entries.length;
    const ref = (way: string) => `${way}:${mergeId}:${turn}`;
    return source.handOver(
      target,
      lots,
      owed,
      { kind: out, ref: ref(out), title: `${why}，资产转出` },
      { kind: arrive, ref: ref(arrive), title: `${why}，资产转入` },
    );
  }

  /**
   * Gives back what is left of the lots that the merge moved. What the merged member spent stays spent; what was owed
   * goes back as far as it is still owed, and what lots of one had paid of the other's debt is theirs again.
   */
  async moveBack(tx: Tx, input: { brandId: BrandId; mergeId: Id }): Promise<number> {
    const { brandId, mergeId } = input;
    let moved = 0;
    for (const move of await this.moves.find(tx, brandId, mergeId)) {
      const { asset, from, into, lots, holds, frozen } = move;
      const lotIds = [...new Set([...lots, ...move.paid.map((one) => one.lotId)])];
      const now = await this.ledger.change(tx, { brandId, asset, owners: [from, into], lotIds }, (books) => {
        const [source, target] = [books.get(into) as AssetBook, books.get(from) as AssetBook];
        const own = lots.filter((id) => source.lots.has(id));
        const paidFor = sumOf(move.paid.filter((one) => one.debtor === from));
        const debt = Math.min(Math.max(0, move.owed - paidFor), source.account.owed);
        const way = ['UNMERGE_OUT', 'UNMERGE_IN', '会员拆分'] as const;
        this.handOver(source, target, own, debt, mergeId, way);
        moved += own.length;
        this.unpay(books, move, mergeId);
        return source.account.frozenReason;
      });
      // A freeze that came with the other goes with the other; one of its own stays.
      if (frozen !== null && now === frozen) await this.ledger.rows.setFrozen(tx, brandId, into, asset, null);
      await this.moves.setHoldOwner(tx, brandId, holds, from);
    }
    await this.moves.undone(tx, brandId, mergeId);
    return moved;
  }

  /** Each lot gets back what it had paid of the other's debt, and the debt stands again with whoever made it. */
  private unpay(books: ReadonlyMap<MemberId, AssetBook>, { paid, from, into }: MoveRow, mergeId: Id): void {
    for (const [debtor, payer] of [
      [from, into],
      [into, from],
    ] as const) {
      const [owing, holder] = [books.get(debtor) as AssetBook, books.get(payer) as AssetBook];
      const backs = paid.filter((one) => one.debtor === debtor && holder.lots.has(one.lotId));
      if (backs.length === 0) continue;
      const cause = (kind: string, title: string) => ({ kind, ref: `${kind}:${mergeId}:${debtor}`, title });
      const uses = backs.map(({ lotId, amount }) => ({ lotId, amount, returned: 0 }));
      holder.putBack(uses, cause('UNMERGE_BACK', '会员拆分，替对方抵扣的退回'), 'GRACE');
      owing.oweAgain(sumOf(backs), cause('UNMERGE_OWED', '会员拆分，恢复原来的欠额'));
    }
  }
}

const sumOf = (parts: readonly { amount: number }[]): number => parts.reduce((sum, one) => sum + one.amount, 0);
