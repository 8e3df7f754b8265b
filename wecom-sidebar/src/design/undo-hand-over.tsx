import type { HandOver } from '../data/types';
import { useUndoHandOver } from '../data/use-hand-over';
import { Reverse } from './reverse';

interface Props {
  one: HandOver | null;
}

/** The way back of a hand-over while there is one. */
export function UndoHandOver({ one }: Props) {
  const undo = useUndoHandOver();
  if (!one?.canUndo) return null;
  return <Reverse run={(reason) => undo(one.id, reason)} onDone={() => undefined} />;
}
