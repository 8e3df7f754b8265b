import type { GarmentDesign, PocketKind } from './design.js';
import type { Frame } from './frame.js';
import { num } from './path.js';
import { mix, type Tone } from './tone.js';

function zipLine(x: number, from: number, to: number, tone: Tone, hex: string | null): string {
  const tape = hex ?? tone.ink;
  const metal = hex === null ? mix(tone.base, '#d7dbe0', 0.62) : mix(hex, '#ffffff', 0.35);
  return (
    `<path d="M${num(x)} ${num(from)}V${num(to)}" stroke="${tone.deep}" stroke-opacity=".55" stroke-width="15"/><path d="M${num(x)} ${num(from)}V${num(to)}" stroke="${tape}" stroke-width="9"/>` +
    `<path d="M${num(x)} ${num(from)}V${num(to)}" stroke="${metal}" stroke-width="4.6" stroke-dasharray="2.6 2.2"/>` +
    `<rect x="${num(x - 4.5)}" y="${num(from + 4)}" width="9" height="11" rx="2.5" fill="${metal}"/><rect x="${num(x - 3)}" y="${num(from + 14)}" width="6" height="23" rx="3" fill="${hex ?? mix(tone.ink, '#8c9199', 0.4)}" stroke="${tone.ink}" stroke-opacity=".4"/>`
  );
}

function studs(x: number, from: number, to: number, count: number, draw: (x: number, y: number) => string): string {
  return Array.from({ length: count }, (_, at) => draw(x, from + ((to - from) * at) / (count - 1))).join('');
}

/** The front opening, from the collar's top to the hem. */
export function drawClosure(design: GarmentDesign, frame: Frame, tone: Tone): string {
  const tall =
    { stand: -46, funnel: -66, hood: -8, hoodDown: -42, lapel: 46, rib: 4, crew: 40, vneck: 122, turtle: -50 }[
      design.collar
    ] * Math.max(design.collarScale, 1);
  const end = frame.hemY + (design.hemKind === 'curve' ? 50 : 10);
  const stitch = `stroke="${tone.ink}" stroke-opacity=".45" stroke-width="1.5" stroke-dasharray="5 3.4" fill="none"`;
  const strip = (left: number, right: number): string =>
    `<path d="M${left} ${num(tall + 4)}H${right}V${num(end)}H${left}Z" fill="${mix(tone.base, tone.light, 0.08)}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="1.8"/><path d="M${right} ${num(tall + 8)}V${num(end)}" stroke="${tone.deep}" stroke-opacity=".4" stroke-width="7" transform="translate(5 0)"/><path d="M${left + 6} ${num(tall + 10)}V${num(end - 4)}M${right - 6} ${num(tall + 10)}V${num(end - 4)}" ${stitch}/>`;
  const snap = (x: number, y: number): string =>
    `<circle cx="${x}" cy="${num(y + 1.5)}" r="8" fill="${tone.deep}" fill-opacity=".6"/><circle cx="${x}" cy="${num(y)}" r="7" fill="${mix(tone.ink, '#b9bcc2', 0.55)}"/><circle cx="${x - 1.5}" cy="${num(y - 1.5)}" r="3" fill="#fff" fill-opacity=".5"/>`;
  const button = (x: number, y: number): string =>
    `<circle cx="${x}" cy="${num(y + 2)}" r="11" fill="${tone.deep}" fill-opacity=".5"/><circle cx="${x}" cy="${num(y)}" r="10" fill="${design.zipHex ?? mix(tone.base, '#2a1c12', 0.6)}"/><circle cx="${x}" cy="${num(y)}" r="6.5" fill="none" stroke="#fff" stroke-opacity=".25"/><path d="M${x - 2.5} ${num(y)}h.1M${x + 2.5} ${num(y)}h.1" stroke="#fff" stroke-opacity=".6" stroke-width="2.4" stroke-linecap="round"/>`;
  switch (design.closure) {
    case 'zip':
      return zipLine(0, tall, end, tone, design.zipHex);
    case 'seal':
      return `<path d="M0 ${num(tall)}V${num(end)}" stroke="${tone.deep}" stroke-opacity=".5" stroke-width="9"/><path d="M0 ${num(tall)}V${num(end)}" stroke="${design.zipHex ?? tone.ink}" stroke-width="4.6"/><rect x="-3.5" y="${num(tall + 6)}" width="7" height="30" rx="3" fill="${design.zipHex ?? tone.ink}"/>`;
    case 'offset':
      return `${zipLine(34, tall + 8, end, tone, design.zipHex)}<path d="M52 ${num(tall + 14)}V${num(end)}" ${stitch}/>`;
    case 'flap':
      return `${strip(-20, 20)}${studs(0, tall + 32, end - 34, Math.max(4, Math.round((end - tall) / 120)), snap)}`;
    case 'hidden':
      return strip(-17, 17);
    case 'snaps':
      return `<path d="M0 ${num(tall)}V${num(end)}" stroke="${tone.ink}" stroke-opacity=".6" stroke-width="2"/>${studs(-9, tall + 22, end - 24, Math.max(5, Math.round((end - tall) / 84)), snap)}`;
    case 'buttons':
      return `<path d="M18 ${num(tall)}V${num(end)}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="2"/>${studs(0, tall + 24, end - 40, Math.max(4, Math.round((end - tall) / 105)), button)}`;
    case 'toggles':
      return `${strip(-22, 22)}${studs(0, tall + 60, end - 90, 4, (x, y) => `<path d="M${x - 52} ${num(y - 7)}H${x + 8}M${x - 52} ${num(y + 7)}H${x + 8}M${x + 52} ${num(y - 7)}H${x + 20}M${x + 52} ${num(y + 7)}H${x + 20}" stroke="#5a3d28" stroke-width="4"/><rect x="${x - 6}" y="${num(y - 22)}" width="13" height="44" rx="6" fill="#b98a57" stroke="#5a3d28" stroke-width="1.6"/>`)}`;
    case 'half':
      return zipLine(0, tall, 128, tone, design.zipHex);
    default:
      return '';
  }
}

