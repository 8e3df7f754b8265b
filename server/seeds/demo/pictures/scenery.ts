import { createRandom, seedOf } from '../random.js';
import { garment } from './design.js';
import { garmentLayers } from './draw-garment.js';
import { num } from './path.js';

const PEAK = 'M-15 9L-5 -7L0 0L5 -10L16 9Z';
const LETTERS = [
  'M0 0L26 36M26 0L0 36',
  'M0 0V22Q0 36 13 36Q26 36 26 22V0',
  'M24 0H0V36H24M0 18H19',
  'M0 0V36H22',
  'M0 0V36',
  'M0 36V0L26 36V0',
  'M27 7Q22 0 14 0Q0 0 0 18Q0 36 14 36Q27 36 27 21H16',
] as const;
const WIDTHS = [26, 26, 24, 22, 0, 26, 27] as const;

/** The brand mark: a snow ridge in a rounded square. */
export function drawMark(): string {
  return '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" rx="22" fill="#28504a"/><path d="M12 70L38 32L50 48L62 24L86 70Z" fill="#f6f2ea"/><path d="M62 24L54 40L61 46L66 40L73 45Z" fill="#c9dbe4"/><path d="M38 32L30 44L37 49L42 44L46 47L50 48Z" fill="#c9dbe4"/><circle cx="26" cy="24" r="6" fill="#e3a263"/></svg>';
}

function wordmark(x: number, y: number, colour: string, width: number): string {
  let left = 0;
  const letters = LETTERS.map((d, at) => {
    const drawn = `<path transform="translate(${left} 0)" d="${d}"/>`;
    left += (WIDTHS[at] ?? 0) + 17;
    return drawn;
  }).join('');
  return `<g transform="translate(${x} ${y})" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="square">${letters}</g>`;
}

/** Mark and the Latin name as drawn strokes, so that no font is needed. */
export function drawLogo(): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 96" width="400" height="96"><path transform="translate(62 56) scale(3)" d="${PEAK}" fill="#28504a"/>${wordmark(132, 34, '#28504a', 5)}</svg>`;
}

function range(y: number, height: number, fill: string, seed: string, snow = ''): string {
  const random = createRandom(seedOf(seed));
  let text = `M-40 ${y + 40}`;
  let caps = '';
  for (let x = -40; x < 1320; ) {
    const step = random.between(110, 220);
    const top = y - height * random.between(0.45, 1);
    const peakX = x + step * random.between(0.42, 0.58);
    text += `L${num(peakX)} ${num(top)}L${num(x + step)} ${num(y - height * random.between(0, 0.2))}`;
    const cap = (y - top) * 0.34;
    caps += `M${num(peakX)} ${num(top)}l${num(-cap * 0.6)} ${num(cap)}l${num(cap * 0.34)} ${num(-cap * 0.2)}l${num(cap * 0.3)} ${num(cap * 0.34)}l${num(cap * 0.32)} ${num(-cap * 0.4)}l${num(cap * 0.26)} ${num(cap * 0.2)}z`;
    x += step;
  }
  return `<path d="${text}L1320 ${y + 40}V800H-40Z" fill="${fill}"/>${snow === '' ? '' : `<path d="${caps}" fill="${snow}"/>`}`;
}

function pine(x: number, y: number, scale: number, fill: string): string {
  return `<path transform="translate(${num(x)} ${num(y)}) scale(${num(scale)})" d="M0 -120L22 -76H12L34 -36H20L44 6H6V26H-6V6H-44L-20 -36H-34L-12 -76H-22Z" fill="${fill}"/>`;
}

function flakes(seed: string, count: number, wide: number, tall: number): string {
  const random = createRandom(seedOf(seed));
  return Array.from(
    { length: count },
    () =>
      `<circle cx="${num(random.between(0, wide))}" cy="${num(random.between(0, tall))}" r="${num(random.between(1.5, 5))}" fill="#fff" fill-opacity="${random.between(0.35, 0.9).toFixed(2)}"/>`,
  ).join('');
}

function worn(
  design: Parameters<typeof garmentLayers>[0],
  hex: string,
  id: string,
  x: number,
  y: number,
  scale: number,
): string {
  return `<g transform="translate(${x} ${y}) scale(${scale})">${garmentLayers(design, hex, id).body}</g>`;
}

