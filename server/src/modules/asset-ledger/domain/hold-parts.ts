import { allocateWithin, fen, type MemberId } from '@shuke/shared/kernel';
import type { AssetBook } from './asset-book.js';
import type { LotUse } from './asset-types.js';

/** What of a hold lies in one account. */
export interface HoldPart {
  book: AssetBook;
  uses: LotUse[];
  /** Makes the reference of this part's entry its own; empty for the first part. */
  tail: string;
}

/**
 * A hold by the accounts that its lots are in: one, unless the lots came from two members whose merge was taken back.
 * @throws Error when a lot is in none of the accounts
 */
export function partsOf(books: ReadonlyMap<MemberId, AssetBook>, uses: readonly LotUse[]): HoldPart[] {
  const parts: HoldPart[] = [];
  for (const use of uses) {
    const book = [...books.values()].find((one) => one.lots.has(use.lotId));
    if (!book) throw new Error(`lot ${use.lotId} is in none of the accounts of its hold`);
    const part = parts.find((one) => one.book === book);
    if (part) part.uses.push(use);
    else parts.push({ book, uses: [use], tail: parts.length === 0 ? '' : `:${book.account.ownerId}` });
  }
  return parts;
}

/** What a refund brings back to each lot, in the proportion in which they paid, as far as it has not come back before. */
export function backsOf(uses: readonly LotUse[], amount: number): LotUse[] {
  const shares = allocateWithin(
    fen(amount),
    uses.map((use) => BigInt(use.amount)),
    uses.map((use) => fen(use.amount - use.returned)),
  );
  return uses.map((use, index) => ({ lotId: use.lotId, amount: shares[index] ?? 0, returned: 0 }));
}
