import type { Random } from '../random.js';
import type { Finish, QuiltPattern } from './design.js';
import { num, type Point, smooth } from './path.js';
import type { Tone } from './tone.js';

/** Height added to a row's seam at `u`, the place across the panel from -1 (left edge) to 1 (right edge). */
export function rowShape(pattern: QuiltPattern, width: number): (u: number) => number {
  switch (pattern) {
    case 'chevron':
      return (u) => width * 1.15 * (1 - Math.abs(u));
    case 'peak':
      return (u) => -width * 1.3 * (1 - Math.abs(u));
    case 'wave':
      return (u) => width * 0.26 * Math.sin(u * Math.PI * 3);
    case 'arc':
      return (u) => width * 1.1 * (1 - u * u);
    case 'slant':
      return (u) => width * 1.5 * u;
    default:
      return (u) => 9 * (1 - u * u);
  }
}

export function isRowPattern(pattern: QuiltPattern): boolean {
  return !['diamond', 'columns', 'onion', 'none'].includes(pattern);
}

/** Heights at which rows begin on the panel's edge. */
export function rowStarts(pattern: QuiltPattern, width: number, from: number, until: number): number[] {
  const starts: number[] = [];
  const reach = ['chevron', 'peak', 'arc', 'slant'].includes(pattern) ? width * 1.6 : 0;
  for (let y = from - Math.ceil(reach / width) * width; y < until + reach; y += width) starts.push(y);
  return starts;
}

/** A seam as a list of points; the list form lets wrinkles be scattered along it. */
export type Seam = Point[];

/** Seams of a body panel between two heights; `half` gives the panel's half width at a height. */
export function panelSeams(
  pattern: QuiltPattern,
  width: number,
  from: number,
  until: number,
  half: (y: number) => number,
): Seam[] {
  if (pattern === 'none') return [];
  if (isRowPattern(pattern)) {
    const shape = rowShape(pattern, width);
    const rows = rowStarts(pattern, width, from, until).map((y) => {
      const reach = half(y) + 12;
      return Array.from({ length: 25 }, (_, at) => {
        const u = -1 + at / 12;
        return [u * reach, y + shape(u)] as const;
      });
    });
    if (pattern !== 'brick') return rows;
    const joints = rowStarts(pattern, width, from, until).flatMap((y, row) => {
      const step = width * 1.9;
      const first = row % 2 === 0 ? step / 2 : step;
      return [-3, -2, -1, 0, 1, 2, 3].map((column): Seam => {
        const x = first + (column - 1) * step;
        return [
          [x, y + 9],
          [x, y + width + 9],
        ];
      });
    });
    return [...rows, ...joints];
  }
  const widest = 260;
  const seams: Seam[] = [];
  if (pattern === 'diamond') {
    const tall = until - from;
    for (let x = -widest - tall; x < widest + tall; x += width * 1.5) {
      const drop = tall * 0.9;
      seams.push([
        [x, from],
        [x + drop, until],
      ]);
      seams.push([
        [x, from],
        [x - drop, until],
      ]);
    }
    return seams;
  }
  for (let x = width / 2; x < widest; x += width) {
    for (const side of [-1, 1]) {
      const steps = Math.ceil((until - from) / 14);
      seams.push(
        Array.from({ length: steps + 1 }, (_, at) => {
          const y = from + ((until - from) * at) / steps;
          const bend = Math.round(x / width - 0.5) % 2 === 0 ? 1 : -1;
          const swing = pattern === 'onion' ? Math.sin((y / width) * 1.5) * width * 0.36 * bend : 0;
          return [side * (x + swing), y] as const;
        }),
      );
    }
  }
  return seams;
}

/** Little gathers on both sides of each seam: the clearest sign that a panel is filled. */
function wrinkles(seams: readonly Seam[], width: number, random: Random): string {
  let text = '';
  for (const seam of seams) {
    for (let at = 1; at < seam.length - 1; at++) {
      if (random.next() < 0.28) continue;
      const [x, y] = seam[at] as Point;
      const startX = x + random.between(-6, 6);
      const reach = width * random.between(0.14, 0.4) * (random.next() < 0.5 ? 1 : -0.7);
      const lean = random.between(-7, 7);
      text += `M${num(startX)} ${num(y)}q${num(lean * 0.2)} ${num(reach * 0.6)} ${num(lean)} ${num(reach)}`;
    }
  }
  return text;
}

