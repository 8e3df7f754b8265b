import { keyed } from '../../../lib/keys';
import { exactText } from '../../../lib/time';
import type { SplitEntry } from '../../../lib/types';
import { PARTY } from '../../../lib/words';
import { Hash } from '../../../ui/hash';
import { Money } from '../../../ui/money';
import { entryWord } from '../model';

/** How one entry was computed: every step with its formula and result, and the parts it ended in. */
export function FormulaTree({ entry }: { entry: SplitEntry }) {
  return (
    <article className="card" style={{ padding: '12px 16px' }} data-testid="entry">
      <div className="between">
        <div>
          <b>
            第 {entry.seq} 条 · {entryWord(entry)} <Money fen={entry.amountFen} />
          </b>
          <div className="muted small">
            <span className="num">{exactText(entry.at)}</span> · 按规则第 {entry.ruleVersion} 版
          </div>
        </div>
        <div className="small" style={{ textAlign: 'right' }}>
          <div>
            <span className="muted">上一条 </span>
            <Hash value={entry.prevHash} />
          </div>
          <div>
            <span className="muted">本条 </span>
            <Hash value={entry.hash} />
          </div>
        </div>
      </div>
      <ol className="formula" aria-label={`第 ${entry.seq} 条的计算步骤`}>
        {keyed(entry.steps, (step) => step.label).map(({ key, row: step }) => (
          <li key={key} data-testid="formula-step">
            <span className="formula-name">{step.label}</span>
            <code>{step.formula}</code>
            <Money fen={step.fen} strong />
          </li>
        ))}
      </ol>
      <div className="legend">
        {entry.legs.map((leg) => (
          <span key={leg.party + leg.partyId}>
            <i style={{ background: PARTY[leg.party].colour }} />
            {leg.partyName} <Money fen={leg.fen} />
          </span>
        ))}
      </div>
    </article>
  );
}
