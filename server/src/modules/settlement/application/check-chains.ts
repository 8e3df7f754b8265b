import type { BrandId } from '@shuke/shared/kernel';
import { entryHash, GENESIS_HASH } from '@shuke/shared/rules';
import type { Queryable } from '../../../platform/database/database.js';
import type { BrokenRow } from '../../../platform/invariants/invariant.js';
import { type ChainHead, ChainStore } from '../persistence/chain.store.js';

/** A long chain is read in pieces: bodies are large, and the check must not need more memory the longer a brand sells. */
const PIECE = 500;
/** What is named of a broken brand; one is enough to begin with. */
const NAMED_MAX = 20;

const chain = new ChainStore();

/** Follows one chain from its first entry to its head. */
async function brokenChain(on: Queryable, brandId: BrandId, head: ChainHead): Promise<BrokenRow[]> {
  const broken: BrokenRow[] = [];
  let [seq, hash] = [0, GENESIS_HASH];
  while (broken.length < NAMED_MAX) {
    const piece = await chain.piece(on, brandId, head, seq, PIECE);
    for (const entry of piece) {
      const isNext =
        entry.seq === seq + 1 &&
        entry.prevHash === hash &&
        entryHash(entry.prevHash, entry.seq, entry.body) === entry.hash;
      if (!isNext) broken.push({ store_id: head.storeId, seq: entry.seq, problem: 'entry' });
      [seq, hash] = [entry.seq, entry.hash];
    }
    if (piece.length < PIECE) break;
  }
  if (seq !== head.seq || hash !== head.hash) broken.push({ store_id: head.storeId, seq, problem: 'head' });
  return broken;
}

/**
 * Follows every chain of a brand (inv-03): entries that were altered, taken out or slipped in, and chains that end before
 * or behind their head, those of which nothing is left as well. New entries may come meanwhile.
 * @returns the first places that do not fit
 */
export async function brokenChains(on: Queryable, brandId: BrandId): Promise<BrokenRow[]> {
  const broken: BrokenRow[] = (await chain.beyondHeads(on, brandId)).map(({ storeId, seq }) => ({
    store_id: storeId,
    seq,
    problem: 'head',
  }));
  for (const head of await chain.heads(on, brandId)) {
    if (broken.length >= NAMED_MAX) break;
    broken.push(...(await brokenChain(on, brandId, head)));
  }
  return broken.slice(0, NAMED_MAX);
}
