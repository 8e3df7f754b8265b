/** Mixes a #rrggbb colour with white; share 0 keeps it, 1 is white. A malformed colour is returned as it is. */
export function lighten(hex: string, share: number): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return hex;
  const part = (text: string | undefined) => {
    const value = Number.parseInt(text ?? '0', 16);
    return Math.round(value + (255 - value) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(match[1])}${part(match[2])}${part(match[3])}`;
}

/** True for a colour so light that a border is needed to see it on white. */
export function isPale(hex: string): boolean {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return true;
  return match.slice(1).every((text) => Number.parseInt(text, 16) > 215);
}
