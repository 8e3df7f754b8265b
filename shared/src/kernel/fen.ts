declare const fenBrand: unique symbol;

/**
 * An amount of money in whole fen (1/100 yuan). The brand keeps plain numbers, and so floats, out of money code.
 */
export type Fen = number & { readonly [fenBrand]: true };

/**
 * The bound leaves room for sums and products of two amounts' digits below 2⁵³, so that a mistake shows as a thrown
 * error and not as a silently rounded amount.
 */
export const FEN_MAX = 2 ** 51 - 1;

/** Raised whenever something that is not a whole, bounded number of fen is about to become money. */
export class MoneyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MoneyError';
  }
}

/**
 * Turns an integer into fen.
 * @throws MoneyError when the value is not an integer within ±(2⁵¹−1).
 */
export function fen(value: number): Fen {
  if (!Number.isInteger(value) || Math.abs(value) > FEN_MAX)
    throw new MoneyError(`not a whole amount of fen: ${value}`);
  // Adding zero turns -0 into 0, which would otherwise differ in canonical JSON.
  return (value + 0) as Fen;
}

/** Zero fen. */
export const ZERO_FEN: Fen = fen(0);

/** Turns a bigint into fen, with the same bound. */
export function fenFromBigInt(value: bigint): Fen {
  if (value > BigInt(FEN_MAX) || value < -BigInt(FEN_MAX)) throw new MoneyError(`not a whole amount of fen: ${value}`);
  return Number(value) as Fen;
}

/** Reads fen from a database or wire value: an integer number or its decimal digits. */
export function parseFen(value: unknown): Fen {
  if (typeof value === 'number') return fen(value);
  if (typeof value === 'bigint') return fenFromBigInt(value);
  if (typeof value === 'string' && /^-?\d{1,16}$/.test(value)) return fen(Number(value));
  throw new MoneyError(`not a whole amount of fen: ${String(value)}`);
}

/** a + b */
export const addFen = (a: Fen, b: Fen): Fen => fen(a + b);
/** a − b */
export const subFen = (a: Fen, b: Fen): Fen => fen(a - b);
/** −a */
export const negFen = (a: Fen): Fen => fen(-a);
/** Unit price times a whole quantity. */
export function mulFen(a: Fen, quantity: number): Fen {
  if (!Number.isSafeInteger(quantity)) throw new MoneyError(`not a whole quantity: ${quantity}`);
  return fenFromBigInt(BigInt(a) * BigInt(quantity));
}
/** Sum of any number of amounts; zero for none. */
export const sumFen = (amounts: readonly Fen[]): Fen =>
  amounts.reduce<Fen>((total, one) => addFen(total, one), ZERO_FEN);
/** The smaller of two amounts. */
export const minFen = (a: Fen, b: Fen): Fen => (a < b ? a : b);

/** Plain yuan text with two digits, "-12.30"; string arithmetic only. */
export function yuanText(amount: Fen): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Reads yuan text such as "12.3", "`0.01" or "-5" without floating point. */
export function parseYuan(text: string): Fen {
  const match = /^`?\s*(-?)(\d{1,13})(?:\.(\d{1,2})0*)?\s*$/.exec(text);
  if (!match) throw new MoneyError(`not an amount in yuan: ${text}`);
  const [, sign, whole = '0', cents = ''] = match;
  const value = Number(whole + cents.padEnd(2, '0'));
  return fen(sign === '-' ? -value : value);
}
