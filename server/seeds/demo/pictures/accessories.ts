import { createRandom, type Random, seedOf } from '../random.js';
import { clothDefs, textureDefs } from './cloth.js';
import type { AccessoryDesign } from './design.js';
import { num, type Point } from './path.js';
import { panelSeams, puffSeams } from './quilting.js';
import { mix, type Tone, toneOf } from './tone.js';

interface Kit {
  tone: Tone;
  accent: Tone;
  id: string;
  random: Random;
  design: AccessoryDesign;
}

/** One cloth piece: colour, texture or quilting, roundness, outline. */
function piece(kit: Kit, key: string, d: string, inside: string, knit: boolean, tone = kit.tone): string {
  const { id } = kit;
  return (
    `<clipPath id="${id}${key}"><path d="${d}"/></clipPath><path d="${d}" fill="${tone.base}"/><g clip-path="url(#${id}${key})">${knit ? `<path d="${d}" fill="url(#${id}k)"/>` : ''}${inside}</g>` +
    `<path d="${d}" fill="url(#${id}s)"/><path d="${d}" fill="url(#${id}h)"/><path d="${d}" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2.4"/>`
  );
}

function fluff(centre: Point, radius: number, hex: string, random: Random, count = 420): string {
  const layers: [string, number][] = [
    [mix(hex, '#241710', 0.4), 1.12],
    [hex, 1],
    [mix(hex, '#ffffff', 0.45), 0.8],
  ];
  return layers
    .map(([stroke, reach]) => {
      let text = '';
      for (let at = 0; at < count; at++) {
        const angle = random.between(0, Math.PI * 2);
        const from = radius * Math.sqrt(random.next()) * 0.86;
        const long = radius * 0.3 * reach;
        text += `M${num(centre[0] + Math.cos(angle) * from * reach)} ${num(centre[1] + Math.sin(angle) * from * reach)}q${num(Math.cos(angle) * long * 0.6)} ${num(Math.sin(angle) * long * 0.6)} ${num(Math.cos(angle + 0.4) * long)} ${num(Math.sin(angle + 0.4) * long)}`;
      }
      return `<path d="${text}" fill="none" stroke="${stroke}" stroke-width="4.4" stroke-linecap="round" stroke-opacity=".85"/>`;
    })
    .join('');
}

function ribs(from: Point, to: Point, height: number, sag: number, count: number, tone: Tone): string {
  const text = Array.from({ length: count }, (_, at) => {
    const u = (at + 0.5) / count;
    const dip = sag * 4 * u * (1 - u);
    return `M${num(from[0] + (to[0] - from[0]) * u)} ${num(from[1] + (to[1] - from[1]) * u + dip)}v${height}`;
  }).join('');
  return `<path d="${text}" stroke="${tone.deep}" stroke-opacity=".48" stroke-width="8"/><path d="${text}" stroke="${tone.light}" stroke-opacity=".4" stroke-width="4" transform="translate(8 0)"/>`;
}

function label(x: number, y: number): string {
  return `<rect x="${x - 34}" y="${y - 19}" width="68" height="38" rx="4" fill="#efe9dc" stroke="#00000033"/><path transform="translate(${x} ${y}) scale(1.15)" d="M-15 9L-5 -7L0 0L5 -10L16 9Z" fill="#2c4f4a"/>`;
}

function beanie(kit: Kit): string {
  const crown = 'M250 640C236 420 330 268 480 262C630 268 724 420 710 640Q480 690 250 640Z';
  const cuff = 'M226 590Q480 652 734 590Q748 660 730 726Q480 792 230 726Q212 660 226 590Z';
  const ribbing = Array.from({ length: 17 }, (_, at) => {
    const u = (at - 8) / 8;
    return `M${num(480 + u * 236)} 640C${num(480 + u * 240)} 470 ${num(480 + u * 120)} 320 ${num(480 + u * 26)} 262`;
  }).join('');
  const inside = `<path d="${ribbing}" fill="none" stroke="${kit.tone.deep}" stroke-opacity=".42" stroke-width="9"/><path d="${ribbing}" fill="none" stroke="${kit.tone.light}" stroke-opacity=".4" stroke-width="5" transform="translate(9 0)"/>`;
  return `${piece(kit, 'a', crown, inside, true)}<path d="M232 600Q480 664 728 600" fill="none" stroke="${kit.tone.deep}" stroke-width="26" stroke-opacity=".35"/>${piece(kit, 'b', cuff, ribs([228, 588], [732, 588], 160, 60, 27, kit.tone), true)}${fluff([480, 220], 96, kit.accent.base, kit.random)}${label(480, 694)}`;
}

