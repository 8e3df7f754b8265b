import { cell } from '@/lib/state';
import { readJson, writeJson } from '@/platform/storage';

export interface Settings {
  isBig: boolean;
  theme: 'auto' | 'light' | 'dark';
}

const KEY = 'settings';

export const settings = cell<Settings>({ isBig: false, theme: 'auto', ...readJson<Partial<Settings>>(KEY) });

export function changeSettings(part: Partial<Settings>): void {
  settings.patch(part);
  writeJson(KEY, settings.get());
}
