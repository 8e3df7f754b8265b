import type { PackItem } from '../data/types';

type State = PackItem['state'];

/** Still to be sent by the guide. */
export const isOpenItem = (state: State): boolean => state === 'WAITING' || state === 'SEEN';

/** The colour says how far it got: grey waiting, green answered, warm ordered. */
export function stateLook(state: State): string {
  if (state === 'ORDERED') return 'chip chip-warm';
  if (state === 'OPENED' || state === 'SENT') return 'chip chip-good';
  return state === 'BLOCKED' ? 'chip chip-amber' : 'chip';
}
