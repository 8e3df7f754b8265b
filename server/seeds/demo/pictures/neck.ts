import type { Random } from '../random.js';
import type { GarmentDesign } from './design.js';
import { num, type Point, smooth } from './path.js';
import { puffSeams } from './quilting.js';
import { mix, type Tone, toneOf } from './tone.js';

/** A label sewn into the back of the neck, seen inside the opening. */
function neckLabel(y: number): string {
  return `<rect x="-17" y="${num(y)}" width="34" height="15" rx="2" fill="#f3efe6"/><path d="M-8 ${num(y + 11)}l5 -6l3 3.4l3 -5l5 7.6z" fill="#2c4f4a"/>`;
}

function furRing(points: readonly Point[], centre: Point, hex: string, random: Random): string {
  const layers: [string, number, number][] = [
    [mix(hex, '#4a3420', 0.5), 44, 5],
    [mix(hex, '#2a1b10', 0.22), 37, 4.2],
    [hex, 30, 3.6],
    [mix(hex, '#ffffff', 0.4), 22, 2.6],
  ];
  return layers
    .map(([stroke, reach, width]) => {
      let text = '';
      for (const [x, y] of points) {
        for (let copy = 0; copy < 3; copy++) {
          const dx = x - centre[0];
          const dy = y - centre[1];
          const size = Math.hypot(dx, dy) || 1;
          const turn = random.between(-0.5, 0.5);
          const long = reach * random.between(0.7, 1.12);
          const out: Point = [
            (dx / size) * Math.cos(turn) - (dy / size) * Math.sin(turn),
            (dx / size) * Math.sin(turn) + (dy / size) * Math.cos(turn),
          ];
          const startX = x + random.between(-5, 5) - (dx / size) * 9;
          const startY = y + random.between(-5, 5) - (dy / size) * 9;
          text += `M${num(startX)} ${num(startY)}q${num(out[0] * long * 0.5 + turn * 9)} ${num(out[1] * long * 0.5)} ${num(out[0] * long)} ${num(out[1] * long + 4)}`;
        }
      }
      return `<path d="${text}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-opacity=".9"/>`;
    })
    .join('');
}

function ears(design: GarmentDesign, tone: Tone): string {
  if (design.ears === null) return '';
  const inner = mix(tone.base, '#f2c9b8', 0.7);
  return [-1, 1]
    .map((side) =>
      design.ears === 'bear'
        ? `<circle cx="${68 * side}" cy="-152" r="30" fill="${tone.base}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/><circle cx="${68 * side}" cy="-150" r="17" fill="${inner}"/>`
        : `<g transform="translate(${44 * side} -160) rotate(${14 * side})"><ellipse cy="-34" rx="22" ry="56" fill="${tone.base}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/><ellipse cy="-32" rx="11" ry="40" fill="${inner}"/></g>`,
    )
    .join('');
}

