/** What rows before a batch said, and what the batch adds to it; kept only when the batch is. */
export class SeenRows extends Map<string, string> {
  constructor(private readonly before: Map<string, string>) {
    super();
  }

  override get(key: string): string | undefined {
    return super.get(key) ?? this.before.get(key);
  }

  override has(key: string): boolean {
    return super.has(key) || this.before.has(key);
  }

  keep(): void {
    for (const [key, value] of this) this.before.set(key, value);
  }
}