function trapper(kit: Kit): string {
  const crown = 'M268 500C262 320 350 206 480 204C610 206 698 320 692 500Q480 540 268 500Z';
  const flap = (side: number): string =>
    `M${480 + side * 176} 452C${480 + side * 262} 470 ${480 + side * 262} 640 ${480 + side * 214} 742C${480 + side * 180} 790 ${480 + side * 130} 766 ${480 + side * 128} 700C${480 + side * 122} 620 ${480 + side * 128} 540 ${480 + side * 118} 486Z`;
  const rows = panelSeams('rows', 74, 210, 520, () => 240).map((seam) => seam.map(([x, y]): Point => [x + 480, y]));
  const flaps = [-1, 1]
    .map(
      (side) =>
        `${piece(kit, side < 0 ? 'l' : 'r', flap(side), '', false)}${fluff([480 + side * 172, 600], 66, kit.accent.base, kit.random, 200)}${fluff([480 + side * 168, 690], 56, kit.accent.base, kit.random, 170)}<path d="M${480 + side * 168} 766q${10 * side} 50 0 84" stroke="${kit.tone.ink}" stroke-width="7" fill="none"/><circle cx="${480 + side * 168}" cy="856" r="10" fill="${kit.tone.ink}"/>`,
    )
    .join('');
  const front = [-110, -56, 0, 56, 110]
    .map((x) => fluff([480 + x, 470 - Math.abs(x) * 0.14], 58, kit.accent.base, kit.random, 150))
    .join('');
  return `${flaps}${piece(kit, 'a', crown, puffSeams(`${kit.id}q`, rows, 74, kit.tone, 'satin', kit.random), false)}<path d="M480 204V440" stroke="${kit.tone.ink}" stroke-opacity=".5" stroke-width="2.4"/>${front}${label(480, 330)}`;
}

function bucket(kit: Kit): string {
  const crown = 'M312 520L350 300Q480 254 610 300L648 520Q480 566 312 520Z';
  const brim = 'M312 512C236 560 184 632 170 700C300 772 660 772 790 700C776 632 724 560 648 512Q480 566 312 512Z';
  const stitches = [0, 1, 2, 3, 4]
    .map((at) => `M${306 - at * 28} ${548 + at * 36}Q480 ${604 + at * 36} ${654 + at * 28} ${548 + at * 36}`)
    .join('');
  const seams = panelSeams('diamond', 56, 270, 560, () => 240).map((seam) => seam.map(([x, y]): Point => [x + 480, y]));
  return `${piece(kit, 'b', brim, `<path d="${stitches}" fill="none" stroke="${kit.tone.ink}" stroke-opacity=".45" stroke-width="2.2" stroke-dasharray="8 5"/>`, false)}<path d="M308 520Q480 574 652 520" stroke="${kit.tone.deep}" stroke-opacity=".5" stroke-width="22" fill="none"/>${piece(kit, 'a', crown, puffSeams(`${kit.id}q`, seams, 56, kit.tone, 'matte', kit.random), false)}<path d="M318 486Q480 534 642 486" stroke="${kit.accent.base}" stroke-width="26" fill="none"/>${label(560, 505)}`;
}

