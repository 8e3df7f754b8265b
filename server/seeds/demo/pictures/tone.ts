type Rgb = [number, number, number];

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Mixes two `#rrggbb` colours; `share` is how much of the second is taken (0–1). */
export function mix(first: string, second: string, share: number): string {
  const a = parse(first);
  const b = parse(second);
  const channel = (at: 0 | 1 | 2): string =>
    Math.round(a[at] + (b[at] - a[at]) * share)
      .toString(16)
      .padStart(2, '0');
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}

/** Relative luminance, 0 (black) to 1 (white). */
export function luminance(hex: string): number {
  const linear = (part: number): number => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = parse(hex);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** All shades that one fabric needs, derived from its colour. */
export interface Tone {
  base: string;
  /** Fold and seam shadow. */
  deep: string;
  /** Outline and stitches. */
  ink: string;
  /** Where light falls. */
  light: string;
  /** Sharp shine of a coated fabric. */
  glint: string;
  lining: string;
  /** How strongly shadows may be laid on: dark cloth shows its folds by light, not by shadow. */
  shadow: number;
  highlight: number;
}

export function toneOf(hex: string): Tone {
  const bright = luminance(hex);
  const dark = bright < 0.06;
  const pale = bright > 0.6;
  return {
    base: hex,
    deep: pale ? mix(hex, '#5d6b7c', 0.75) : mix(hex, '#0d121c', 0.62),
    ink: pale ? mix(hex, '#45505e', 0.8) : mix(hex, '#0a0e16', 0.74),
    light: mix(hex, '#ffffff', dark ? 0.42 : 0.6),
    glint: mix(hex, '#ffffff', dark ? 0.62 : 0.88),
    lining: pale ? mix(hex, '#8c8577', 0.5) : mix(hex, '#10141c', 0.5),
    shadow: pale ? 0.72 : dark ? 1.25 : 1,
    highlight: dark ? 0.85 : pale ? 1.2 : 0.9,
  };
}
