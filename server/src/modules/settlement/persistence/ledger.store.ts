import { createHash } from 'node:crypto';
import { type BrandId, businessDay, canonicalJson } from '@shuke/shared/kernel';
import { marks, type SqlValue } from '../../../platform/database/database.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { IdSource } from '../../../platform/ids/id-source.js';
import type { Book, TransferDraft } from '../domain/ledger.js';

interface AccountRow {
  book: Book;
  code: string;
  posting_count: string;
}

const keyOf = (book: string, code: string) => `${book} ${code}`;

/** Raised when a reference was used before with other content: somebody tried to book two things under one name. */
export class LedgerConflict extends Error {}

/**
 * Writes transfers of one brand. Many are written together: their accounts are locked once in sorted order, balances are
 * moved by one statement, so that a hot account costs one row change per batch (reference/scale.md §4).
 */
export class LedgerStore {
  constructor(private readonly ids: IdSource) {}

  /**
   * Posts transfers in the caller's transaction. One whose reference exists with the same content is skipped.
   * @returns the references that were written now
   * @throws LedgerConflict when a reference exists with other content
   */
  async post(tx: Tx, brandId: BrandId, drafts: readonly TransferDraft[]): Promise<Set<string>> {
    const fresh = await this.withoutKnown(
      tx,
      brandId,
      drafts.filter((draft) => draft.postings.length > 0),
    );
    if (fresh.length === 0) return new Set();
    const counts = await this.lockAccounts(tx, brandId, fresh);
    await this.insert(tx, brandId, fresh, counts);
    return new Set(fresh.map((draft) => keyOf(draft.book, draft.ref)));
  }

  private async withoutKnown(tx: Tx, brandId: BrandId, drafts: readonly TransferDraft[]): Promise<TransferDraft[]> {
    if (drafts.length === 0) return [];
    const known = await tx.query<{ book: string; ref: string; content_hash: string }>(
      `SELECT book, ref, content_hash FROM transfer WHERE brand_id = ? AND book IN ('ENTITLEMENT','MONEY') AND ref IN ${marks(drafts.map((draft) => draft.ref))}`,
      [brandId, ...drafts.map((draft) => draft.ref)],
    );
    const hashes = new Map(known.map((row) => [keyOf(row.book, row.ref), row.content_hash]));
    return drafts.filter((draft) => {
      const hash = hashes.get(keyOf(draft.book, draft.ref));
      if (hash !== undefined && hash !== contentHash(draft))
        throw new LedgerConflict(`transfer ${draft.book} ${draft.ref} exists with other content`);
      // A repeat within one batch is a repeat as well.
      hashes.set(keyOf(draft.book, draft.ref), contentHash(draft));
      return hash === undefined;
    });
  }

  private async lockAccounts(tx: Tx, brandId: BrandId, drafts: readonly TransferDraft[]): Promise<Map<string, number>> {
    const sums = new Map<string, { book: Book; code: string; fen: number; count: number }>();
    for (const { book, postings } of drafts) {
      for (const { account, fen } of postings) {
        const sum = sums.get(keyOf(book, account)) ?? { book, code: account, fen: 0, count: 0 };
        sums.set(keyOf(book, account), { ...sum, fen: sum.fen + fen, count: sum.count + 1 });
      }
    }
    const sorted = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
    // One statement creates missing accounts, locks all of them in sorted order, and moves balances and counts.
    await tx.execute(
      `INSERT INTO ledger_account (brand_id, book, code, balance_fen, posting_count) VALUES ${sorted.map(() => '(?,?,?,?,?)').join(',')}
       ON DUPLICATE KEY UPDATE balance_fen = balance_fen + VALUES(balance_fen), posting_count = posting_count + VALUES(posting_count)`,
      sorted.flatMap((sum): SqlValue[] => [brandId, sum.book, sum.code, sum.fen, sum.count]),
    );
    const rows = await tx.query<AccountRow>(
      `SELECT book, code, posting_count FROM ledger_account WHERE brand_id = ? AND (book, code) IN (${sorted.map(() => '(?,?)').join(',')})`,
      [brandId, ...sorted.flatMap((sum) => [sum.book, sum.code])],
    );
    const after = new Map(rows.map((row) => [keyOf(row.book, row.code), Number(row.posting_count)]));
    return new Map(
      sorted.map((sum) => [keyOf(sum.book, sum.code), (after.get(keyOf(sum.book, sum.code)) ?? 0) - sum.count]),
    );
  }

  private async insert(
    tx: Tx,
    brandId: BrandId,
    drafts: readonly TransferDraft[],
    counts: Map<string, number>,
  ): Promise<void> {
    const day = businessDay(tx.now.getTime());
    const transfers: SqlValue[][] = [];
    const postings: SqlValue[][] = [];
    for (const draft of drafts) {
      const id = this.ids.next<'transfer'>();
      transfers.push([brandId, id, draft.book, draft.ref, draft.kind, draft.orderId, contentHash(draft), day, tx.now]);
      draft.postings.forEach((posting, line) => {
        const key = keyOf(draft.book, posting.account);
        const sequence = (counts.get(key) ?? 0) + 1;
        counts.set(key, sequence);
        postings.push([
          brandId,
          id,
          line + 1,
          draft.book,
          posting.account,
          posting.fen,
          sequence,
          draft.orderId,
          tx.now,
        ]);
      });
    }
    await tx.execute(
      `INSERT INTO transfer (brand_id, id, book, ref, kind, order_id, content_hash, business_day, at) VALUES ${transfers.map((row) => `(${row.map(() => '?').join(',')})`).join(',')}`,
      transfers.flat(),
    );
    await tx.execute(
      `INSERT INTO posting (brand_id, transfer_id, line_no, book, account, fen, account_seq, order_id, at) VALUES ${postings.map((row) => `(${row.map(() => '?').join(',')})`).join(',')}`,
      postings.flat(),
    );
  }
}

const contentHash = (draft: TransferDraft): string =>
  createHash('sha256')
    .update(canonicalJson({ kind: draft.kind, orderId: draft.orderId, postings: draft.postings }))
    .digest('hex');
