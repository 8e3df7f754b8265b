import type { GarmentDesign } from './design.js';
import { ease, line, mirror, num, type Point, sampleQuadratic } from './path.js';
import { isRowPattern, rowShape, rowStarts, type Seam } from './quilting.js';

/** The geometry of one garment, worked out once and used by every layer of its drawing. */
export interface Frame {
  half(y: number): number;
  bodyPath: string;
  sleeves: SleeveFrame[];
  hemY: number;
  /** Height the collar or hood adds above the shoulder line. */
  top: number;
}

export interface SleeveFrame {
  side: 1 | -1;
  path: string;
  cuffPath: string;
  seams: Seam[];
  cuffLine: Point[];
  /** A point in the middle of the upper arm, for badges. */
  arm: Point;
}

const TOPS: Record<GarmentDesign['collar'], number> = {
  stand: 62,
  funnel: 84,
  hood: 178,
  hoodDown: 92,
  lapel: 40,
  rib: 34,
  crew: 6,
  vneck: 8,
  turtle: 78,
};

function bumpOf(design: GarmentDesign, side: 1 | -1): (y: number) => number {
  const { pattern, width, puff } = design.quilt;
  const from = design.quilt.from ?? 40;
  const until = design.quilt.until ?? design.length;
  if (pattern === 'none' || pattern === 'columns' || puff === 0) return () => 0;
  const period = isRowPattern(pattern) ? width : width * 0.8;
  const shift = isRowPattern(pattern) ? rowShape(pattern, width)(side * 0.94) : 0;
  const first = isRowPattern(pattern) ? (rowStarts(pattern, width, from, until)[0] ?? 0) : from;
  return (y) => {
    if (y < from + shift || y > until || (design.sleeve !== null && y < 150)) return 0;
    const phase = (((y - first - shift) % period) + period) % period;
    return puff * Math.sqrt(Math.sin((Math.PI * phase) / period));
  };
}

function bodySide(design: GarmentDesign, half: (y: number) => number, side: 1 | -1, hemY: number): Point[] {
  const bump = bumpOf(design, side);
  const neck = 58 * (design.collarScale > 1 ? 1.1 : 1);
  const points: Point[] = [
    [neck, 0],
    [neck + (design.shoulder - neck) * 0.5, 9],
    [design.shoulder - 18, 20],
  ];
  for (let y = 32; y <= hemY; y += 5) points.push([half(y) + bump(y), y]);
  points.push([half(hemY), hemY]);
  return side === 1 ? points : mirror(points);
}

