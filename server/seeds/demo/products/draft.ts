import type { ColourCode } from '../palette.js';
import type { Design } from '../pictures/design.js';

export type CategoryCode = 'long-down' | 'short-down' | 'light-down' | 'vest' | 'kids' | 'shell' | 'knit' | 'accessory';

/** What a person writes about a product; everything countable is derived from it. */
export interface ProductDraft {
  code: string;
  name: string;
  subtitle: string;
  /** Three or four sentences, each with a fact in it. */
  description: string;
  /** List price in whole yuan; the finished product carries fen. */
  yuan: number;
  colours: ColourCode[];
  /** 充绒量 in grams at the middle size and 蓬松度 in FP; null for what has no down. */
  down: [grams: number, fillPower: number, kind: '白鹅绒' | '灰鹅绒' | '白鸭绒' | '灰鸭绒'] | null;
  fabric: string;
  warmth: string;
  points: string[];
  /** One sentence a guide may send as it is. */
  words: string;
  design: Design;
}