function pocket(kind: PocketKind, side: 1 | -1, design: GarmentDesign, frame: Frame, tone: Tone): string {
  const tint = mix(tone.base, tone.light, tone.shadow > 1 ? 0.2 : 0.13);
  const edge = `stroke="${tone.ink}" stroke-opacity=".55" stroke-width="2"`;
  const y = Math.min(design.length * 0.62, design.length - 130, 372);
  const x = frame.half(y) * 0.55 * side;
  const shade = (d: string): string =>
    `<path d="${d}" fill="${tone.deep}" fill-opacity=".32" transform="translate(3 7)"/>`;
  const box = (w: number, h: number, at: number, lid: number): string => {
    const left = x - w / 2;
    const bag = `M${num(left)} ${num(at)}h${w}v${h - 14}q0 14 -14 14h${28 - w}q-14 0 -14 -14Z`;
    const flap = lid === 0 ? '' : `M${num(left - 4)} ${num(at - 6)}h${w + 8}v${lid - 8}q0 8 -8 8h${8 - w}q-8 0 -8 -8Z`;
    return (
      `${shade(bag)}<path d="${bag}" fill="${tint}" ${edge}/>` +
      (lid === 0
        ? `<path d="M${num(left)} ${num(at + 17)}h${w}" stroke="${tone.ink}" stroke-opacity=".4" stroke-width="1.6" stroke-dasharray="5 3"/>`
        : `${shade(flap)}<path d="${flap}" fill="${mix(tone.base, tone.light, tone.shadow > 1 ? 0.27 : 0.2)}" ${edge}/><circle cx="${num(x)}" cy="${num(at + lid - 20)}" r="6" fill="${mix(tone.ink, '#b9bcc2', 0.5)}"/>`)
    );
  };
  switch (kind) {
    case 'welt':
      return `<g transform="translate(${num(x)} ${num(y)}) rotate(${16 * side})"><rect x="-10" y="-52" width="22" height="108" rx="6" fill="${tone.deep}" fill-opacity=".4"/><rect x="-10" y="-54" width="20" height="106" rx="6" fill="${tint}" ${edge}/><path d="M${-5 * side} -46V46" stroke="${tone.ink}" stroke-opacity=".4" stroke-width="1.5" stroke-dasharray="5 3"/></g>`;
    case 'zip':
      return `<g transform="translate(${num(x)} ${num(y)}) rotate(${13 * side})">${zipLine(0, -56, 56, tone, design.zipHex)}</g>`;
    case 'flap':
      return box(104, 30, y - 6, 44);
    case 'patch':
      return box(112, 118, y - 30, 0);
    case 'cargo':
      return box(112, 112, y - 20, 48);
    case 'kangaroo':
      return side === 1
        ? `<path d="M-82 ${num(y - 70)}H82L128 ${num(y + 24)}V${num(y + 88)}H-128V${num(y + 24)}Z" fill="${tint}" ${edge}/><path d="M82 ${num(y - 70)}L128 ${num(y + 24)}M-82 ${num(y - 70)}L-128 ${num(y + 24)}" stroke="${tone.ink}" stroke-opacity=".6" stroke-width="7"/>`
        : '';
    case 'chest':
      return side === 1
        ? `<g transform="translate(${num(frame.half(150) * 0.52)} 150) rotate(90)">${zipLine(0, -42, 42, tone, design.zipHex)}</g>`
        : '';
    default:
      return side === 1
        ? `<path d="M${num(frame.half(150) * 0.32)} 118h72v66q0 10 -10 10h-52q-10 0 -10 -10Z" fill="${tint}" ${edge}/><path d="M${num(frame.half(150) * 0.32)} 118h72v16h-72z" fill="${tone.deep}" fill-opacity=".5"/>`
        : '';
  }
}

