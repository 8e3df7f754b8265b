/**
 * Ids are time-ordered 63-bit integers made by the application before the first write, carried as decimal strings: a
 * JavaScript number cannot hold them. Each kind has its own brand, so that a store's id cannot be passed for a member's.
 */
declare const idBrand: unique symbol;
export type Id<Kind extends string = string> = string & { readonly [idBrand]: Kind };

export type BrandId = Id<'brand'>;
export type StoreId = Id<'store'>;
export type MemberId = Id<'member'>;
export type GuideId = Id<'guide'>;
export type OrderId = Id<'order'>;

const ID_PATTERN = /^[1-9]\d{0,18}$/;

/** Milliseconds of 2026-01-01T00:00:00Z: ids count from here, which leaves 69 years in 41 bits. */
export const ID_EPOCH_MS = 1_767_225_600_000;

/** True for the decimal digits of a positive 63-bit integer. */
export const isId = (value: unknown): value is Id => typeof value === 'string' && ID_PATTERN.test(value);

/**
 * Reads an id.
 * @throws TypeError when the value is not the digits of a positive integer.
 */
export function asId<Kind extends string>(value: string): Id<Kind> {
  if (!isId(value)) throw new TypeError(`not an id: ${value}`);
  return value as Id<Kind>;
}

/** Composes an id: 41 bits of milliseconds, 10 bits of node, 12 bits of sequence. */
export function composeId(epochMs: number, node: number, sequence: number): Id {
  const time = BigInt(epochMs - ID_EPOCH_MS);
  if (time < 0n) throw new RangeError('ids start in 2026');
  return ((time << 22n) | (BigInt(node & 0x3ff) << 12n) | BigInt(sequence & 0xfff)).toString() as Id;
}
