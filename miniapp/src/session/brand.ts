import type { Api } from '@shuke/shared/api';
import { api } from '@/lib/api-client';
import { deepen, liftForDark } from '@/lib/colour';
import { cell } from '@/lib/state';
import { readJson, writeJson } from '@/platform/storage';

export type Brand = Awaited<ReturnType<Api['mall']['brand']>>;

const KEY = 'brand';

export const brand = cell<Brand | null>(readJson<Brand>(KEY));

/** The theme decides colours and corners; until it arrives the defaults of tokens.scss hold. */
export async function loadBrand(): Promise<void> {
  try {
    const next = await api.mall.brand();
    brand.set(next);
    writeJson(KEY, next);
  } catch {
    // The remembered or default theme stays.
  }
}

/** CSS variables of a theme. Dark mode needs lighter colours to stay readable on dark ground. */
export function themeVariables(theme: Brand['theme'], px: (size: number) => string): Record<string, string> {
  return {
    '--brand-primary': theme.primary,
    '--brand-primary-dark': liftForDark(theme.primary),
    '--brand-hero': deepen(theme.primary),
    '--brand-accent': theme.accent,
    '--brand-price': theme.price,
    '--brand-price-dark': liftForDark(theme.price, 0.74),
    '--brand-radius': px(theme.radius),
  };
}
