import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Slot } from '../../../platform/slots/slot.js';
import type { HandOver, HandOverKind } from '../persistence/hand-over.store.js';

/**
 * Takes what was handed over back into waiting, in the transaction that notes it. It locks its own row and refuses when
 * something stands on the hand-over.
 */
export type UndoWay = (tx: Tx, handed: HandOver, reason: string) => Promise<void>;

const ways: Readonly<Record<HandOverKind, Slot<UndoWay>>> = {
  ORDER: new Slot<UndoWay>('hand-overs.undo an order'),
  EXCHANGE: new Slot<UndoWay>('hand-overs.undo an exchange'),
};

/** How each kind is undone is known to the module that hands it over. */
export const UndoWays = {
  register: (kind: HandOverKind, way: UndoWay): void => ways[kind].fill(way),
  of: (kind: HandOverKind): UndoWay => ways[kind].get(),
};