function scarf(kit: Kit): string {
  const loop = 'M250 330C300 214 660 214 710 330C736 430 640 486 480 490C320 486 224 430 250 330Z';
  const left = 'M340 420C320 560 316 660 300 792L452 812C462 660 474 560 500 452Z';
  const right = 'M470 450C500 560 540 640 560 742L700 716C676 610 640 500 612 414Z';
  const tassels = (x: number, y: number, wide: number, drop: number): string =>
    Array.from(
      { length: 13 },
      (_, at) => `M${num(x + (wide * at) / 12)} ${num(y + (drop * at) / 12)}q${at % 2 === 0 ? 4 : -4} 30 0 56`,
    ).join('');
  const check = kit.design.style === 'stripe';
  const band = (ys: number[], slope: number): string =>
    ys
      .map(
        (y) =>
          `<path d="M260 ${y}L740 ${y + slope}" stroke="${kit.accent.base}" stroke-width="${check ? 20 : 34}" stroke-opacity=".85"/>`,
      )
      .join('');
  const lines = check
    ? `<path d="M340 380L330 840M400 380L396 840M460 380L446 840M560 400L640 800M610 400L690 800" stroke="${kit.accent.base}" stroke-width="12" stroke-opacity=".5"/>`
    : '';
  const folds = `<path d="M262 340C340 420 620 420 700 330M300 290C380 350 580 350 662 284M280 400C380 460 580 460 690 390" stroke="${kit.tone.deep}" stroke-opacity=".5" stroke-width="14" fill="none" stroke-linecap="round"/>`;
  return (
    `<path d="${tassels(562, 738, 136, -26)}" stroke="${kit.tone.deep}" stroke-width="8" fill="none" stroke-linecap="round"/>${piece(kit, 'r', right, lines + band(check ? [600, 660, 720] : [640, 700], -60), true)}` +
    `<path d="${tassels(302, 788, 148, 20)}" stroke="${mix(kit.tone.base, kit.tone.deep, 0.3)}" stroke-width="8" fill="none" stroke-linecap="round"/>${piece(kit, 'l', left, lines + band(check ? [600, 660, 720, 780] : [680, 744], 20), true)}` +
    `<path d="M250 400C330 520 630 520 710 400" stroke="${kit.tone.deep}" stroke-width="30" stroke-opacity=".3" fill="none"/>${piece(kit, 'o', loop, folds, true)}<path d="M360 300C410 262 550 262 600 300C560 340 400 340 360 300Z" fill="${kit.tone.lining}"/>${label(392, 748)}`
  );
}

function hands(kit: Kit, mitten: boolean): string {
  const palm = mitten
    ? 'M-104 150C-112 20 -120 -110 -92 -186C-66 -250 60 -250 88 -186C100 -150 104 -100 106 -60C140 -112 190 -96 182 -44C172 24 134 66 108 96L100 150Q0 176 -104 150Z'
    : 'M-100 150C-108 60 -118 0 -116 -60L-122 -176C-122 -212 -74 -214 -70 -178L-62 -84L-58 -226C-56 -262 -6 -262 -6 -226L-4 -92L8 -212C12 -246 58 -242 58 -206L52 -76L70 -148C80 -180 120 -168 114 -134L104 -34C140 -70 182 -46 168 -8C150 36 122 76 104 104L98 150Q0 174 -100 150Z';
  const cuff = mitten
    ? 'M-112 140Q0 170 108 140L118 252Q0 284 -122 252Z'
    : 'M-104 140Q0 168 102 140L104 244Q0 272 -106 244Z';
  const one = (key: string): string => {
    const rows = mitten ? panelSeams('rows', 66, -220, 150, () => 130) : panelSeams('chevron', 58, -20, 150, () => 110);
    const inside = puffSeams(`${kit.id}q${key}`, rows, 60, kit.tone, mitten ? 'gloss' : 'matte', kit.random);
    const pad = mitten
      ? ''
      : `<path d="M-70 20Q0 -10 60 24L52 110Q0 130 -62 110Z" fill="${kit.accent.base}" fill-opacity=".6"/>`;
    const wrist = mitten
      ? fluff([-60, 246], 40, kit.accent.base, kit.random, 90) +
        fluff([0, 254], 42, kit.accent.base, kit.random, 90) +
        fluff([60, 246], 40, kit.accent.base, kit.random, 90)
      : '';
    return `${piece(kit, `p${key}`, palm, inside + pad, false)}${piece(kit, `c${key}`, cuff, mitten ? '' : ribs([-106, 138], [104, 138], 130, 26, 15, kit.tone), false)}${wrist}${mitten ? `<path d="M-100 168Q0 196 100 168" stroke="${kit.tone.ink}" stroke-width="12" fill="none" stroke-opacity=".6"/>` : ''}`;
  };
  return `<g transform="translate(610 480) rotate(13) scale(-1.02 1.02)">${one('b')}</g><g transform="translate(340 490) rotate(-9) scale(1.06)">${one('a')}</g>`;
}

