import type { NextAction } from '../../data/types';
import { Button } from '../../design/button';

interface Props {
  actions: NextAction[];
  busyId: string | null;
  activeId: string | null;
  onTake: (action: NextAction) => void;
}

/** One to three next best actions: what, why, one button. */
export function NowActions({ actions, busyId, activeId, onTake }: Props) {
  if (actions.length === 0) return null;
  return (
    <section className="now" aria-label="现在可以做" data-testid="now-actions">
      <h2>现在</h2>
      <ul>
        {actions.slice(0, 3).map((action) => (
          <li key={action.id} className="row g12" data-testid="now-action" data-active={action.id === activeId}>
            <div className="grow">
              <p className="now-title">{action.title}</p>
              <p className="weak">{action.reason}</p>
            </div>
            <Button
              look={action.id === activeId ? 'soft' : 'calm'}
              isBusy={busyId === action.id}
              onClick={() => onTake(action)}
              data-testid="now-action-button"
            >
              {action.id === activeId ? '已备好' : action.buttonText}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
