import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api } from '../../../lib/api';
import { useMe } from '../../../lib/me';
import { moneyText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import { DISPUTE_TONE } from '../../../lib/tones';
import type { StatementDetail, StatementLine } from '../../../lib/types';
import { DISPUTE_STATE } from '../../../lib/words';
import { Card } from '../../../ui/page';
import { ReasonButton } from '../../../ui/reason-button';
import { Status } from '../../../ui/status';
import { useRefreshStatements } from '../api';
import { disputeOf, type Thread, threadsOf } from '../model';

const WHO: Partial<Record<StatementDetail['history'][number]['act'], string>> = { DISPUTE: '加盟商', ANSWER: '总部' };

/** Headquarters answers a line, or all that wait; the franchisee asks again about one that was answered. */
function Reply({ detail, line, state }: { detail: StatementDetail; line?: StatementLine; state: Thread['state'] }) {
  const isHq = useMe().role === 'HQ';
  const refresh = useRefreshStatements();
  if (detail.state !== 'DISPUTED' || state === 'SETTLED') return null;
  const params = { franchiseeId: detail.franchiseeId, day: detail.day };
  const about = line && { storeId: line.storeId, seq: line.seq };
  if (isHq)
    return (
      <ReasonButton
        type={state === 'OPEN' ? 'primary' : 'default'}
        size="small"
        title={line ? `答复 ${line.orderNo}` : '答复加盟商'}
        description="加盟商会看到这段话；金额不会因此改变，要更正的记进以后的对账单。"
        label="答复"
        okText="发出答复"
        max={200}
        run={(note) => refresh(api.console.answerStatement({ params, body: { note, ...(about && { line: about }) } }))}
        testId={line ? 'line-answer' : 'statement-answer'}
      >
        {state === 'OPEN' ? '答复' : '再补充一句'}
      </ReasonButton>
    );
  if (state !== 'ANSWERED' || !about) return null;
  return (
    <ReasonButton
      size="small"
      title={`再问一句 ${line.orderNo}`}
      description="总部会看到并再答复你；都说清楚了，再点「确认无误」。"
      label="哪里还不清楚"
      okText="发给总部"
      min={4}
      max={200}
      run={(note) => refresh(api.console.disputeStatement({ params, body: { note, lines: [about] } }))}
      testId="line-again"
    >
      还有疑问
    </ReasonButton>
  );
}

function Talk({
  head,
  state,
  words,
  reply,
}: {
  head: ReactNode;
  state: Thread['state'];
  words: Thread['words'];
  reply: ReactNode;
}) {
  return (
    <li data-testid="dispute" style={{ display: 'block' }}>
      <div className="row" style={{ justifyContent: 'space-between', flexWrap: 'wrap', gap: 8 }}>
        <span className="row" style={{ flexWrap: 'wrap', gap: 8 }}>
          {head}
          <Status tone={DISPUTE_TONE[state]}>{DISPUTE_STATE[state]}</Status>
        </span>
        <span className="no-print">{reply}</span>
      </div>
      {words.map((step) => (
        <p key={step.at + step.act} style={{ margin: '6px 0 0', overflowWrap: 'anywhere' }}>
          <b>{WHO[step.act]}</b>：{step.note}
          <span className="muted small num">
            {' '}
            · {step.by} · {exactText(step.at)}
          </span>
        </p>
      ))}
    </li>
  );
}

/** The disputed lines with what was said about each; the others are not held up by them. */
export function Disputes({ detail }: { detail: StatementDetail }) {
  const { named, rest } = threadsOf(detail);
  if (named.length + rest.length === 0) return null;
  const common = detail.history.filter(
    (step) => step.line === null && (step.act === 'DISPUTE' || step.act === 'ANSWER'),
  );
  const restState = (['OPEN', 'ANSWERED', 'SETTLED'] as const).find((state) =>
    rest.some((line) => disputeOf(detail, line) === state),
  );
  return (
    <Card title="异议">
      <ul className="tier-list" data-testid="disputes">
        {named.map(({ line, state, words }) => (
          <Talk
            key={`${line.storeId} ${line.seq}`}
            head={
              <>
                <Link className="link num" to={`/splits/${line.orderId}`}>
                  {line.orderNo}
                </Link>
                <span className="muted small">
                  {line.storeName} · {line.kind === 'ACCRUAL' ? '应得' : '冲回'} {moneyText(line.franchiseeFen)}
                </span>
              </>
            }
            state={state}
            words={words}
            reply={<Reply detail={detail} line={line} state={state} />}
          />
        ))}
        {rest.length > 0 && restState ? (
          <Talk
            head={<b>{rest.length === detail.lines.length ? '整张对账单' : `其余 ${rest.length} 行`}</b>}
            state={restState}
            words={common}
            reply={<Reply detail={detail} state={restState} />}
          />
        ) : null}
      </ul>
    </Card>
  );
}
