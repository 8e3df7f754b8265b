import type { StoreId } from '@shuke/shared/kernel';
import { marks, type SqlValue } from '../../../platform/database/database.js';

/** The part of a WHERE that keeps rows to the stores that somebody may see; nothing for all of them. */
export const inScope = (column: string, scope: readonly StoreId[] | 'ALL'): { sql: string; values: SqlValue[] } =>
  scope === 'ALL' ? { sql: '', values: [] } : { sql: ` AND ${column} IN ${marks(scope)}`, values: [...scope] };
