/**
 * Web storage may be full, blocked or cleared in a client's webview: nothing in the app may fail for that, so reads answer
 * null and writes are best effort.
 */
function read<T>(area: () => Storage, key: string): T | null {
  try {
    const text = area().getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

function write(area: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) area().removeItem(key);
    else area().setItem(key, JSON.stringify(value));
  } catch {
    // A full or blocked storage only costs the convenience of remembering.
  }
}

const local = () => window.localStorage;
const session = () => window.sessionStorage;

/** Survives closing the client: the login, settings, unsent reports. */
export const longMemory = {
  get: <T>(key: string) => read<T>(local, key),
  set: (key: string, value: unknown) => write(local, key, value),
};

/** Lives as long as the page's tab: the last contact seen, the state of a login under way. */
export const shortMemory = {
  get: <T>(key: string) => read<T>(session, key),
  set: (key: string, value: unknown) => write(session, key, value),
  /** Forgets every entry whose key starts with the prefix. */
  clear(prefix: string): void {
    try {
      for (const key of Object.keys(window.sessionStorage)) {
        if (key.startsWith(prefix)) window.sessionStorage.removeItem(key);
      }
    } catch {
      // Nothing to forget where nothing can be kept.
    }
  },
};
