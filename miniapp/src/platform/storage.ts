import Taro from '@tarojs/taro';

/**
 * The phone frame opens the browser build once per persona, on one origin: each keeps its own things. WeChat does that by
 * itself.
 */
function ownPrefix(): string {
  if (process.env.TARO_ENV !== 'h5' || typeof window === 'undefined') return 'xueling:';
  const persona = /[?&]as=([\w-]{1,40})/.exec(window.location.search)?.[1];
  return persona ? `xueling:${persona}:` : 'xueling:';
}

const PREFIX = ownPrefix();

/** Storage may be full or forbidden (private windows); the mini-program then simply forgets. */
export function readText(key: string): string {
  try {
    const value: unknown = Taro.getStorageSync(PREFIX + key);
    return typeof value === 'string' ? value : '';
  } catch {
    return '';
  }
}

export function writeText(key: string, value: string): void {
  try {
    if (value === '') Taro.removeStorageSync(PREFIX + key);
    else Taro.setStorageSync(PREFIX + key, value);
  } catch {
    // Nothing to do: the next visit starts without it.
  }
}

export function readJson<T>(key: string): T | null {
  const text = readText(key);
  if (text === '') return null;
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

export const writeJson = (key: string, value: unknown): void => writeText(key, JSON.stringify(value));
