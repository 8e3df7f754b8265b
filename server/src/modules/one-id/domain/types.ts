import type { BrandId, Fen, Id, MemberId } from '@shuke/shared/kernel';

export type MergeId = Id<'merge'>;

/** Two members who become one: `from` ends, `into` goes on. */
export interface MemberMove {
  brandId: BrandId;
  from: MemberId;
  into: MemberId;
  mergeId: MergeId;
  at: Date;
}

/** One line of a merge preview. */
export interface MoveEffect {
  subject: string;
  title: string;
  /** What happens, in one plain Chinese sentence. */
  text: string;
  fromText: string;
  intoText: string;
  afterText: string;
  /** True when somebody should look twice. */
  isWarning: boolean;
}

/** What stands in the way of an account's deletion, with what to do about it. */
export interface LeaveBlocker {
  subject: string;
  text: string;
  actionText: string;
}

/** What happens to one kind of asset when the account is deleted. */
export interface LeaveSettlement {
  subject: string;
  title: string;
  text: string;
  amountText: string;
  fen: Fen | null;
  /** True: it is lost, and the consumer has to say so. */
  mustConfirm: boolean;
}
