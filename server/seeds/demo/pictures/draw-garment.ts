import { createRandom, seedOf } from '../random.js';
import { clothDefs, hasTexture, printDefs, textureDefs } from './cloth.js';
import type { GarmentDesign } from './design.js';
import { type Frame, frameOf, type SleeveFrame } from './frame.js';
import { drawKnitwork } from './knitwork.js';
import { drawNeck } from './neck.js';
import { num } from './path.js';
import { panelSeams, puffSeams } from './quilting.js';
import { mix, type Tone, toneOf } from './tone.js';
import { drawBadge, drawBelt, drawClosure, drawGirdle, drawPockets } from './trims.js';

type Part = GarmentDesign['block'][number]['part'];

function blockTone(design: GarmentDesign, part: Part, base: Tone): Tone {
  const block = design.block.find((entry) => entry.part === part);
  if (block === undefined) return base;
  if (block.hex === 'deep') return toneOf(mix(base.base, '#141a22', 0.5));
  return toneOf(block.hex === 'light' ? mix(base.base, '#fffaf0', 0.6) : block.hex);
}

function drawSleeve(sleeve: SleeveFrame, design: GarmentDesign, tone: Tone, id: string, seed: number): string {
  const key = `${id}a${sleeve.side === 1 ? 'r' : 'l'}`;
  const spec = design.sleeve;
  const [a, b] = sleeve.cuffLine as [[number, number], [number, number]];
  const cuffFill = spec?.cuff === 'rib' ? mix(tone.base, tone.deep, 0.28) : 'none';
  const ribs = Array.from({ length: 9 }, (_, at) => {
    const u = (at + 0.5) / 9;
    return `M${num(a[0] + (b[0] - a[0]) * u)} ${num(a[1] + (b[1] - a[1]) * u)}l${3 * sleeve.side} 40`;
  }).join('');
  const tab =
    spec?.cuff === 'tab'
      ? `<g transform="translate(${num((a[0] + b[0]) / 2)} ${num((a[1] + b[1]) / 2 + 8)}) rotate(${-8 * sleeve.side})"><rect x="-34" y="-9" width="58" height="22" rx="6" fill="${mix(tone.base, tone.deep, 0.45)}" stroke="${tone.ink}" stroke-opacity=".5"/></g>`
      : '';
  return (
    `<clipPath id="${key}c"><path d="${sleeve.path}"/></clipPath><path d="${sleeve.path}" fill="${tone.base}"/><g clip-path="url(#${key}c)">` +
    `${design.print !== null ? `<path d="${sleeve.path}" fill="url(#${id}p)"/>` : ''}${hasTexture(design.finish) ? `<path d="${sleeve.path}" fill="url(#${id}k)"/>` : ''}` +
    `${design.knit === 'fairisle' || design.knit === 'stripe' ? drawKnitwork(design, { half: () => 300 } as unknown as Frame, tone) : ''}` +
    `${puffSeams(`${key}s`, sleeve.seams, Math.min(design.quilt.width, 84), tone, design.finish, createRandom(seed + sleeve.side))}` +
    `<path d="${sleeve.cuffPath}" fill="${cuffFill}"/>${spec?.cuff === 'plain' || spec?.cuff === 'tab' ? '' : `<path d="${ribs}" stroke="${tone.deep}" stroke-width="${spec?.cuff === 'rib' ? 4 : 2.4}" stroke-opacity=".5"/>`}` +
    `<path d="M${num(a[0])} ${num(a[1])}L${num(b[0])} ${num(b[1])}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/></g>` +
    `<path d="${sleeve.path}" fill="url(#${id}s)"/>${tab}<path d="${sleeve.path}" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/>`
  );
}

