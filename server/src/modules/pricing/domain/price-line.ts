import type { FulfilType } from '@shuke/shared/contracts';
import type { Fen } from '@shuke/shared/kernel';

export type Fulfil = FulfilType;

export interface LinePrice {
  /** Unit price times quantity. */
  amountFen: Fen;
  /** The line's share of what is paid for the goods; refunds go by it. */
  payableFen: Fen;
}

/** One step of how the total came about, explained for people. */
export interface PriceStep {
  label: string;
  amountFen: Fen;
  explain: string;
}
