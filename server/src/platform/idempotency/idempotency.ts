import { createHash } from 'node:crypto';
import { type BrandId, canonicalJson, type Id } from '@shuke/shared/kernel';
import { isDuplicate, type Queryable } from '../database/database.js';
import type { Tx } from '../database/unit-of-work.js';
import { refuse } from '../errors/app-error.js';

/** One request of one caller: the scope names caller and operation, the hash the input. */
export interface RequestKey {
  brandId: BrandId;
  scope: string;
  key: string;
  inputHash: string;
}

/** Makes the key of a request from the caller, the operation, the Idempotency-Key header and the input. */
export const requestKey = (brandId: BrandId, scope: string, key: string, input: unknown): RequestKey => ({
  brandId,
  scope,
  key,
  inputHash: createHash('sha256').update(canonicalJson(input)).digest('hex'),
});

/**
 * The result of an earlier request with the same key, or null.
 * @throws AppError IDEMPOTENCY_MISMATCH when the key was used with another input.
 */
export async function earlierResult<Kind extends string>(on: Queryable, request: RequestKey): Promise<Id<Kind> | null> {
  const [row] = await on.query<{ input_hash: string; result_id: Id<Kind> }>(
    'SELECT input_hash, result_id FROM idempotency_key WHERE brand_id = ? AND scope = ? AND request_key = ?',
    [request.brandId, request.scope, request.key],
  );
  if (!row) return null;
  if (row.input_hash !== request.inputHash) throw refuse('IDEMPOTENCY_MISMATCH');
  return row.result_id;
}

/** Raised when another request with the same key committed first: roll back and read its result. */
export class AlreadyDone extends Error {}

/**
 * Acts once under a request's key. The act keeps its result in its own transaction; a repeat of it, also one at the same
 * moment, is answered with the first one's result.
 *
 * @throws AppError IDEMPOTENCY_MISMATCH, and what the act throws when no twin of it has succeeded
 */
export async function once<Kind extends string>(
  on: Queryable,
  request: RequestKey,
  act: () => Promise<Id<Kind>>,
): Promise<Id<Kind>> {
  const earlier = await earlierResult<Kind>(on, request);
  if (earlier) return earlier;
  try {
    return await act();
  } catch (error) {
    // Whatever it failed on: a twin that was faster leaves no points, no pieces or nothing to refund for the second.
    const first = await earlierResult<Kind>(on, request);
    if (first) return first;
    throw error;
  }
}

/** Keeps the result in the transaction that makes it, so that there is no result without its key. */
export async function keepResult(tx: Tx, request: RequestKey, resultId: Id): Promise<void> {
  await tx
    .execute(
      'INSERT INTO idempotency_key (brand_id, scope, request_key, input_hash, result_id, created_at) VALUES (?,?,?,?,?,?)',
      [request.brandId, request.scope, request.key, request.inputHash, resultId, tx.now],
    )
    .catch((error) => {
      throw isDuplicate(error) ? new AlreadyDone() : error;
    });
}