export function drawPockets(design: GarmentDesign, frame: Frame, tone: Tone): string {
  return design.pockets
    .map((kind) => ([-1, 1] as const).map((side) => pocket(kind, side, design, frame, tone)).join(''))
    .join('');
}

function ribBand(frame: Frame, tone: Tone, height: number): string {
  const y = frame.hemY;
  const half = frame.half(y);
  const top = y - height;
  const band = `M${num(-half - 3)} ${num(top)}Q0 ${num(top + 22)} ${num(half + 3)} ${num(top)}L${num(half - 8)} ${num(y)}Q0 ${num(y + 24)} ${num(-half + 8)} ${num(y)}Z`;
  const lines = Array.from({ length: 35 }, (_, at) => {
    const u = (at - 17) / 17.6;
    return `M${num(u * half)} ${num(top + 11 * (1 - u * u))}L${num(u * (half - 7))} ${num(y + 12 * (1 - u * u))}`;
  }).join('');
  return `<path d="${band}" fill="${mix(tone.base, tone.deep, 0.22)}"/><path d="${lines}" stroke="${tone.deep}" stroke-width="3.4" stroke-opacity=".5"/><path d="${lines}" stroke="${tone.light}" stroke-width="1.4" stroke-opacity=".3" transform="translate(3 0)"/><path d="${band}" fill="none" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="1.8"/>`;
}

/** The hem and what belongs to it: rib, drawcord, side slits. */
export function drawGirdle(design: GarmentDesign, frame: Frame, tone: Tone): string {
  const parts: string[] = [];
  const across = (y: number, sag: number): string =>
    `M${num(-frame.half(y) - 6)} ${num(y)}Q0 ${num(y + sag)} ${num(frame.half(y) + 6)} ${num(y)}`;
  if (design.hemKind === 'rib') parts.push(ribBand(frame, tone, design.finish === 'knit' ? 50 : 44));
  else if (design.hemKind !== 'curve') {
    parts.push(
      `<path d="${across(design.length - 15, 26)}" fill="none" stroke="${tone.ink}" stroke-opacity=".42" stroke-width="1.6" stroke-dasharray="5 3.2"/>`,
    );
  }
  if (design.hemKind === 'cord') {
    for (const side of [-1, 1]) {
      const x = frame.half(design.length) * 0.8 * side;
      parts.push(
        `<path d="M${num(x)} ${num(design.length - 4)}q${8 * side} 30 ${2 * side} 52" fill="none" stroke="${tone.ink}" stroke-width="3.6"/><rect x="${num(x - 4)}" y="${num(design.length + 10)}" width="12" height="17" rx="4" fill="${tone.ink}"/>`,
      );
    }
  }
  if (design.hemKind === 'slit') {
    for (const side of [-1, 1]) {
      const x = frame.half(design.length - 60) * 0.84 * side;
      parts.push(
        `<path d="M${num(x)} ${num(design.length - 150)}V${num(design.length + 4)}" stroke="${tone.ink}" stroke-opacity=".75" stroke-width="3"/><circle cx="${num(x)}" cy="${num(design.length - 134)}" r="6" fill="${mix(tone.ink, '#b9bcc2', 0.5)}"/>`,
      );
    }
  }
  return parts.join('');
}

