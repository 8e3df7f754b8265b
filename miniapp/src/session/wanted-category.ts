import { cell } from '@/lib/state';

/** Tab pages take no query, so the home page leaves the wanted category here. */
export const wantedCategory = cell<string | null>(null);