function hood(design: GarmentDesign, tone: Tone, id: string, random: Random): string {
  const shell = design.finish === 'shell';
  const dome = shell
    ? 'M-82 20C-112 -24 -116 -112 -84 -150C-58 -182 58 -182 84 -150C116 -112 112 -24 82 20Q0 62 -82 20Z'
    : 'M-84 22C-122 -20 -128 -112 -92 -150C-60 -186 60 -186 92 -150C128 -112 122 -20 84 22Q0 64 -84 22Z';
  const opening: Point[] = Array.from({ length: 36 }, (_, at) => {
    const angle = (Math.PI * 2 * at) / 36 - Math.PI / 2;
    const narrow = Math.sin(angle) > 0 ? 1 - 0.34 * Math.sin(angle) ** 2 : 1;
    return [
      Math.cos(angle) * (shell ? 64 : 66) * narrow,
      -74 + Math.sin(angle) * (Math.sin(angle) > 0 ? 64 : 70),
    ] as const;
  });
  const hole = smooth(opening, true);
  const lining = tone.lining;
  const seams = [
    [-1, 1].map((side) => [-0.1, 0.35, 0.7, 1].map((t): Point => [side * (112 - 40 * t * t), 12 - t * 178])),
  ].flat();
  const rows =
    design.quilt.pattern === 'none' || shell
      ? seams
      : [
          ...seams,
          ...[-118, -62, -8].map((y) => [-1.1, -0.6, 0, 0.6, 1.1].map((u): Point => [u * 112, y - 22 * (1 - u * u)])),
        ];
  const brim = shell
    ? `<path d="M-66 -104C-58 -160 58 -160 66 -104C44 -136 -44 -136 -66 -104Z" fill="${mix(tone.base, '#000000', 0.12)}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="1.6"/>`
    : '';
  const fur =
    design.fur === null
      ? ''
      : furRing(
          opening.filter(([, y]) => y < -26),
          [0, -74],
          design.fur,
          random,
        );
  return (
    `${ears(design, tone)}<clipPath id="${id}hc"><path d="${dome}"/></clipPath><path d="${dome}" fill="${tone.base}"/>` +
    `<g clip-path="url(#${id}hc)">${puffSeams(`${id}hs`, rows, 56, tone, design.finish, random)}</g>` +
    `<path d="${dome}" fill="url(#${id}v)"/><path d="${dome}" fill="url(#${id}h)"/><path d="${dome}" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/>` +
    `<path d="${hole}" fill="${lining}"/><path d="${hole}" fill="url(#${id}in)"/>${neckLabel(-98)}` +
    `<path d="${hole}" fill="none" stroke="${tone.ink}" stroke-opacity=".6" stroke-width="3"/><path d="${hole}" fill="none" stroke="${tone.light}" stroke-opacity=".35" stroke-width="9" transform="translate(0 -74) scale(1.1) translate(0 74)"/>${brim}${fur}` +
    (design.fur === null
      ? [-1, 1]
          .map(
            (side) =>
              `<path d="M${38 * side} -18q${3 * side} 34 ${-2 * side} 74" fill="none" stroke="${tone.ink}" stroke-width="3"/><rect x="${36 * side - 4}" y="52" width="8" height="15" rx="3" fill="${tone.ink}"/>`,
          )
          .join('')
      : '')
  );
}

function standing(design: GarmentDesign, tone: Tone, id: string, random: Random): string {
  const tall = design.collar === 'funnel' ? 84 : design.collar === 'turtle' ? 76 : design.collar === 'rib' ? 32 : 60;
  const wide = design.collar === 'funnel' ? 72 : design.collar === 'turtle' ? 50 : 58;
  const body = `M-66 6C-64 ${num(-tall * 0.4)} ${-wide} ${num(-tall * 0.7)} ${-wide} ${-tall}Q0 ${num(-tall + 26)} ${wide} ${-tall}C${wide} ${num(-tall * 0.7)} 64 ${num(-tall * 0.4)} 66 6Q0 52 -66 6Z`;
  const ribs = design.collar === 'rib' || design.collar === 'turtle';
  const lines = Array.from({ length: ribs ? 19 : 0 }, (_, at) => {
    const u = (at - 9) / 9.5;
    return `M${num(u * 64)} ${num(28 - 22 * u * u)}L${num(u * wide)} ${num(-tall + 13 - 13 * u * u)}`;
  }).join('');
  const rows =
    ribs || design.quilt.pattern === 'none'
      ? []
      : (design.collar === 'funnel' ? [-50, -12] : [-22]).map((y) =>
          [-1, -0.5, 0, 0.5, 1].map((u): Point => [u * 70, y + 16 * (1 - u * u)]),
        );
  const fold =
    design.collar === 'turtle'
      ? `<path d="M-62 -22Q0 14 62 -22" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2.4"/>`
      : '';
  return (
    `<ellipse cy="${-tall}" rx="${wide}" ry="17" fill="${tone.lining}"/><ellipse cy="${-tall}" rx="${wide}" ry="17" fill="url(#${id}in)"/>${tall > 50 && design.finish !== 'knit' ? neckLabel(-tall - 4) : ''}` +
    `<clipPath id="${id}cc"><path d="${body}"/></clipPath><path d="${body}" fill="${tone.base}"/><g clip-path="url(#${id}cc)">${puffSeams(`${id}cs`, rows, 40, tone, design.finish, random)}` +
    `<path d="${lines}" stroke="${tone.deep}" stroke-width="3" stroke-opacity=".5"/></g><path d="${body}" fill="url(#${id}v)"/>${fold}<path d="${body}" fill="none" stroke="${tone.ink}" stroke-opacity=".55" stroke-width="2"/>`
  );
}

