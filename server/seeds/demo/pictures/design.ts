/** How the cloth is quilted. `rows` patterns run across, the others cover the panel. */
export type QuiltPattern =
  | 'rows'
  | 'chevron'
  | 'peak'
  | 'wave'
  | 'arc'
  | 'slant'
  | 'brick'
  | 'diamond'
  | 'columns'
  | 'onion'
  | 'sparse'
  | 'none';

export type Finish = 'matte' | 'satin' | 'gloss' | 'shell' | 'knit' | 'fleece';
export type CollarKind = 'stand' | 'funnel' | 'hood' | 'hoodDown' | 'lapel' | 'rib' | 'crew' | 'vneck' | 'turtle';
export type ClosureKind =
  | 'zip'
  | 'seal'
  | 'flap'
  | 'hidden'
  | 'snaps'
  | 'buttons'
  | 'toggles'
  | 'offset'
  | 'half'
  | 'none';
export type PocketKind = 'welt' | 'zip' | 'flap' | 'patch' | 'cargo' | 'kangaroo' | 'chest' | 'pen';
export type HemKind = 'plain' | 'rib' | 'cord' | 'curve' | 'slit';
export type KnitKind = 'plain' | 'rib' | 'cable' | 'fairisle' | 'chunky' | 'stripe';
export type PrintKind = 'snow' | 'peaks' | 'dots' | 'check' | 'stars';

/** Everything that makes one garment look like itself; lengths are drawing units (shoulder to hem of a short coat is about 430). */
export interface GarmentDesign {
  family: 'garment';
  length: number;
  shoulder: number;
  chest: number;
  waist: number;
  hem: number;
  sleeve: { length: number; width: number; cuff: 'elastic' | 'rib' | 'tab' | 'plain' | 'fold'; spread: number } | null;
  quilt: { pattern: QuiltPattern; width: number; puff: number; from?: number; until?: number; sleeves?: boolean };
  finish: Finish;
  collar: CollarKind;
  collarScale: number;
  fur: string | null;
  ears: 'bear' | 'bunny' | null;
  closure: ClosureKind;
  zipHex: string | null;
  pockets: PocketKind[];
  hemKind: HemKind;
  belt: 'tie' | 'buckle' | 'seam' | null;
  block: { part: 'yoke' | 'sleeves' | 'lower' | 'side' | 'hood'; hex: string | 'deep' | 'light' }[];
  print: PrintKind | null;
  knit: KnitKind;
  badge: 'chest' | 'sleeve' | 'none';
  reflective: boolean;
}

export interface AccessoryDesign {
  family: 'beanie' | 'trapper' | 'bucket' | 'scarf' | 'mittens' | 'gloves' | 'snood' | 'slippers';
  accentHex: string;
  style: KnitKind;
}

export type Design = GarmentDesign | AccessoryDesign;

/** A plain short coat; each product says only what is different about it. */
export function garment(own: Partial<Omit<GarmentDesign, 'family'>>): GarmentDesign {
  return {
    family: 'garment',
    length: 430,
    shoulder: 142,
    chest: 168,
    waist: 164,
    hem: 168,
    sleeve: { length: 400, width: 62, cuff: 'elastic', spread: 0 },
    quilt: { pattern: 'rows', width: 54, puff: 6 },
    finish: 'satin',
    collar: 'stand',
    collarScale: 1,
    fur: null,
    ears: null,
    closure: 'zip',
    zipHex: null,
    pockets: ['welt'],
    hemKind: 'plain',
    belt: null,
    block: [],
    print: null,
    knit: 'plain',
    badge: 'chest',
    reflective: false,
    ...own,
  };
}
