interface Hsl {
  hue: number;
  saturation: number;
  lightness: number;
}

function hslOf(hex: string): Hsl | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return null;
  const [r = 0, g = 0, b = 0] = match.slice(1).map((text) => Number.parseInt(text, 16) / 255);
  const most = Math.max(r, g, b);
  const least = Math.min(r, g, b);
  const range = most - least;
  const lightness = (most + least) / 2;
  if (range === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = range / (1 - Math.abs(2 * lightness - 1));
  const turn = most === r ? ((g - b) / range + 6) % 6 : most === g ? (b - r) / range + 2 : (r - g) / range + 4;
  return { hue: turn * 60, saturation, lightness };
}

function hexOf({ hue, saturation, lightness }: Hsl): string {
  const part = (n: number) => {
    const k = (n + hue / 30) % 12;
    const value = lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return Math.round(value * 255)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${part(0)}${part(8)}${part(4)}`;
}

/** The same hue for dark ground: light enough to read and not greyed. A malformed colour is returned as it is. */
export function liftForDark(hex: string, lightness = 0.7): string {
  const hsl = hslOf(hex);
  if (!hsl) return hex;
  const saturation = hsl.saturation === 0 ? 0 : Math.min(0.75, Math.max(0.42, hsl.saturation));
  return hexOf({ hue: hsl.hue, saturation, lightness: Math.max(hsl.lightness, lightness) });
}

/** The same hue as a deep ground for white words, such as the member's card. A malformed colour is returned as it is. */
export function deepen(hex: string, lightness = 0.19): string {
  const hsl = hslOf(hex);
  return hsl ? hexOf({ ...hsl, lightness: Math.min(hsl.lightness, lightness) }) : hex;
}
