import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Part {
  save: () => unknown;
  timer?: NodeJS.Timeout;
}

/**
 * Optional persistence: each part is one JSON file in a folder, written a moment after its last change,
 * so that a restarted simulator still knows its orders, contacts and balances. Without a folder nothing is kept.
 */
export class StateStore {
  private parts = new Map<string, Part>();

  constructor(
    private readonly folder?: string,
    private readonly delayMs = 500,
  ) {
    if (folder) mkdirSync(folder, { recursive: true });
  }

  /** Declares a part and hands its saved content, if any, to `load`. */
  register<T>(name: string, save: () => T, load: (saved: T) => void): void {
    this.parts.set(name, { save });
    const saved = this.read(name);
    if (saved !== undefined) load(saved as T);
  }

  /** Says that a part has changed. */
  touch(name: string): void {
    const part = this.parts.get(name);
    if (!this.folder || !part || part.timer) return;
    part.timer = setTimeout(() => this.write(name), this.delayMs);
    part.timer.unref();
  }

  /** Writes all parts now; call before exit. */
  flush(): void {
    if (this.folder) for (const name of this.parts.keys()) this.write(name);
  }

  private file(name: string): string {
    return join(this.folder ?? '.', `${name}.json`);
  }

  private read(name: string): unknown {
    if (!this.folder) return undefined;
    try {
      return JSON.parse(readFileSync(this.file(name), 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  private write(name: string): void {
    const part = this.parts.get(name);
    if (!part) return;
    clearTimeout(part.timer);
    part.timer = undefined;
    // Written beside and renamed, so that a kill in the middle never leaves half a file.
    writeFileSync(`${this.file(name)}.new`, JSON.stringify(part.save()));
    renameSync(`${this.file(name)}.new`, this.file(name));
  }
}
