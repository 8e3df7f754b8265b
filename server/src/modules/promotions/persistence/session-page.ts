import type { StoreId } from '@shuke/shared/kernel';
import { marks, type SqlValue } from '../../../platform/database/database.js';

/** Where a page of groups, bargains or presales begins, and how long it is. */
export interface SessionPage {
  before: string | null;
  limit: number;
}
/** A page as a desk sees it: only its own stores. */
export interface DeskPage extends SessionPage {
  storeIds: readonly StoreId[] | 'ALL';
}

/** The end of a statement that lists sessions of a consumer, newest first. The key's column is named by us. */
export function newestFirst(key: string, { before, limit }: SessionPage): { sql: string; values: SqlValue[] } {
  return {
    sql: `${before ? ` AND ${key} < ?` : ''} ORDER BY ${key} DESC LIMIT ?`,
    values: [...(before ? [before] : []), limit],
  };
}

/** As {@link newestFirst}, in the stores of a desk. */
export function newestInStores(key: string, storeColumn: string, page: DeskPage): { sql: string; values: SqlValue[] } {
  const { sql, values } = newestFirst(key, page);
  if (page.storeIds === 'ALL') return { sql, values };
  return { sql: ` AND ${storeColumn} IN ${marks(page.storeIds)}${sql}`, values: [...page.storeIds, ...values] };
}

/** How somebody is called who may have no name yet, in a row joined with the member. */
export const nicknameOf = (row: Record<string, unknown>): string => (row['nickname'] as string | null) ?? '熟客';