function lapel(tone: Tone, id: string): string {
  const leaf = (side: number): string =>
    `<path d="M0 44C${-8 * side} 20 ${-30 * side} -8 ${-54 * side} -34C${-74 * side} -26 ${-92 * side} 2 ${-98 * side} 34L${-52 * side} 76Z" fill="${mix(tone.base, '#ffffff', 0.07)}" stroke="${tone.ink}" stroke-opacity=".55" stroke-width="2"/>` +
    `<path d="M${-8 * side} 44C${-20 * side} 24 ${-34 * side} 4 ${-54 * side} -20C${-68 * side} -10 ${-82 * side} 10 ${-88 * side} 31L${-52 * side} 66Z" fill="none" stroke="${tone.ink}" stroke-opacity=".35" stroke-width="1.6" stroke-dasharray="5 3"/>`;
  return `<path d="M-58 -32Q0 -62 58 -32Q30 16 0 44Q-30 16 -58 -32Z" fill="${tone.lining}"/><path d="M-58 -32Q0 -62 58 -32Q30 16 0 44Q-30 16 -58 -32Z" fill="url(#${id}in)"/>${neckLabel(-34)}${leaf(1)}${leaf(-1)}`;
}

function band(design: GarmentDesign, tone: Tone, id: string): string {
  const crew = design.collar === 'crew';
  const hole = crew ? 'M-58 -2Q0 -26 58 -2Q0 70 -58 -2Z' : 'M-58 -2Q0 -26 58 -2L0 120Z';
  const edge = crew ? 'M-58 -2Q0 70 58 -2' : 'M-58 -2L0 120L58 -2';
  return (
    `<path d="${hole}" fill="${tone.lining}"/><path d="${hole}" fill="url(#${id}in)"/><path d="M-58 -2Q0 -26 58 -2" fill="none" stroke="${tone.base}" stroke-width="9"/>${neckLabel(2)}` +
    `<path d="${edge}" fill="none" stroke="${tone.deep}" stroke-width="21" stroke-linejoin="round"/><path d="${edge}" fill="none" stroke="${mix(tone.base, tone.deep, 0.12)}" stroke-width="18" stroke-linejoin="round"/><path d="${edge}" fill="none" stroke="${tone.deep}" stroke-opacity=".6" stroke-width="16" stroke-dasharray="2.4 5"/>`
  );
}

function restingHood(design: GarmentDesign, tone: Tone, id: string, random: Random): string {
  const back = 'M-96 22C-128 -26 -92 -84 0 -90C92 -84 128 -26 96 22C60 -26 -60 -26 -96 22Z';
  return `<path d="${back}" fill="${tone.base}"/><path d="${back}" fill="url(#${id}v)"/><path d="M-86 -6C-84 -50 -40 -72 0 -74C40 -72 84 -50 86 -6C60 -44 -60 -44 -86 -6Z" fill="${tone.lining}" fill-opacity=".85"/><path d="${back}" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/>${standing({ ...design, collar: 'stand' }, tone, id, random)}`;
}

/** Draws what sits on the neckline: collar, hood, knit band; scaled around the neck point. */
export function drawNeck(design: GarmentDesign, base: Tone, id: string, random: Random): string {
  const own = design.block.find((block) => block.part === 'hood')?.hex;
  const tone =
    own === undefined
      ? base
      : toneOf(
          own === 'deep' ? mix(base.base, '#11161f', 0.45) : own === 'light' ? mix(base.base, '#ffffff', 0.5) : own,
        );
  const draw = (): string => {
    switch (design.collar) {
      case 'hood':
        return hood(design, tone, id, random);
      case 'hoodDown':
        return restingHood(design, tone, id, random);
      case 'lapel':
        return lapel(tone, id);
      case 'crew':
      case 'vneck':
        return band(design, tone, id);
      default:
        return standing(design, tone, id, random);
    }
  };
  return design.collarScale === 1 ? draw() : `<g transform="scale(${design.collarScale})">${draw()}</g>`;
}
