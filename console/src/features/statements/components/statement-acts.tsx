import { api } from '../../../lib/api';
import { useMe } from '../../../lib/me';
import { exactText } from '../../../lib/time';
import type { StatementDetail } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { ReasonButton } from '../../../ui/reason-button';
import { useRefreshStatements } from '../api';
import { checkStatement } from '../model';

const ACT: Record<StatementDetail['history'][number]['act'], string> = {
  CONFIRM: '确认无误',
  DISPUTE: '提出异议',
  ANSWER: '总部答复',
};

function lineOf(detail: StatementDetail, isOwner: boolean): string {
  switch (detail.state) {
    case 'DRAFT':
      return '这一天还没有结束，第二天生成后再确认。';
    case 'PUBLISHED':
      return isOwner ? '对一遍，没有问题就确认；有问题写明哪一笔，总部会答复。' : '等加盟商确认。';
    case 'DISPUTED':
      return isOwner
        ? '总部看过会在这里答复；说清楚了，由你来确认。'
        : '加盟商有异议，请查明后答复；由加盟商确认才算了结。';
    case 'CONFIRMED':
      return isOwner ? '你已经确认这张对账单。' : '加盟商已经确认这张对账单。';
    default:
      return '';
  }
}

function Buttons({ detail }: { detail: StatementDetail }) {
  const me = useMe();
  const refresh = useRefreshStatements();
  const params = { franchiseeId: detail.franchiseeId, day: detail.day };
  const { state } = detail;
  if (me.role === 'HQ')
    return state === 'DISPUTED' ? (
      <ReasonButton
        type="primary"
        title="答复加盟商"
        description="加盟商会看到这段话；金额不会因此改变。"
        label="答复"
        okText="发出答复"
        max={200}
        run={(note) => refresh(api.console.answerStatement({ params, body: { note } }))}
        testId="statement-answer"
      >
        答复
      </ReasonButton>
    ) : null;
  if (state !== 'PUBLISHED' && state !== 'DISPUTED') return null;
  return (
    <>
      {state === 'PUBLISHED' ? (
        <ReasonButton
          title="对这张对账单有异议"
          description="写明哪一笔、差在哪里，总部财务会看到并答复。"
          label="哪里不对"
          okText="提出异议"
          min={4}
          max={200}
          run={(note) => refresh(api.console.disputeStatement({ params, body: { note } }))}
          testId="statement-dispute"
        >
          有异议
        </ReasonButton>
      ) : null}
      <ActionButton
        type="primary"
        done="已确认"
        disabled={!checkStatement(detail).isWhole}
        run={() => refresh(api.console.confirmStatement({ params }))}
        confirm={{
          title: `确认 ${detail.day} 的对账单？`,
          description: '表示金额和明细你都认可；确认后不能再提异议。',
          okText: '确认无误',
        }}
        testId="statement-confirm"
      >
        确认无误
      </ActionButton>
    </>
  );
}

/** What the franchisee says about a statement, and headquarters' answers. */
export function StatementActs({ detail }: { detail: StatementDetail }) {
  const isOwner = useMe().role === 'FRANCHISEE';
  return (
    <Card
      title="确认"
      extra={
        <div className="row no-print" style={{ alignItems: 'flex-start' }}>
          <Buttons detail={detail} />
        </div>
      }
    >
      <div className="muted">{lineOf(detail, isOwner)}</div>
      {detail.history.length > 0 ? (
        <ul className="tier-list" style={{ marginTop: 8 }} data-testid="statement-history">
          {detail.history.map((step) => (
            <li key={step.at + step.act}>
              <span>
                <b>{ACT[step.act]}</b>
                {step.note ? `：${step.note}` : ''}
                <span className="muted small"> · {step.by}</span>
              </span>
              <span className="muted small num">{exactText(step.at)}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