function colourBlocks(design: GarmentDesign, frame: Frame, base: Tone): string {
  const parts: string[] = [];
  for (const block of design.block) {
    const fill = blockTone(design, block.part, base).base;
    if (block.part === 'yoke')
      parts.push(
        `<path d="M-260 -20H260V146Q0 176 -260 146Z" fill="${fill}"/><path d="M-260 146Q0 176 260 146" fill="none" stroke="${base.ink}" stroke-opacity=".55" stroke-width="2.4"/>`,
      );
    if (block.part === 'lower') {
      const y = design.length * 0.62;
      parts.push(
        `<path d="M-260 ${num(y)}Q0 ${num(y + 30)} 260 ${num(y)}V${num(design.length + 40)}H-260Z" fill="${fill}"/><path d="M-260 ${num(y)}Q0 ${num(y + 30)} 260 ${num(y)}" fill="none" stroke="${base.ink}" stroke-opacity=".55" stroke-width="2.4"/>`,
      );
    }
    if (block.part === 'side') {
      for (const side of [-1, 1]) {
        const x = frame.half(200) * side;
        parts.push(
          `<path d="M${num(x * 0.98)} 60C${num(x * 0.5)} 160 ${num(x * 0.62)} 300 ${num(x * 0.58)} ${num(design.length + 30)}H${num(x * 1.7)}V60Z" fill="${fill}"/><path d="M${num(x * 0.98)} 60C${num(x * 0.5)} 160 ${num(x * 0.62)} 300 ${num(x * 0.58)} ${num(design.length + 30)}" fill="none" stroke="${base.ink}" stroke-opacity=".5" stroke-width="2.2"/>`,
        );
      }
    }
  }
  return parts.join('');
}

function shellSeams(design: GarmentDesign, frame: Frame, tone: Tone): string {
  if (design.finish !== 'shell') return '';
  const chest = frame.half(160);
  const seams = `M${num(-chest)} 132Q${num(-chest * 0.4)} 158 0 146Q${num(chest * 0.4)} 158 ${num(chest)} 132M${num(-chest * 0.72)} 150C${num(-chest * 0.6)} 260 ${num(-chest * 0.78)} 330 ${num(-chest * 0.74)} ${num(design.length)}M${num(chest * 0.72)} 150C${num(chest * 0.6)} 260 ${num(chest * 0.78)} 330 ${num(chest * 0.74)} ${num(design.length)}`;
  const folds = `M${num(-chest * 0.3)} 210q30 60 10 150M${num(chest * 0.34)} 230q-24 50 0 130M${num(-chest * 0.9)} 190q20 70 8 120M${num(chest * 0.92)} 180q-26 70 -10 150`;
  return `<path d="${folds}" fill="none" stroke="${tone.deep}" stroke-opacity="${0.2 * tone.shadow}" stroke-width="20" stroke-linecap="round"/><path d="${folds}" fill="none" stroke="${tone.light}" stroke-opacity=".16" stroke-width="14" stroke-linecap="round" transform="translate(18 0)"/><path d="${seams}" fill="none" stroke="${tone.ink}" stroke-opacity=".6" stroke-width="2.2"/><path d="${seams}" fill="none" stroke="${tone.light}" stroke-opacity=".3" stroke-width="1.4" transform="translate(0 3)"/>`;
}

function drawBody(design: GarmentDesign, frame: Frame, tone: Tone, id: string, seed: number): string {
  const { pattern, width } = design.quilt;
  const from = design.quilt.from ?? (pattern === 'columns' || pattern === 'diamond' || pattern === 'onion' ? 0 : 58);
  const until = design.quilt.until ?? design.length + 40;
  const seams = panelSeams(pattern, width, from, until, frame.half);
  const quilt = puffSeams(
    `${id}bs`,
    seams,
    width,
    tone,
    design.finish,
    createRandom(seed),
    pattern === 'columns' || pattern === 'onion',
  );
  const limited = design.quilt.from !== undefined || design.quilt.until !== undefined;
  const area = limited
    ? `<clipPath id="${id}qc"><path d="M-320 ${num(from - 4)}Q0 ${num(from + 14)} 320 ${num(from - 4)}V${num(until)}H-320Z"/></clipPath>`
    : '';
  const armhole =
    design.sleeve === null
      ? ''
      : [-1, 1]
          .map(
            (side) =>
              `<path d="M${num((design.shoulder - 8) * side)} 24C${num((design.shoulder - 22) * side)} 70 ${num((design.shoulder - 18) * side)} 120 ${num((design.chest + 2) * side)} 172" fill="none" stroke="${tone.deep}" stroke-opacity=".42" stroke-width="8"/><path d="M${num((design.shoulder - 8) * side)} 24C${num((design.shoulder - 22) * side)} 70 ${num((design.shoulder - 18) * side)} 120 ${num((design.chest + 2) * side)} 172" fill="none" stroke="${tone.ink}" stroke-opacity=".55" stroke-width="2"/>`,
          )
          .join('');
  const binding =
    design.sleeve === null
      ? [-1, 1]
          .map(
            (side) =>
              `<path d="M${num((design.shoulder - 8) * side)} 24C${num((design.shoulder - 20) * side)} 66 ${num((design.shoulder - 22) * side)} 124 ${num((design.chest - 2) * side)} 176" fill="none" stroke="${tone.deep}" stroke-width="11" stroke-opacity=".75"/>`,
          )
          .join('')
      : '';
  return (
    `<clipPath id="${id}bc"><path d="${frame.bodyPath}"/></clipPath>${area}<path d="${frame.bodyPath}" fill="${tone.base}"/><g clip-path="url(#${id}bc)">${colourBlocks(design, frame, tone)}` +
    `${design.print !== null ? `<path d="${frame.bodyPath}" fill="url(#${id}p)"/>` : ''}${hasTexture(design.finish) ? `<path d="${frame.bodyPath}" fill="url(#${id}k)"/>` : ''}${drawKnitwork(design, frame, tone)}${shellSeams(design, frame, tone)}` +
    `${limited ? `<g clip-path="url(#${id}qc)">${quilt}</g>` : quilt}${armhole}${binding}</g>` +
    `<path d="${frame.bodyPath}" fill="url(#${id}v)"/><path d="${frame.bodyPath}" fill="url(#${id}h)"/><path d="${frame.bodyPath}" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/>` +
    `<g clip-path="url(#${id}bc)">${drawPockets(design, frame, tone)}</g>${drawGirdle(design, frame, tone)}`
  );
}