/** Home page banners (1280×640): the left half stays calm so that the page can set its own words there. */
export function drawBanner(which: 'dawn' | 'hearth'): string {
  const open = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 640" width="1280" height="640">';
  if (which === 'dawn') {
    const coat = garment({
      length: 700,
      waist: 160,
      hem: 192,
      collar: 'hood',
      fur: '#b99a78',
      closure: 'flap',
      quilt: { pattern: 'rows', width: 84, puff: 9 },
      pockets: ['cargo'],
      badge: 'sleeve',
    });
    const puffer = garment({
      length: 400,
      collar: 'stand',
      finish: 'gloss',
      quilt: { pattern: 'rows', width: 68, puff: 11 },
      hemKind: 'rib',
      sleeve: { length: 400, width: 66, cuff: 'rib', spread: 6 },
    });
    return (
      `${open}<defs><linearGradient id="sky" x2="0" y2="1"><stop offset="0" stop-color="#b9cfdb"/><stop offset=".55" stop-color="#eadfd3"/><stop offset="1" stop-color="#f3dcc4"/></linearGradient></defs><rect width="1280" height="640" fill="url(#sky)"/><circle cx="560" cy="300" r="62" fill="#f6c99a" fill-opacity=".9"/>` +
      `${range(430, 250, '#a9bfcb', 'far', '#f4f4f1')}${range(500, 190, '#7f9daa', 'mid', '#eaf0f1')}${range(570, 120, '#4d7076', 'near')}<path d="M-20 560Q320 500 660 556T1300 530V660H-20Z" fill="#f7f3ec"/>${[40, 96, 150, 470, 520, 1230].map((x, at) => pine(x, 572 + (at % 3) * 12, 0.6 + (at % 3) * 0.16, '#2f4e43')).join('')}` +
      `<ellipse cx="960" cy="614" rx="300" ry="16" fill="#5b6a70" fill-opacity=".22"/>${worn(coat, '#2f4e43', 'bna', 800, 140, 0.63)}${worn(puffer, '#a9333b', 'bnb', 1070, 224, 0.74)}${flakes('dawn', 70, 1280, 560)}</svg>`
    );
  }
  const kid = garment({
    length: 330,
    shoulder: 128,
    chest: 156,
    waist: 162,
    hem: 168,
    collarScale: 1.22,
    collar: 'hood',
    ears: 'bear',
    hemKind: 'rib',
    quilt: { pattern: 'rows', width: 52, puff: 8 },
    sleeve: { length: 300, width: 56, cuff: 'rib', spread: 14 },
  });
  const knit = garment({
    length: 420,
    finish: 'knit',
    knit: 'cable',
    collar: 'turtle',
    closure: 'none',
    quilt: { pattern: 'none', width: 60, puff: 0 },
    pockets: [],
    hemKind: 'rib',
    badge: 'none',
    sleeve: { length: 398, width: 54, cuff: 'rib', spread: -2 },
  });
  return (
    `${open}<defs><radialGradient id="glow"><stop offset="0" stop-color="#ffd9a0" stop-opacity=".9"/><stop offset="1" stop-color="#ffd9a0" stop-opacity="0"/></radialGradient></defs><rect width="1280" height="640" fill="#ead9c4"/><path d="M0 520H1280V640H0Z" fill="#c79f78"/><path d="M0 520H1280" stroke="#a67e58" stroke-width="4"/>` +
    `<g><rect x="96" y="92" width="430" height="330" rx="14" fill="#7c5a40"/><clipPath id="win"><rect x="114" y="110" width="394" height="294" rx="6"/></clipPath><g clip-path="url(#win)"><rect x="114" y="110" width="394" height="294" fill="#86a5b8"/>${range(360, 170, '#b8cbd5', 'win', '#f6f6f3')}${pine(180, 410, 0.9, '#2f4e43')}${pine(250, 420, 0.7, '#38594d')}${pine(440, 416, 1, '#2f4e43')}${flakes('win', 60, 520, 400)}</g><path d="M311 110V404M114 250H508" stroke="#7c5a40" stroke-width="12"/><rect x="80" y="418" width="462" height="22" rx="6" fill="#8f6a4c"/></g>` +
    `<path d="M650 96H1210" stroke="#8f6a4c" stroke-width="14" stroke-linecap="round"/><path d="M792 100v40M1086 100v22" stroke="#8c8c8c" stroke-width="6"/><circle cx="530" cy="470" r="250" fill="url(#glow)"/>${worn(knit, '#f1efe9', 'bnc', 792, 192, 0.72)}${worn(kid, '#dcb257', 'bnd', 1086, 296, 0.74)}<g transform="translate(-80 0)"><ellipse cx="610" cy="560" rx="46" ry="10" fill="#7c5a40" fill-opacity=".4"/><path d="M580 556V500H640V556Z" fill="#f6efe2"/><path d="M640 512q26 2 22 20t-22 14" fill="none" stroke="#f6efe2" stroke-width="9"/><path d="M596 486q-8 -16 2 -30M618 486q-8 -16 2 -30" fill="none" stroke="#fff" stroke-opacity=".8" stroke-width="5" stroke-linecap="round"/></g></svg>`
  );
}

