/** A key for idempotency and anonymous ids: 32 hex digits, unguessable enough to tell two visits apart. */
export function randomKey(): string {
  let text = '';
  while (text.length < 32)
    text += Math.floor(Math.random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
  return text;
}
