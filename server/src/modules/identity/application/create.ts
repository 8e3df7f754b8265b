import { createHash } from 'node:crypto';
import type { BrandId, Id } from '@shuke/shared/kernel';
import { hashSecret } from '../../../platform/access/secret-hash.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { IdentityStore } from '../persistence/identity.store.js';

const rows = new IdentityStore();

export interface ConsoleUserDraft {
  brandId: BrandId;
  id: Id<'user'>;
  /** Unique over all brands. */
  login: string;
  name: string;
  role: 'HQ' | 'FRANCHISEE';
  /** Required for a franchisee, null for headquarters. */
  franchiseeId: Id<'franchisee'> | null;
  password: string;
}

/**
 * Gives a person at headquarters or a franchisee a login.
 * @throws Error when role and franchisee do not fit
 */
export async function createConsoleUser(tx: Tx, draft: ConsoleUserDraft): Promise<void> {
  if ((draft.role === 'FRANCHISEE') !== (draft.franchiseeId !== null))
    throw new Error(`login ${draft.login}: a franchisee's login names the franchisee, others do not`);
  const { login, password, ...user } = draft;
  await rows.insertUser(tx, login, { ...user, passwordHash: await hashSecret(password) });
}

/** Hash under which a connector's key is kept; the key has enough entropy for a plain digest. */
export const keyHashOf = (apiKey: string): string => createHash('sha256').update(apiKey).digest('hex');

/**
 * Lets a point-of-sale system in by a key of at least 20 characters, of which only the hash is kept.
 * @throws Error for a key that could be guessed
 */
export async function createConnector(
  tx: Tx,
  draft: { brandId: BrandId; id: Id<'connector'>; name: string; apiKey: string },
): Promise<void> {
  if (draft.apiKey.length < 20) throw new Error('a connector key needs at least 20 characters');
  const { apiKey, ...connector } = draft;
  await rows.insertConnector(tx, { ...connector, keyHash: keyHashOf(apiKey) });
}
