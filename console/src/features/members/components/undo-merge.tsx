import { useRef } from 'react';
import { api, newKey } from '../../../lib/api';
import { ReasonButton } from '../../../ui/reason-button';
import { type Merge, useRefreshPeople } from '../api';

/** Takes a merge back: everything returns to whose it was. Says beforehand what comes back, or why it cannot now. */
export function UndoMerge({ merge, isMain = false }: { merge: Merge; isMain?: boolean }) {
  const refresh = useRefreshPeople();
  const key = useRef(newKey());
  if (!merge.canUndo) return <span className="muted small">{merge.undoText}</span>;
  return (
    <ReasonButton
      danger
      size={isMain ? 'middle' : 'small'}
      title={`把「${merge.from.nickname}」从「${merge.into.nickname}」拆回来？`}
      description={merge.undoText}
      okText="拆回来"
      run={(reason) =>
        refresh(
          api.console.undoMerge({ params: { id: merge.id }, body: { reason }, idempotencyKey: key.current }),
        ).then(() => {
          key.current = newKey();
        })
      }
      testId="merge-undo"
    >
      拆回来
    </ReasonButton>
  );
}
