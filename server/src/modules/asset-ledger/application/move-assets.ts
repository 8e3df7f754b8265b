import { Inject, Injectable } from '@nestjs/common';
import type { BrandId, Id, MemberId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { AssetBook } from '../domain/asset-book.js';
import type { Asset } from '../domain/asset-types.js';
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

  /** Moves everything of `from` to `into`; a repeat of the same merge does nothing. */
  async move(tx: Tx, input: { brandId: BrandId; mergeId: Id; from: MemberId; into: MemberId }): Promise<void> {
    const { brandId, mergeId, from, into } = input;
    if ((await this.moves.find(tx, brandId, mergeId)).length > 0) return;
    for (const asset of ASSETS) {
      const lotIds = await this.moves.lotIdsOf(tx, brandId, asset, from);
      const holds = await this.moves.holdIdsOf(tx, brandId, asset, from);
      const owed = await this.ledger.change(tx, { brandId, asset, owners: [from, into], lotIds }, (books) => {
        const source = books.get(from) as AssetBook;
        const before = source.account.owed;
        const cause = (way: string, title: string) => ({ kind: way, ref: `${way}:${mergeId}`, title });
        source.handOver(
          books.get(into) as AssetBook,
          lotIds,
          before,
          cause('MERGE_OUT', '会员合并，资产转出'),
          cause('MERGE_IN', '会员合并，资产转入'),
        );
        return before;
      });
      await this.moves.setHoldOwner(tx, brandId, holds, into);
      await this.moves.insert(tx, brandId, mergeId, { asset, from, into, lots: lotIds, holds, owed });
    }
  }

  /**
   * Gives back what is left of the lots that the merge moved. What the merged member spent stays spent; what was owed
   * goes back as far as it is still owed.
   */
  async moveBack(tx: Tx, input: { brandId: BrandId; mergeId: Id }): Promise<void> {
    const { brandId, mergeId } = input;
    for (const { asset, from, into, lots, holds, owed } of await this.moves.find(tx, brandId, mergeId)) {
      await this.ledger.change(tx, { brandId, asset, owners: [from, into], lotIds: lots }, (books) => {
        const source = books.get(into) as AssetBook;
        const cause = (way: string, title: string) => ({ kind: way, ref: `${way}:${mergeId}`, title });
        source.handOver(
          books.get(from) as AssetBook,
          lots.filter((id) => source.lots.has(id)),
          Math.min(owed, source.account.owed),
          cause('UNMERGE_OUT', '会员拆分，资产转回'),
          cause('UNMERGE_IN', '会员拆分，资产转回'),
        );
      });
      await this.moves.setHoldOwner(tx, brandId, holds, from);
    }
    await this.moves.undone(tx, brandId, mergeId);
  }
}
