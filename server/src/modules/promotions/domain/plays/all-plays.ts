import type { PlayKind, PlayView } from '@shuke/shared/contracts';
import type { Play } from '../play.js';
import { addOn } from './add-on.js';
import { bargain } from './bargain.js';
import { bundle } from './bundle.js';
import { fullReduction } from './full-reduction.js';
import { groupBuy } from './group-buy.js';
import { limitedDiscount } from './limited-discount.js';
import { nForX } from './n-for-x.js';
import { newMember } from './new-member.js';
import { presale } from './presale.js';
import { seckill } from './seckill.js';

/** Every play takes the terms that its own form has checked, and nobody else's. */
const list = [
  fullReduction,
  nForX,
  limitedDiscount,
  seckill,
  groupBuy,
  bargain,
  presale,
  bundle,
  addOn,
  newMember,
] as unknown as Play[];

const byKind = new Map(list.map((play) => [play.kind, play]));

/** The play of a kind. */
export function playOf(kind: PlayKind): Play {
  const play = byKind.get(kind);
  if (!play) throw new Error(`no play ${kind}`);
  return play;
}

/** The plays as the console renders them. */
export const playViews = (): PlayView[] =>
  list.map(({ kind, label, summary, hasScope, fields, states, notes }) => ({
    kind,
    label,
    summary,
    hasScope,
    fields: [...fields],
    states: states.map((one) => ({ ...one, next: [...one.next] })),
    notes: [...notes],
  }));

/** Plays whose orders are begun elsewhere: a group, a bargain, a presale. */
export const ACTIVITY_KINDS: ReadonlySet<PlayKind> = new Set(['GROUP_BUY', 'BARGAIN', 'PRESALE']);