/** Belts and waist seams, worn over the front opening. */
export function drawBelt(design: GarmentDesign, frame: Frame, tone: Tone): string {
  if (design.belt === null) return '';
  const parts: string[] = [];
  const across = (y: number, sag: number): string =>
    `M${num(-frame.half(y) - 6)} ${num(y)}Q0 ${num(y + sag)} ${num(frame.half(y) + 6)} ${num(y)}`;
  const waist = Math.min(290, design.length * 0.5);
  if (design.belt === 'seam') {
    parts.push(
      `<path d="${across(waist, 22)}" fill="none" stroke="${tone.deep}" stroke-opacity=".5" stroke-width="12"/><path d="${across(waist, 22)}" fill="none" stroke="${tone.ink}" stroke-opacity=".7" stroke-width="2.4"/>`,
    );
    for (const side of [-1, 1])
      parts.push(
        `<path d="M${58 * side} ${num(waist + 10)}q${16 * side} 36 ${4 * side} 78" fill="none" stroke="${tone.ink}" stroke-width="3.4"/>`,
      );
  } else {
    const strap = tone.shadow > 1 ? mix(tone.base, tone.light, 0.14) : mix(tone.base, tone.deep, 0.3);
    parts.push(
      `<path d="${across(waist + 6, 22)}" fill="none" stroke="${tone.deep}" stroke-opacity=".5" stroke-width="44"/><path d="${across(waist, 22)}" fill="none" stroke="${strap}" stroke-width="38"/><path d="${across(waist - 6, 22)}" fill="none" stroke="${tone.light}" stroke-opacity=".25" stroke-width="8"/>`,
    );
    const y = waist + 11;
    parts.push(
      design.belt === 'buckle'
        ? `<rect x="-34" y="${num(y - 27)}" width="68" height="54" rx="8" fill="none" stroke="${mix(tone.ink, '#c9b48a', 0.6)}" stroke-width="8"/><path d="M-8 ${num(y)}H34" stroke="${mix(tone.ink, '#c9b48a', 0.6)}" stroke-width="6"/>`
        : `<path d="M-4 ${num(y)}C-40 ${num(y + 40)} -46 ${num(y + 92)} -52 ${num(y + 138)}l34 6C-12 ${num(y + 96)} 2 ${num(y + 50)} 8 ${num(y)}Z" fill="${strap}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="1.8"/><path d="M0 ${num(y)}C28 ${num(y + 36)} 34 ${num(y + 74)} 44 ${num(y + 112)}l30 -10C62 ${num(y + 66)} 44 ${num(y + 28)} 12 ${num(y - 6)}Z" fill="${strap}" stroke="${tone.ink}" stroke-opacity=".5" stroke-width="1.8"/><rect x="-20" y="${num(y - 22)}" width="42" height="44" rx="13" fill="${mix(strap, tone.light, 0.12)}" stroke="${tone.ink}" stroke-opacity=".55" stroke-width="1.8"/>`,
    );
  }
  return parts.join('');
}

/** The brand's small peak, embroidered on the chest or an arm, and reflective tape when the design carries it. */
export function drawBadge(design: GarmentDesign, frame: Frame, tone: Tone): string {
  const parts: string[] = [];
  const thread = tone.shadow < 1 ? mix(tone.base, '#26333d', 0.85) : mix(tone.base, '#ffffff', 0.86);
  const mark = (x: number, y: number, scale: number): string =>
    `<path transform="translate(${num(x)} ${num(y)}) scale(${scale})" d="M-15 9L-5 -7L0 0L5 -10L16 9Z M-5 -7L-8 -2L-4 0Z" fill="${thread}"/>`;
  if (design.badge === 'chest') parts.push(mark(-frame.half(130) * 0.52, 128, 1.05));
  const arm = frame.sleeves[1]?.arm;
  if (design.badge === 'sleeve' && arm !== undefined) {
    parts.push(
      `<g transform="rotate(-8 ${num(arm[0])} ${num(arm[1])})"><rect x="${num(arm[0] - 21)}" y="${num(arm[1] - 24)}" width="42" height="48" rx="8" fill="${mix(tone.base, '#11161f', 0.5)}" stroke="#fff" stroke-opacity=".25"/>${mark(arm[0], arm[1] + 2, 1).replace(thread, '#f2efe8')}</g>`,
    );
  }
  if (design.reflective) {
    for (const y of [design.length * 0.54]) {
      parts.push(
        `<path d="M${num(-frame.half(y) - 4)} ${num(y)}Q0 ${num(y + 20)} ${num(frame.half(y) + 4)} ${num(y)}" fill="none" stroke="#e6ebe9" stroke-opacity=".92" stroke-width="13"/><path d="M${num(-frame.half(y) - 4)} ${num(y)}Q0 ${num(y + 20)} ${num(frame.half(y) + 4)} ${num(y)}" fill="none" stroke="#aeb8b8" stroke-width="2" stroke-dasharray="8 4"/>`,
      );
    }
  }
  return parts.join('');
}
