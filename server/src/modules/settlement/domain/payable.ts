import { type Fen, ZERO_FEN } from '@shuke/shared/kernel';
import { type EntryBody, signedShares } from '@shuke/shared/rules';

/**
 * What the brand owes the franchisee for an entry outside the channel (product.md S1): its share of what the brand
 * collected, negative where a refund takes it back. Where the store collects, its share has stayed with it.
 */
export function payableOf(body: EntryBody): Fen {
  if (body.input.collectMode !== 'BRAND') return ZERO_FEN;
  return signedShares(body).find((share) => share.party === 'FRANCHISEE')?.fen ?? ZERO_FEN;
}
