import { clothDefs, textureDefs } from './cloth.js';
import { stage } from './draw-product.js';
import { type Tone, toneOf } from './tone.js';

/** What the points mall gives; every one has a drawing of its own. */
export type GiftCode = 'care' | 'cup' | 'socks' | 'cleaning' | 'tote';

const PEAK = 'M-15 9L-5 -7L0 0L5 -10L16 9Z';

const mark = (x: number, y: number, scale: number, fill: string): string =>
  `<path transform="translate(${x} ${y}) scale(${scale})" d="${PEAK}" fill="${fill}"/>`;

/** One solid piece: its colour, falling light from the shared gradients, an outline. */
const piece = (id: string, tone: Tone, d: string): string =>
  `<path d="${d}" fill="${tone.base}"/><path d="${d}" fill="url(#${id}s)"/><path d="${d}" fill="url(#${id}h)"/>` +
  `<path d="${d}" fill="none" stroke="${tone.ink}" stroke-opacity=".45" stroke-width="2.4"/>`;

interface Drawing {
  hex: string;
  floor: number;
  spread: number;
  draw(id: string, tone: Tone): string;
}

function careSet(id: string, tone: Tone): string {
  const wood = toneOf('#b98f66');
  const cream = toneOf('#efe6d6');
  const bottle = 'M250 400Q250 360 290 352V292H390V352Q430 360 430 400V760Q430 790 400 790H280Q250 790 250 760Z';
  const shaver =
    'M520 330Q520 250 610 250Q700 250 700 330V420Q700 446 674 452L668 760Q668 790 640 790H580Q552 790 552 760L546 452Q520 446 520 420Z';
  const holes = [0, 1, 2]
    .flatMap((row) => [0, 1, 2, 3].map((at) => `<circle cx="${562 + at * 32}" cy="${304 + row * 30}" r="7"/>`))
    .join('');
  const chips = [
    [300, 838, -8],
    [410, 846, 6],
    [500, 838, -3],
  ]
    .map(
      ([x, y, turn]) =>
        `<g transform="translate(${x} ${y}) rotate(${turn})"><rect x="-44" y="-16" width="88" height="32" rx="7" fill="${wood.base}" stroke="${wood.ink}" stroke-opacity=".4" stroke-width="2"/><path d="M-30 -4H30M-24 6H20" stroke="${wood.deep}" stroke-opacity=".5" stroke-width="2.4"/></g>`,
    )
    .join('');
  return (
    `${piece(id, tone, bottle)}<rect x="286" y="262" width="108" height="44" rx="9" fill="${wood.base}" stroke="${wood.ink}" stroke-opacity=".5" stroke-width="2.4"/>` +
    `<rect x="266" y="470" width="148" height="180" rx="6" fill="#f6f2ea"/>${mark(340, 530, 2.2, '#28504a')}<path d="M296 582H384M308 606H372" stroke="#28504a" stroke-width="7" stroke-linecap="round" opacity=".55"/>` +
    `${piece(id, cream, shaver)}<g fill="${cream.ink}" fill-opacity=".5">${holes}</g><circle cx="610" cy="540" r="24" fill="${tone.base}" fill-opacity=".9"/>${chips}`
  );
}

function cup(id: string, tone: Tone): string {
  const steel = toneOf('#c5c8ca');
  const body = 'M346 330H614L596 800Q594 830 562 830H398Q366 830 364 800Z';
  const lid = 'M356 250Q356 216 390 216H570Q604 216 604 250V336H356Z';
  return (
    `${piece(id, tone, body)}<path d="M346 330H614L612 372H348Z" fill="${steel.base}" stroke="${steel.ink}" stroke-opacity=".4" stroke-width="2.4"/>${piece(id, tone, lid)}` +
    `<path d="M430 216V188Q430 172 446 172H514Q530 172 530 188V216" fill="none" stroke="${tone.deep}" stroke-width="16" stroke-linecap="round"/>` +
    `<path d="M392 410L406 780" stroke="${tone.glint}" stroke-opacity=".4" stroke-width="14" stroke-linecap="round"/>${mark(480, 600, 3.4, '#f6f2ea')}`
  );
}

