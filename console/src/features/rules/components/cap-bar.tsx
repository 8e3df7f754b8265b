import { percentText } from '../../../lib/money';
import type { RuleCheck } from '../../../lib/types';
import { checkView } from '../model';

/** The worst case against the channel's cap: a bar with the cap marked, and the verdict in words. */
export function CapBar({ check }: { check: RuleCheck }) {
  const view = checkView(check);
  const at = (bp: number) => `${(bp / view.scaleBp) * 100}%`;
  const colour = view.tone === 'good' ? 'var(--brand)' : 'var(--red)';
  return (
    <div data-testid="cap-bar">
      <div style={{ position: 'relative', paddingTop: 24 }}>
        <div
          className="small muted num"
          style={{ position: 'absolute', top: 0, left: at(check.capBp), transform: 'translateX(-50%)' }}
        >
          上限 {percentText(check.capBp)}
        </div>
        <div
          role="img"
          aria-label={view.title}
          style={{ height: 14, borderRadius: 4, background: '#e9eff0', overflow: 'hidden' }}
        >
          <div style={{ height: '100%', width: at(check.worstCaseBp), background: colour }} />
        </div>
        <div
          aria-hidden
          style={{
            position: 'absolute',
            left: at(check.capBp),
            top: 21,
            height: 20,
            borderLeft: '2px solid var(--ink)',
          }}
        />
      </div>
      <p style={{ marginTop: 8, fontWeight: 600 }} className={view.tone === 'good' ? 'good' : 'danger'} role="status">
        {view.title}
      </p>
      {view.problems.length > 0 ? (
        <ul style={{ margin: '6px 0 0', paddingLeft: 18 }} data-testid="rule-problems">
          {view.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
