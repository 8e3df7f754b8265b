/** FNV-1a: the same text gives the same number on every machine and in every release. */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** Where an invoice without a store belongs: a customer always shops at the same home store, others by invoice. */
export function homeStore<Store>(stores: readonly Store[], customer: string | null, invoiceNo: string): Store {
  const store = stores[stableHash(customer ?? invoiceNo) % stores.length];
  if (store === undefined) throw new Error('an import needs at least one store');
  return store;
}
