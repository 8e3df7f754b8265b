import type { ListOptions } from '@/features/catalog/components/product-list';
import { SORTS } from '@/features/catalog/model';
import { cell } from '@/lib/state';
import { readJson, writeJson } from '@/platform/storage';

const KEY = 'list-options';

function remembered(): ListOptions {
  const kept = readJson<Partial<ListOptions>>(KEY);
  const sort = SORTS.find(({ key }) => key === kept?.sort)?.key ?? 'recommended';
  return { sort, inStockOnly: kept?.inStockOnly === true };
}

/** Sorting and filter of category and search: one choice, kept until the person changes it. */
export const listOptions = cell<ListOptions>(remembered());

export function changeListOptions(next: ListOptions): void {
  listOptions.set(next);
  writeJson(KEY, next);
}
