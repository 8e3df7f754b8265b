import { type Fen, MoneyError, negFen, sumFen } from '@shuke/shared/kernel';
import type { SplitShare } from '@shuke/shared/rules';

export type Book = 'ENTITLEMENT' | 'MONEY';

export interface PostingDraft {
  account: string;
  fen: Fen;
}

/** A transfer to be written: its reference makes it happen once per brand and book. */
export interface TransferDraft {
  book: Book;
  ref: string;
  kind: string;
  orderId: string;
  postings: PostingDraft[];
}

/**
 * A transfer whose postings sum to zero, without the zero ones.
 * @throws MoneyError when it does not balance
 */
export function transfer(
  book: Book,
  ref: string,
  kind: string,
  orderId: string,
  postings: readonly PostingDraft[],
): TransferDraft {
  if (sumFen(postings.map((posting) => posting.fen)) !== 0) throw new MoneyError(`transfer ${ref} does not balance`);
  return { book, ref, kind, orderId, postings: postings.filter((posting) => posting.fen !== 0) };
}

export const accounts = {
  clearing: (storeId: string) => `clearing:${storeId}`,
  due: (share: { party: string; partyId: string }) => `due:${share.party}:${share.partyId}`,
  paid: (share: { party: string; partyId: string }) => `paid:${share.party}:${share.partyId}`,
  frozen: (mchid: string) => `frozen:${mchid}`,
  available: (mchid: string) => `available:${mchid}`,
  party: (share: { party: string; partyId: string }) => `party:${share.party}:${share.partyId}`,
  consumer: 'consumer',
  fee: 'fee',
} as const;

/** Shares become owed: out of the store's clearing, into what is due to each party. */
export function accrualTransfer(
  ref: string,
  orderId: string,
  storeId: string,
  shares: readonly SplitShare[],
): TransferDraft {
  const total = sumFen(shares.map((share) => share.fen));
  return transfer('ENTITLEMENT', ref, 'ACCRUAL', orderId, [
    { account: accounts.clearing(storeId), fen: negFen(total) },
    ...shares.map((share) => ({ account: accounts.due(share), fen: share.fen })),
  ]);
}

/** A refund takes shares back: the mirror of the accrual, as a new transfer and never an edit. */
export function reversalTransfer(
  ref: string,
  orderId: string,
  storeId: string,
  shares: readonly SplitShare[],
): TransferDraft {
  const total = sumFen(shares.map((share) => share.fen));
  return transfer('ENTITLEMENT', ref, 'REVERSAL', orderId, [
    { account: accounts.clearing(storeId), fen: total },
    ...shares.map((share) => ({ account: accounts.due(share), fen: negFen(share.fen) })),
  ]);
}

/** What is due has reached its party (or, negative, has come back from it). */
export function paidTransfer(
  ref: string,
  orderId: string,
  share: { party: string; partyId: string; fen: Fen },
): TransferDraft {
  return transfer('ENTITLEMENT', ref, 'PAID', orderId, [
    { account: accounts.due(share), fen: negFen(share.fen) },
    { account: accounts.paid(share), fen: share.fen },
  ]);
}

/** Money moves between two accounts at the channel. */
export function moneyTransfer(
  ref: string,
  kind: string,
  orderId: string,
  from: string,
  to: string,
  amount: Fen,
): TransferDraft {
  return transfer('MONEY', ref, kind, orderId, [
    { account: from, fen: negFen(amount) },
    { account: to, fen: amount },
  ]);
}
