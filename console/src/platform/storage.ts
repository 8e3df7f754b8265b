/** Reads a remembered text; a browser that forbids storage simply forgets. */
export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`shuke.console.${key}`);
  } catch {
    return null;
  }
}

/** Remembers a text, or forgets it when given null. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`shuke.console.${key}`);
    else localStorage.setItem(`shuke.console.${key}`, value);
  } catch {
    // Without storage the choice lasts until the page is closed, which is all that can be promised.
  }
}

/** Reads remembered JSON, or the fallback when there is none or it is damaged. */
export function recallJson<T>(key: string, fallback: T): T {
  const text = recall(key);
  if (text === null) return fallback;
  try {
    return JSON.parse(text) as T;
  } catch {
    return fallback;
  }
}
