import { useIsManager } from './use-is-manager';
import { useMe } from './use-me';

export interface UndoWords {
  /** For the sheet that asks for the reason. */
  hint: string;
  /** For a list that has nothing to undo yet. */
  note: string;
}

/** @param minutes the brand's; undefined until they are known, 0 when only the manager may undo */
export function undoWords(isManager: boolean, minutes: number | undefined): UndoWords {
  if (isManager) return { hint: '店长随时可以撤销，写下原因就好。', note: '做错了可以撤销' };
  if (minutes === undefined) return { hint: '写下原因就可以撤销。', note: '做错了可以撤销' };
  if (minutes === 0) return { hint: '撤销要由店长来做。', note: '要撤销请店长来' };
  return { hint: `${minutes} 分钟内你自己可以撤销，过后请店长来。`, note: `${minutes} 分钟内可以撤销` };
}

/** Who may undo what was done at the counter, and for how long, in the words of this guide. */
export const useUndoWords = (): UndoWords => undoWords(useIsManager(), useMe()?.undoMinutes);
