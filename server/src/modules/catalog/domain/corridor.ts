import { type Fen, moneyText } from '@shuke/shared/kernel';

/** The range that headquarters allows stores to price in, both ends included (product.md M3). */
export interface Corridor {
  floorFen: Fen;
  listPriceFen: Fen;
  ceilingFen: Fen;
}

/** A corridor is sound when floor ≤ list price ≤ ceiling and nothing is given away. */
export const isSound = ({ floorFen, listPriceFen, ceilingFen }: Corridor): boolean =>
  floorFen > 0 && floorFen <= listPriceFen && listPriceFen <= ceilingFen;

export const holds = (corridor: Pick<Corridor, 'floorFen' | 'ceilingFen'>, priceFen: Fen): boolean =>
  priceFen >= corridor.floorFen && priceFen <= corridor.ceilingFen;

/** 「¥850 ~ ¥1,100」 */
export const corridorText = (corridor: Pick<Corridor, 'floorFen' | 'ceilingFen'>): string =>
  `${moneyText(corridor.floorFen)} ~ ${moneyText(corridor.ceilingFen)}`;

/** Whether a price lies more than so many basis points below the list price; in whole fen, without rounding. */
export const isFurtherBelow = (listFen: Fen, priceFen: Fen, limitBp: number): boolean =>
  BigInt(listFen - priceFen) * 10_000n > BigInt(listFen) * BigInt(limitBp);
