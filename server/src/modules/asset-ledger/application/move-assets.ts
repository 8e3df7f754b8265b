import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AssetBook } from '../domain/asset-book.js';
import type { Asset, LotId } from '../domain/asset-types.js';
import { MoveStore } from '../persistence/move.store.js';
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
      let frozen: string | null = null;
      const owed = await this.ledger.change(tx, { brandId, asset, owners: [from, into], lotIds }, (books) => {
        const source = books.get(from) as AssetBook;
        const target = books.get(into) as AssetBook;
        const before = source.account.owed;
        this.handOver(source, target, lotIds, before, mergeId, ['MERGE_OUT', 'MERGE_IN', '会员合并']);
        if (lotIds.length > 0 && target.account.frozenReason === null) frozen = source.account.frozenReason;
        return before;
      });
      // Frozen value does not thaw by finding a second account of the same person.
      if (frozen !== null) await this.ledger.rows.setFrozen(tx, brandId, into, asset, frozen);
      await this.moves.setHoldOwner(tx, brandId, holds, into);
      if (lotIds.length > 0 || holds.length > 0 || owed > 0)
        await this.moves.add(tx, brandId, mergeId, { asset, from, into, lots: lotIds, holds, owed });
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
  ): void {
    // A merge may move several times: the number of the source's entry keeps the references apart.
    const turn = source.account.entryCount + source.entries.length;
    const ref = (way: string) => `${way}:${mergeId}:${turn}`;
    source.handOver(
      target,
      lots,
      owed,
      { kind: out, ref: ref(out), title: `${why}，资产转出` },
      { kind: arrive, ref: ref(arrive), title: `${why}，资产转入` },
    );
  }

  /**
   * Gives back what is left of the lots that the merge moved. What the merged member spent stays spent; what was owed
   * goes back as far as it is still owed.
   */
  async moveBack(tx: Tx, input: { brandId: BrandId; mergeId: Id }): Promise<number> {
    const { brandId, mergeId } = input;
    let moved = 0;
    for (const { asset, from, into, lots, holds, owed } of await this.moves.find(tx, brandId, mergeId)) {
      await this.ledger.change(tx, { brandId, asset, owners: [from, into], lotIds: lots }, (books) => {
        const source = books.get(into) as AssetBook;
        const own = lots.filter((id) => source.lots.has(id));
        const debt = Math.min(owed, source.account.owed);
        this.handOver(source, books.get(from) as AssetBook, own, debt, mergeId, [
          'UNMERGE_OUT',
          'UNMERGE_IN',
          '会员拆分',
        ]);
        moved += own.length;
      });
      await this.moves.setHoldOwner(tx, brandId, holds, from);
    }
    await this.moves.undone(tx, brandId, mergeId);
    return moved;
  }
}