function sleeveFrame(design: GarmentDesign, side: 1 | -1): SleeveFrame {
  const spec = design.sleeve;
  if (spec === null) throw new Error('A vest has no sleeve');
  const from: Point = [design.shoulder - 42, 62];
  const control: Point = [design.shoulder + 34 + spec.spread * 0.5, 60 + spec.length * 0.42];
  const to: Point = [design.shoulder + 50 + spec.spread, 64 + spec.length];
  const count = Math.max(40, Math.round(spec.length / 5));
  const samples = sampleQuadratic(from, control, to, count);
  const gathered = spec.cuff === 'elastic' || spec.cuff === 'rib';
  const width = ease.bind(null, [
    [0, spec.width],
    [0.45, spec.width * 0.93],
    [0.86, spec.width * 0.8],
    [0.93, spec.width * (gathered ? 0.72 : 0.78)],
    [1, spec.width * (gathered ? 0.56 : 0.77)],
  ] as Point[]);
  const quilted = design.quilt.pattern !== 'none' && design.quilt.sleeves !== false;
  const step = Math.min(design.quilt.width, 84);
  const rows = Math.max(3, Math.round((spec.length * 0.95) / step));
  const outer: Point[] = [];
  const inner: Point[] = [];
  samples.forEach(({ at, along }, index) => {
    const t = index / count;
    const puff = quilted && t < 0.94 ? design.quilt.puff * 0.9 * Math.sqrt(Math.abs(Math.sin(Math.PI * rows * t))) : 0;
    const reach = width(t) + puff;
    outer.push([at[0] + along[1] * reach, at[1] - along[0] * reach]);
    inner.push([at[0] - along[1] * reach, at[1] + along[0] * reach]);
  });
  const cut = Math.round(count * 0.92);
  const place = (points: Point[]): Point[] => (side === 1 ? points : mirror(points));
  const head: Point = [design.shoulder - 30, 18];
  const seams: Seam[] = [];
  if (quilted) {
    for (let row = 1; row < rows; row++) {
      const index = Math.round((count * row) / rows);
      if (index > cut) break;
      const { along } = samples[index] as { along: Point };
      const [a, b] = [outer[index] as Point, inner[index] as Point];
      const slope = ['chevron', 'slant', 'diamond', 'peak'].includes(design.quilt.pattern) ? 20 : 0;
      seams.push(
        place(
          Array.from({ length: 8 }, (_, at) => {
            const u = at / 7;
            const sag = 8 * (1 - (2 * u - 1) ** 2) + slope * (u - 0.5);
            return [a[0] + (b[0] - a[0]) * u + along[0] * sag, a[1] + (b[1] - a[1]) * u + along[1] * sag] as const;
          }),
        ),
      );
    }
  }
  const arm = (samples[Math.round(count * 0.3)] as { at: Point }).at;
  return {
    side,
    path: line(place([head, ...outer, ...[...inner].reverse()]), true),
    cuffPath: line(place([...outer.slice(cut), ...[...inner.slice(cut)].reverse()]), true),
    seams,
    cuffLine: place([outer[cut] as Point, inner[cut] as Point]),
    arm: [arm[0] * side, arm[1]],
  };
}

export function frameOf(design: GarmentDesign): Frame {
  const waistY = Math.min(330, design.length * 0.56);
  const keys: Point[] = [
    [30, design.shoulder - (design.sleeve === null ? 0 : 7)],
    [92, design.shoulder - (design.sleeve === null ? -2 : 5)],
    [168, design.chest],
    [waistY, design.waist],
    [design.length, design.hem],
  ];
  const half = (y: number): number =>
    ease(keys, y) - (design.sleeve === null ? 24 * Math.exp(-(((y - 108) / 46) ** 2)) : 0);
  const drop = design.hemKind === 'curve' ? 52 : 0;
  const hemY = design.length - drop;
  const right = bodySide(design, half, 1, hemY);
  const left = bodySide(design, half, -1, hemY);
  const side = half(hemY);
  const sag = design.hemKind === 'curve' ? 0 : 12;
  const hem =
    design.hemKind === 'curve'
      ? `C${num(side - 12)} ${num(hemY + 30)} ${num(side * 0.62)} ${num(design.length)} ${num(side * 0.3)} ${num(design.length)}` +
        `L${num(-side * 0.3)} ${num(design.length)}C${num(-side * 0.62)} ${num(design.length)} ${num(-side + 12)} ${num(hemY + 30)} ${num(-side)} ${num(hemY)}`
      : `Q0 ${num(hemY + sag * 2)} ${num(-side)} ${num(hemY)}`;
  const lowered = design.collar === 'crew' ? 34 : design.collar === 'vneck' ? 0 : 24;
  const back = [...left].reverse();
  const neck = (back[back.length - 1] as Point)[0];
  const neckline = design.collar === 'vneck' ? `L0 120L${num(neck)} 0` : `Q0 ${num(lowered * 2)} ${num(-neck)} 0`;
  const bodyPath = `${line(right)}${hem}${line(back).replace('M', 'L')}${neckline}Z`;
  return {
    half,
    bodyPath,
    sleeves: design.sleeve === null ? [] : [sleeveFrame(design, -1), sleeveFrame(design, 1)],
    hemY,
    top: TOPS[design.collar] * design.collarScale,
  };
}