function snood(kit: Kit): string {
  const tube =
    'M262 312C262 236 698 236 698 312C728 440 744 570 720 700C700 772 260 772 240 700C216 570 232 440 262 312Z';
  const folds = `<path d="M250 430Q480 520 712 420M240 540Q480 640 722 530M236 650Q480 740 724 640" fill="none" stroke="${kit.tone.deep}" stroke-opacity=".45" stroke-width="26"/><path d="M250 462Q480 552 712 452M240 572Q480 672 722 562" fill="none" stroke="${kit.tone.light}" stroke-opacity=".35" stroke-width="18"/>`;
  return `${piece(kit, 'a', tube, folds, true)}<ellipse cx="480" cy="306" rx="206" ry="44" fill="${kit.tone.lining}"/><ellipse cx="480" cy="306" rx="206" ry="44" fill="none" stroke="${kit.tone.base}" stroke-width="20"/><ellipse cx="480" cy="306" rx="206" ry="44" fill="none" stroke="${kit.tone.deep}" stroke-opacity=".5" stroke-width="18" stroke-dasharray="4 7"/>${label(590, 668)}`;
}

function slippers(kit: Kit): string {
  const upper = 'M-130 40C-136 -90 -96 -250 0 -256C96 -250 136 -90 130 40C120 66 -120 66 -130 40Z';
  const sole =
    'M-150 60C-160 -100 -116 -286 0 -290C116 -286 160 -100 150 60C164 190 120 300 0 302C-120 300 -164 190 -150 60Z';
  const one = (key: string): string => {
    const rows = panelSeams('rows', 62, -240, 60, () => 150);
    return `<path d="${sole}" fill="${mix(kit.tone.base, '#23201d', 0.6)}" transform="translate(0 10)"/><path d="${sole}" fill="${kit.accent.base}"/><path d="${sole}" fill="url(#${kit.id}h)"/>${fluff([0, 130], 118, kit.accent.base, kit.random, 300)}${piece(kit, `u${key}`, upper, puffSeams(`${kit.id}q${key}`, rows, 60, kit.tone, 'gloss', kit.random), false)}<path d="M-132 38C-110 66 110 66 132 38" fill="none" stroke="${kit.tone.deep}" stroke-width="14"/>${label(0, -110)}`;
  };
  return `<g transform="translate(316 490) rotate(-7) scale(1.02)">${one('a')}</g><g transform="translate(646 490) rotate(7) scale(1.02)">${one('b')}</g>`;
}

const DRAWERS: Record<AccessoryDesign['family'], (kit: Kit) => string> = {
  beanie,
  trapper,
  bucket,
  scarf,
  mittens: (kit) => hands(kit, true),
  gloves: (kit) => hands(kit, false),
  snood,
  slippers,
};

/** Draws a hat, scarf, pair of gloves or slippers on the 960 ground. */
export function drawAccessory(
  design: AccessoryDesign,
  hex: string,
  id: string,
): { svg: string; floor: number; spread: number } {
  const tone = toneOf(hex);
  const kit: Kit = { tone, accent: toneOf(design.accentHex), id, random: createRandom(seedOf(id)), design };
  const knit = ['beanie', 'scarf', 'snood'].includes(design.family);
  const texture = textureDefs(
    id,
    design.style === 'plain' && design.family === 'snood' ? 'fleece' : 'knit',
    design.style,
    tone,
  );
  const art = DRAWERS[design.family](kit);
  return {
    svg: `<defs>${clothDefs(id, tone)}${knit ? texture : ''}</defs>${art}`,
    floor: design.family === 'scarf' ? 850 : 800,
    spread: 290,
  };
}
