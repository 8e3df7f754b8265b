import { longMemory } from './storage';

export const SCHEMES = ['auto', 'light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];
export const TYPE_SIZES = ['normal', 'large', 'huge'] as const;
export type TypeSize = (typeof TYPE_SIZES)[number];

const SCHEME_KEY = 'shuke.scheme';
const SIZE_KEY = 'shuke.type-size';
const root = document.documentElement;

export const scheme = (): Scheme => longMemory.get<Scheme>(SCHEME_KEY) ?? 'auto';
export const typeSize = (): TypeSize => longMemory.get<TypeSize>(SIZE_KEY) ?? 'normal';

const systemDark = () => window.matchMedia?.('(prefers-color-scheme: dark)');

function apply(): void {
  const isDark = scheme() === 'dark' || (scheme() === 'auto' && systemDark()?.matches === true);
  root.setAttribute('data-prefers-color-scheme', isDark ? 'dark' : 'light');
  root.style.colorScheme = isDark ? 'dark' : 'light';
  root.setAttribute('data-type', typeSize());
}

export function setScheme(next: Scheme): void {
  longMemory.set(SCHEME_KEY, next);
  apply();
}

export function setTypeSize(next: TypeSize): void {
  longMemory.set(SIZE_KEY, next);
  apply();
}

/** Applies the guide's choice and follows the system's switch between day and night. */
export function startAppearance(): void {
  apply();
  systemDark()?.addEventListener?.('change', apply);
}