/** One garment around its neck point, in drawing units, without ground. */
export function garmentLayers(
  design: GarmentDesign,
  hex: string,
  id: string,
): { body: string; frame: Frame; silhouette: string } {
  const tone = toneOf(hex);
  const frame = frameOf(design);
  const seed = seedOf(`${id}:${design.length}:${design.quilt.pattern}`);
  const inside = `<linearGradient id="${id}in" x2="0" y2="1"><stop offset="0" stop-color="#000" stop-opacity=".42"/><stop offset="1" stop-color="#000" stop-opacity=".12"/></linearGradient>`;
  const defs = `<defs>${clothDefs(id, tone)}${textureDefs(id, design.finish, design.knit, tone)}${design.print === null ? '' : printDefs(id, design.print, tone)}${inside}</defs>`;
  const sleeveTone = blockTone(design, 'sleeves', tone);
  const sleeves = frame.sleeves.map((sleeve) => drawSleeve(sleeve, design, sleeveTone, id, seed)).join('');
  const body =
    defs +
    sleeves +
    drawBody(design, frame, tone, id, seed) +
    drawNeck(design, tone, id, createRandom(seed + 9)) +
    drawClosure(design, frame, tone) +
    drawBelt(design, frame, tone) +
    drawBadge(design, frame, tone);
  const silhouette = [frame.bodyPath, ...frame.sleeves.map((sleeve) => sleeve.path)].join('');
  return { body, frame, silhouette };
}

/** Places a garment on the 960 ground so that it fills the frame whatever its length. */
export function drawGarment(
  design: GarmentDesign,
  hex: string,
  id: string,
): { svg: string; floor: number; spread: number } {
  const { body, frame, silhouette } = garmentLayers(design, hex, id);
  const extra = design.ears === 'bunny' ? 74 * design.collarScale : design.fur !== null ? 26 : 0;
  const top = frame.top + extra;
  const sleeveReach = design.sleeve === null ? 0 : design.sleeve.length + 84;
  const tall = Math.max(design.length + 16, sleeveReach) + top;
  const wide =
    design.sleeve === null
      ? design.hem * 2 + 60
      : (design.shoulder + 50 + design.sleeve.spread + design.sleeve.width) * 2;
  const scale = Math.min(770 / tall, 760 / wide, 1.5);
  const y = 480 - (tall * scale) / 2 + top * scale - 10;
  const soft = [40, 33, 26, 19, 12, 5]
    .map(
      (width) =>
        `<path d="${silhouette}" fill="#3a3226" fill-opacity=".016" stroke="#3a3226" stroke-opacity=".016" stroke-linejoin="round" stroke-width="${width}" transform="translate(10 16)"/>`,
    )
    .join('');
  return {
    svg: `<g transform="translate(480 ${num(y)}) scale(${scale.toFixed(4)})">${soft}${body}</g>`,
    floor: y + (tall - top) * scale,
    spread: (wide * scale) / 2,
  };
}