/** Short upright seams (brick joints, hood panels) cast no light downwards and are shaded on their own. */
function isUpright(seam: Seam): boolean {
  const [first, last] = [seam[0], seam[seam.length - 1]];
  if (first === undefined || last === undefined || seam.length > 4) return false;
  return Math.abs(last[0] - first[0]) < Math.abs(last[1] - first[1]) * 0.7;
}

/** Stroke width, shift and opacity, each as a share of the baffle: many faint strokes make one soft slope. */
const SHADE_STEPS: readonly (readonly [number, number, number])[] = [
  [0.88, -0.14, 0.042],
  [0.77, -0.13, 0.045],
  [0.66, -0.12, 0.05],
  [0.56, -0.11, 0.052],
  [0.46, -0.1, 0.055],
  [0.37, -0.08, 0.06],
  [0.28, -0.06, 0.068],
  [0.2, -0.045, 0.085],
  [0.13, -0.03, 0.1],
  [0.07, -0.015, 0.12],
];
const LIGHT_STEPS: readonly (readonly [number, number, number])[] = [
  [0.54, 0.41, 0.05],
  [0.45, 0.39, 0.055],
  [0.36, 0.38, 0.06],
  [0.27, 0.365, 0.065],
  [0.18, 0.35, 0.075],
];

/** Shades the cloth around its seams so that every baffle reads as a soft cushion. */
export function puffSeams(
  id: string,
  seams: readonly Seam[],
  width: number,
  tone: Tone,
  finish: Finish,
  random: Random,
  sideways = false,
): string {
  const upright = sideways ? [] : seams.filter(isUpright);
  const lying = seams.filter((seam) => !upright.includes(seam));
  if (seams.length === 0) return '';
  const all = lying.map((seam) => smooth(seam)).join('');
  const joints = upright.map((seam) => smooth(seam)).join('');
  const joined =
    joints === ''
      ? ''
      : `<path d="${joints}" stroke="${tone.deep}" stroke-opacity="${(0.2 * tone.shadow).toFixed(2)}" stroke-width="16"/><path d="${joints}" stroke="${tone.deep}" stroke-opacity="${(0.3 * tone.shadow).toFixed(2)}" stroke-width="7"/><path d="${joints}" stroke="${tone.ink}" stroke-opacity=".6" stroke-width="1.8"/>`;
  const soft = finish === 'matte' ? 0.8 : 1;
  const use = (stroke: string, size: number, shift: number, opacity: number): string =>
    `<use href="#${id}" stroke="${stroke}" stroke-width="${num(size)}" stroke-opacity="${Math.min(opacity, 1).toFixed(3)}"${
      shift === 0 ? '' : ` transform="translate(${sideways ? num(shift) : 0} ${sideways ? 0 : num(shift)})"`
    }/>`;
  const reach = Math.min(width, 64);
  const shades = SHADE_STEPS.map(([size, shift, share]) =>
    use(tone.deep, size * reach, shift * reach, share * tone.shadow * soft),
  );
  const lights = LIGHT_STEPS.map(([size, shift, share]) =>
    use(tone.light, size * reach, shift * reach, share * tone.highlight * 1.5 * soft),
  );
  if (finish === 'gloss')
    lights.push(
      use(tone.glint, reach * 0.22, reach * 0.355, 0.09),
      use(tone.glint, reach * 0.14, reach * 0.355, 0.12),
      use(tone.glint, reach * 0.07, reach * 0.355, 0.16),
    );
  if (finish === 'satin') lights.push(use(tone.glint, reach * 0.12, reach * 0.36, 0.09));
  const gathers = `<path d="${wrinkles(lying, width, random)}" stroke="${tone.deep}" stroke-opacity="${(0.26 * tone.shadow).toFixed(2)}" stroke-width="1.7" stroke-linecap="round"/>`;
  const stitch = `${use(tone.ink, 1.9, 0, 0.62)}${use(tone.light, 1.2, 2, 0.35)}`;
  return `<defs><path id="${id}" d="${all}" fill="none"/></defs><g fill="none" stroke-linejoin="round">${shades.join('')}${lights.join('')}${gathers}${stitch}${joined}</g>`;
}