/** A store front (1280×640); the seed changes awning, windows and weather so that stores do not look the same. */
export function drawStorefront(seed: string): string {
  const random = createRandom(seedOf(`storefront:${seed}`));
  const wall = random.pick(['#efe6d8', '#e3e6e2', '#eadfd6', '#dfe4e8'] as const);
  const trim = random.pick(['#28504a', '#6c4a38', '#25345a', '#6c2835'] as const);
  const lit = '#ffe6bd';
  const coats = random.shuffle(['#a9333b', '#2f4e43', '#dcb257', '#4b6d92', '#ddd0ba', '#6e5b80']);
  const show = (x: number, at: number): string =>
    worn(
      garment({
        length: at % 2 === 0 ? 640 : 420,
        collar: at % 3 === 0 ? 'hood' : 'stand',
        quilt: { pattern: at % 2 === 0 ? 'rows' : 'chevron', width: 72, puff: 8 },
      }),
      coats[at] ?? '#a9333b',
      `sf${at}`,
      x,
      at % 2 === 0 ? 336 : 392,
      at % 2 === 0 ? 0.27 : 0.29,
    );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1280 640" width="1280" height="640"><rect width="1280" height="640" fill="#c7d6df"/>${range(330, 160, '#a9bfcb', seed, '#f2f4f3')}<rect x="120" y="120" width="1040" height="440" fill="${wall}"/><rect x="100" y="100" width="1080" height="30" rx="6" fill="${trim}"/><path d="M100 100Q380 78 640 96T1180 96V106H100Z" fill="#fbfaf6"/>` +
    `<rect x="160" y="150" width="960" height="90" rx="6" fill="${trim}"/><path transform="translate(458 196) scale(2)" d="${PEAK}" fill="#f6f2ea"/>${wordmark(524, 177, '#f6f2ea', 5)}` +
    `<rect x="180" y="270" width="360" height="270" fill="${lit}"/><rect x="740" y="270" width="360" height="270" fill="${lit}"/>${[250, 360, 470, 810, 920, 1030].map((x, at) => show(x, at)).join('')}<path d="M180 270H540V540H180ZM740 270H1100V540H740ZM360 270" fill="none" stroke="${trim}" stroke-width="10"/><path d="M200 290L300 290L220 400Z M760 290L860 290L780 400Z" fill="#fff" fill-opacity=".28"/>` +
    `<rect x="580" y="270" width="120" height="290" fill="${lit}"/><path d="M580 270H700V560H580ZM640 270V560" fill="none" stroke="${trim}" stroke-width="10"/><path d="M626 400v44M654 400v44" stroke="#b98f66" stroke-width="6" stroke-linecap="round"/><path d="M0 560Q320 540 640 558T1280 552V640H0Z" fill="#f7f4ee"/>${pine(70, 572, 1.1, '#2f4e43')}${pine(1216, 576, 1.2, '#2f4e43')}${flakes(seed, 60, 1280, 540)}</svg>`
  );
}

const ICONS: Record<string, string> = {
  'long-down': 'M18 12L24 8Q32 14 40 8L46 12L54 40L46 42L44 28V58H20V28L18 42L10 40ZM32 13V58M20 32H44M20 45H44',
  'short-down': 'M18 14L25 9Q32 15 39 9L46 14L56 42L48 45L45 34V48H19V34L16 45L8 42ZM32 14V48M19 27H45M19 37H45',
  'light-down': 'M50 12C28 12 14 26 14 46L10 54M14 46C36 48 50 36 50 12ZM18 42L42 20M24 36V28M30 31V23M26 35H35',
  vest: 'M20 10L26 8Q32 16 38 8L44 10Q42 22 48 28V56H16V28Q22 22 20 10ZM32 14V56M16 37H48M16 46H48',
  kids: 'M22 20a10 10 0 1 1 20 0a10 10 0 1 1 -20 0M22 13a4 4 0 1 1 5 -4M42 13a4 4 0 1 0 -5 -4M23 28L14 44L21 47L24 40V54H40V40L43 47L50 44L41 28M32 31V54',
  shell:
    'M22 22Q22 6 32 6Q42 6 42 22L48 25L56 46L48 48L45 38V56H19V38L16 48L8 46L16 25ZM32 24V56M26 22a6 8 0 1 1 12 0M19 32L45 32',
  knit: 'M19 14L26 11Q32 17 38 11L45 14L56 44L48 47L45 36V52H19V36L16 47L8 44ZM24 52V47M29 52V47M35 52V47M40 52V47M26 24L32 30L38 24M26 33L32 39L38 33',
  accessory: 'M14 42Q14 18 32 18Q50 18 50 42M11 42H53V54H11ZM32 18a5 5 0 1 1 .1 0M20 42V54M28 42V54M36 42V54M44 42V54',
};

/** One line icon per category, all on the same 64 grid with the same stroke. */
export function drawCategoryIcon(code: string): string {
  const d = ICONS[code];
  if (d === undefined) throw new Error(`No icon is drawn for category ${code}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64"><path d="${d}" fill="none" stroke="#28504a" stroke-width="2.6" stroke-linejoin="round" stroke-linecap="round"/></svg>`;
}
