import type { BrandId } from '@shuke/shared/kernel';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { DomainEvent } from '../../../platform/outbox/event.js';
import { registerHandler } from '../../../platform/outbox/registry.js';
import type { KeepListingRules } from '../application/keep-listing-rules.js';
import type { ProductId } from '../domain/types.js';

const TYPE = 'product.to-shelve';
const CHUNK = 200;

/** Says that goods are new, back on sale or in another category; the shelves follow headquarters' rules after the commit. */
export function toShelve(tx: Tx, brandId: BrandId, productIds: readonly ProductId[]): void {
  for (let at = 0; at < productIds.length; at += CHUNK)
    tx.emit({ brandId, type: TYPE, payload: { productIds: productIds.slice(at, at + CHUNK) } });
}

const idsOf = (event: DomainEvent): ProductId[] => event.payload['productIds'] as ProductId[];

/** Has shelves follow the rules for goods that came after them. */
export function registerToShelve(rules: KeepListingRules): void {
  registerHandler({
    name: 'catalog.to-shelve',
    type: TYPE,
    handle: (tx, event) => rules.followGoods(tx, event.brandId, idsOf(event)),
  });
}
