import type { Finish, GarmentDesign, PrintKind } from './design.js';
import { num } from './path.js';
import { mix, type Tone } from './tone.js';

/** Gradients shared by all pieces of one garment: roundness of the body, of each arm, and falling light. */
export function clothDefs(id: string, tone: Tone): string {
  const stop = (at: number, colour: string, opacity: number): string =>
    `<stop offset="${at}" stop-color="${colour}" stop-opacity="${opacity.toFixed(2)}"/>`;
  const dark = tone.shadow;
  const lit = tone.highlight;
  return (
    `<linearGradient id="${id}v">${stop(0, tone.deep, 0.5 * dark)}${stop(0.1, tone.deep, 0.24 * dark)}${stop(0.26, tone.light, 0)}` +
    `${stop(0.36, tone.light, 0.22 * lit)}${stop(0.48, tone.light, 0.04)}${stop(0.62, tone.light, 0.12 * lit)}${stop(0.8, tone.deep, 0.08)}` +
    `${stop(0.92, tone.deep, 0.3 * dark)}${stop(1, tone.deep, 0.6 * dark)}</linearGradient>` +
    `<linearGradient id="${id}s">${stop(0, tone.deep, 0.46 * dark)}${stop(0.25, tone.light, 0.1)}${stop(0.42, tone.light, 0.26 * lit)}` +
    `${stop(0.68, tone.deep, 0.1 * dark)}${stop(1, tone.deep, 0.6 * dark)}</linearGradient>` +
    `<linearGradient id="${id}h" x2="0" y2="1">${stop(0, tone.light, 0.2 * lit)}${stop(0.35, tone.light, 0)}${stop(0.7, tone.deep, 0)}${stop(1, tone.deep, 0.3 * dark)}</linearGradient>`
  );
}

function knitTile(id: string, kind: GarmentDesign['knit'], tone: Tone): string {
  const chunky = kind === 'chunky';
  const w = chunky ? 20 : kind === 'rib' ? 13 : 9;
  const h = chunky ? 17 : kind === 'rib' ? 10 : 7.5;
  const stroke = `stroke="${tone.deep}" stroke-linecap="round" fill="none"`;
  const vees =
    `<path d="M${num(w * 0.06)} ${num(h * 0.1)}L${num(w * 0.46)} ${num(h * 0.86)}M${num(w * 0.94)} ${num(h * 0.1)}L${num(w * 0.54)} ${num(h * 0.86)}" ${stroke} stroke-width="${chunky ? 2.6 : 1.3}" stroke-opacity=".34"/>` +
    `<path d="M${num(w * 0.3)} 0L${num(w * 0.5)} ${num(h * 0.5)}L${num(w * 0.7)} 0" stroke="${tone.light}" fill="none" stroke-width="${chunky ? 2.4 : 1}" stroke-opacity=".5"/>`;
  const groove =
    kind === 'rib'
      ? `<rect width="3.4" height="${h}" fill="${tone.deep}" fill-opacity=".4"/><rect x="3.4" width="1.6" height="${h}" fill="${tone.light}" fill-opacity=".35"/>`
      : '';
  return `<pattern id="${id}k" width="${w}" height="${h}" patternUnits="userSpaceOnUse">${vees}${groove}</pattern>`;
}

function fleeceTile(id: string, tone: Tone): string {
  const curl = (x: number, y: number, r: number, opacity: number): string =>
    `<path d="M${x - r} ${y}a${r} ${r} 0 1 1 ${r} ${r}" fill="none" stroke="${tone.deep}" stroke-opacity="${opacity}" stroke-width="2"/>` +
    `<path d="M${x - r + 2} ${y - 1}a${r - 2} ${r - 2} 0 0 1 ${r} ${-r + 3}" fill="none" stroke="${tone.light}" stroke-opacity=".5" stroke-width="2"/>`;
  return `<pattern id="${id}k" width="34" height="30" patternUnits="userSpaceOnUse">${curl(8, 8, 6, 0.3)}${curl(25, 6, 5, 0.22)}${curl(17, 20, 6, 0.28)}${curl(31, 23, 5, 0.2)}${curl(4, 25, 4, 0.24)}</pattern>`;
}

function weaveTile(id: string, tone: Tone): string {
  return `<pattern id="${id}k" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6L6 0" stroke="${tone.light}" stroke-opacity=".1" stroke-width="1.2"/></pattern>`;
}

/** The tile that covers a whole garment with its weave, or nothing for smooth down cloth. */
export function textureDefs(id: string, finish: Finish, knit: GarmentDesign['knit'], tone: Tone): string {
  if (finish === 'knit') return knitTile(id, knit, tone);
  if (finish === 'fleece') return fleeceTile(id, tone);
  return finish === 'shell' ? weaveTile(id, tone) : '';
}

export function hasTexture(finish: Finish): boolean {
  return finish === 'knit' || finish === 'fleece' || finish === 'shell';
}

export function printDefs(id: string, print: PrintKind, tone: Tone): string {
  const pale = tone.shadow < 1;
  const ink = pale ? mix(tone.base, '#39577a', 0.55) : mix(tone.base, '#ffffff', 0.75);
  const tile = (size: number, marks: string): string =>
    `<pattern id="${id}p" width="${size}" height="${size}" patternUnits="userSpaceOnUse"><g fill="${ink}" stroke="${ink}" opacity=".8">${marks}</g></pattern>`;
  const flake = (x: number, y: number, r: number): string =>
    `<path d="M${x - r} ${y}h${2 * r}M${x - r / 2} ${y - r * 0.86}l${r} ${r * 1.72}M${x + r / 2} ${y - r * 0.86}l${-r} ${r * 1.72}" fill="none" stroke-width="2.4" stroke-linecap="round"/>`;
  const star = (x: number, y: number, r: number): string =>
    `<path d="M${x} ${y - r}Q${x} ${y} ${x + r} ${y}Q${x} ${y} ${x} ${y + r}Q${x} ${y} ${x - r} ${y}Q${x} ${y} ${x} ${y - r}Z" stroke="none"/>`;
  switch (print) {
    case 'snow':
      return tile(
        66,
        `${flake(16, 16, 9)}${flake(49, 48, 7)}<circle cx="48" cy="14" r="2.5"/><circle cx="14" cy="47" r="2.5"/>`,
      );
    case 'stars':
      return tile(58, `${star(14, 14, 9)}${star(43, 42, 12)}<circle cx="42" cy="12" r="2"/>`);
    case 'peaks':
      return tile(
        60,
        '<path d="M4 26L15 8L26 26M34 56L45 38L56 56" fill="none" stroke-width="3" stroke-linejoin="round"/><path d="M11 15l4 3l4 -3M41 45l4 3l4 -3" fill="none" stroke-width="2"/>',
      );
    case 'check':
      return tile(
        64,
        '<path d="M16 0V64M0 16H64" stroke-width="13" stroke-opacity=".28"/><path d="M46 0V64M0 46H64" stroke-width="3" stroke-opacity=".5"/>',
      );
    default:
      return tile(34, '<circle cx="8" cy="8" r="3.4" stroke="none"/><circle cx="25" cy="25" r="3.4" stroke="none"/>');
  }
}
