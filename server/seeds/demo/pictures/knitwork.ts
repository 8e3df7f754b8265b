import type { GarmentDesign } from './design.js';
import type { Frame } from './frame.js';
import { num } from './path.js';
import { mix, type Tone } from './tone.js';

function cable(x: number, from: number, to: number, tone: Tone): string {
  let text = '';
  for (let y = from; y < to; y += 34)
    text += `M${num(x - 13)} ${num(y)}C${num(x - 13)} ${num(y + 16)} ${num(x + 13)} ${num(y + 18)} ${num(x + 13)} ${num(y + 34)}M${num(x + 13)} ${num(y)}C${num(x + 13)} ${num(y + 10)} ${num(x + 5)} ${num(y + 14)} ${num(x + 3)} ${num(y + 16)}M${num(x - 3)} ${num(y + 20)}C${num(x - 6)} ${num(y + 24)} ${num(x - 13)} ${num(y + 26)} ${num(x - 13)} ${num(y + 34)}`;
  const rails = `M${num(x - 24)} ${from}V${to}M${num(x + 24)} ${from}V${to}`;
  return (
    `<path d="${rails}" stroke="${tone.deep}" stroke-opacity=".4" stroke-width="5" fill="none"/>` +
    `<path d="${text}" stroke="${tone.deep}" stroke-opacity=".5" stroke-width="15" fill="none" stroke-linecap="round" transform="translate(2 3)"/>` +
    `<path d="${text}" stroke="${mix(tone.base, tone.light, 0.22)}" stroke-width="12" fill="none" stroke-linecap="round"/><path d="${text}" stroke="${tone.light}" stroke-opacity=".4" stroke-width="3" fill="none" stroke-linecap="round" transform="translate(-2 -1)"/>`
  );
}

function fairIsle(frame: Frame, tone: Tone): string {
  const pale = mix(tone.base, '#fbf6ea', 0.85);
  const warm = mix(tone.base, '#c8743f', 0.8);
  const rows: string[] = [];
  const cell = 8;
  const row = (y: number, mask: string, fill: string): void => {
    const half = frame.half(y) + 30;
    let text = '';
    for (let column = -Math.ceil(half / cell); column < half / cell; column++) {
      const at = ((column % mask.length) + mask.length) % mask.length;
      if (mask[at] === '#') {
        const u = (column * cell) / half;
        text += `M${num(column * cell)} ${num(y + 12 * (1 - u * u))}h${cell - 0.6}v${cell - 0.6}h${0.6 - cell}z`;
      }
    }
    rows.push(`<path d="${text}" fill="${fill}"/>`);
  };
  const peaks = ['....#....', '...###...', '..#####..', '.##.#.##.', '##..#..##'];
  for (const [top, fill] of [
    [96, pale],
    [250, pale],
  ] as const) {
    row(top - 22, '#.', warm);
    for (const [at, mask] of peaks.entries()) row(top + at * cell, mask, fill);
    row(top + 54, '#..#', warm);
    row(top + 68, '####', fill);
  }
  row(196, '#...#...', warm);
  row(204, '.#.#.#.#', pale);
  row(212, '#...#...', warm);
  return rows.join('');
}

/** Raised or coloured knit work on the body, over the plain stitch. */
export function drawKnitwork(design: GarmentDesign, frame: Frame, tone: Tone): string {
  if (design.knit === 'cable')
    return (
      [-106, -48, 48, 106].map((x) => cable(x, 20, design.length, tone)).join('') + cable(0, 30, design.length, tone)
    );
  if (design.knit === 'fairisle') return fairIsle(frame, tone);
  if (design.knit === 'stripe') {
    const pale = mix(tone.base, '#fbf7ee', 0.86);
    return [130, 172, 214, 256, 298, 340]
      .map((y) => `<path d="M-230 ${y}Q0 ${y + 22} 230 ${y}" fill="none" stroke="${pale}" stroke-width="14"/>`)
      .join('');
  }
  return '';
}