function socks(id: string, tone: Tone): string {
  const oat = toneOf('#ddd0ba');
  const sock = 'M-78 -300H78V60Q78 92 104 112L226 192Q270 224 244 268Q218 310 160 296L-20 246Q-78 226 -78 150Z';
  const rows = Array.from({ length: 9 }, (_, at) => `M${-64 + at * 16} -296V-206`).join('');
  const ribs = (ink: string): string => `<path d="${rows}" stroke="${ink}" stroke-opacity=".5" stroke-width="5"/>`;
  const one = (key: string, own: Tone, stripe: string): string =>
    `<clipPath id="${id}${key}"><path d="${sock}"/></clipPath>${piece(id, own, sock)}<g clip-path="url(#${id}${key})"><path d="${sock}" fill="url(#${id}k)"/><path d="M-90 -170H90M-90 -134H90" stroke="${stripe}" stroke-width="18"/><path d="M-90 110Q-20 170 -60 260" stroke="${stripe}" stroke-width="40" fill="none" stroke-opacity=".55"/><path d="M250 150Q190 230 236 320" stroke="${stripe}" stroke-width="70" fill="none" stroke-opacity=".55"/>${ribs(own.deep)}</g>`;
  return (
    `<g transform="translate(540 500) rotate(8)">${one('b', oat, '#b98f66')}</g>` +
    `<g transform="translate(330 520) rotate(-6)">${one('a', tone, '#ddd0ba')}</g>`
  );
}

function cleaning(id: string, tone: Tone): string {
  const cover = 'M300 340Q300 316 324 306L452 250H508L636 306Q660 316 660 340V790Q660 816 634 816H326Q300 816 300 790Z';
  const bubbles = [
    [240, 560, 40],
    [206, 660, 24],
    [724, 470, 34],
    [756, 560, 20],
    [700, 640, 26],
  ]
    .map(
      ([x = 0, y = 0, r = 0]) =>
        `<circle cx="${x}" cy="${y}" r="${r}" fill="#ffffff" fill-opacity=".75" stroke="#a7c2d3" stroke-width="3"/><path d="M${x - r * 0.5} ${y - r * 0.2}A${r * 0.5} ${r * 0.5} 0 0 1 ${x - r * 0.1} ${y - r * 0.6}" stroke="#a7c2d3" stroke-width="4" fill="none" stroke-linecap="round"/>`,
    )
    .join('');
  return (
    `<path d="M480 250V206Q480 160 520 160Q556 160 556 192" fill="none" stroke="#6c4a38" stroke-width="14" stroke-linecap="round"/>${piece(id, tone, cover)}` +
    `<path d="M480 256V812" stroke="${tone.deep}" stroke-opacity=".55" stroke-width="4"/><path d="M330 420H450M330 500H450M330 580H450M330 660H450M510 420H630M510 500H630M510 580H630M510 660H630" stroke="${tone.deep}" stroke-opacity=".22" stroke-width="10" stroke-linecap="round"/>` +
    `<rect x="404" y="520" width="152" height="112" rx="8" fill="#f6f2ea"/>${mark(480, 570, 2.6, '#28504a')}${bubbles}`
  );
}

function tote(id: string, tone: Tone): string {
  const bag = 'M246 400H714L740 800Q742 830 712 830H248Q218 830 220 800Z';
  const handle = (from: number, to: number, top: number): string =>
    `<path d="M${from} 430V${top + 90}Q${from} ${top} ${(from + to) / 2} ${top}Q${to} ${top} ${to} ${top + 90}V430" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="34"/><path d="M${from} 430V${top + 90}Q${from} ${top} ${(from + to) / 2} ${top}Q${to} ${top} ${to} ${top + 90}V430" fill="none" stroke="${tone.base}" stroke-width="29"/>`;
  return (
    `${handle(376, 584, 170)}<clipPath id="${id}c"><path d="${bag}"/></clipPath>${piece(id, tone, bag)}<g clip-path="url(#${id}c)"><path d="${bag}" fill="url(#${id}k)"/></g>` +
    `<path d="M250 440H712" stroke="${tone.ink}" stroke-opacity=".4" stroke-width="3" stroke-dasharray="9 6"/>${handle(346, 614, 196)}` +
    `${mark(480, 640, 7, '#28504a')}<path d="M400 736H560" stroke="#28504a" stroke-width="8" stroke-linecap="round" stroke-dasharray="2 20"/>`
  );
}

const DRAWINGS: Record<GiftCode, Drawing> = {
  care: { hex: '#3f7a7c', floor: 850, spread: 290, draw: careSet },
  cup: { hex: '#2f4e43', floor: 828, spread: 170, draw: cup },
  socks: { hex: '#2f4e43', floor: 810, spread: 300, draw: socks },
  cleaning: { hex: '#a7c2d3', floor: 816, spread: 240, draw: cleaning },
  tote: { hex: '#efe6d6', floor: 830, spread: 290, draw: tote },
};

export const GIFTS = Object.keys(DRAWINGS) as GiftCode[];

/** Draws a present of the points mall on the same stage as the products. */
export function drawGift(code: GiftCode): string {
  const { hex, floor, spread, draw } = DRAWINGS[code];
  const id = `gift${code}`;
  const tone = toneOf(hex);
  const defs = `<defs>${clothDefs(id, tone)}${textureDefs(id, code === 'socks' ? 'knit' : 'shell', 'plain', tone)}</defs>`;
  return stage(`${defs}${draw(id, tone)}`, floor, spread, id);
}
