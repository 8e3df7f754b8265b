import { countText } from '../../../lib/money';
import type { Task } from '../../../lib/types';
import { funnelOf } from '../model';

/** The effect as five bars with their rates; small in lists, larger on the task's own page. */
export function Funnel({ effect, isLarge = false }: { effect: Task['effect']; isLarge?: boolean }) {
  const steps = funnelOf(effect);
  if (!isLarge)
    return (
      <div className="funnel-small" data-testid="funnel">
        {steps.map((step) => (
          <div key={step.name}>
            <div className="muted small">{step.name}</div>
            <div className="num">{countText(step.count)}</div>
            <div className="small muted num">{step.rate ?? ' '}</div>
          </div>
        ))}
      </div>
    );
  return (
    <div className="stack tight" data-testid="funnel">
      {steps.map((step) => (
        <div key={step.name} className="row">
          <span style={{ width: 40 }}>{step.name}</span>
          <div className="grow" style={{ background: '#edf1f2', borderRadius: 4, height: 20 }} aria-hidden="true">
            <div
              style={{
                width: `${step.width}%`,
                height: 20,
                borderRadius: 4,
                background: 'var(--brand)',
                minWidth: step.count > 0 ? 2 : 0,
              }}
            />
          </div>
          <b className="num" style={{ width: 64, textAlign: 'right' }}>
            {countText(step.count)}
          </b>
          <span className="muted small num" style={{ width: 96 }}>
            {step.rate ? `上一步的 ${step.rate}` : ''}
          </span>
        </div>
      ))}
    </div>
  );
}
