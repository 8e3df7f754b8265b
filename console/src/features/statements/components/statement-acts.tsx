import { api } from '../../../lib/api';
import { useMe } from '../../../lib/me';
import { exactText } from '../../../lib/time';
import type { StatementDetail } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { useRefreshStatements } from '../api';
import { checkStatement } from '../model';
import { DisputeDrawer } from './dispute-drawer';

const ACT: Record<StatementDetail['history'][number]['act'], string> = {
  CONFIRM: '确认无误',
  WITHDRAW: '撤回确认',
  DISPUTE: '提出异议',
  ANSWER: '总部答复',
  LOCK: '锁定',
  PAY: '线下付款',
  UNPAY: '撤销付款',
};

function lineOf(detail: StatementDetail, isOwner: boolean): string {
  const until = detail.locksAt ? exactText(detail.locksAt) : '';
  switch (detail.state) {
    case 'DRAFT':
      return '这一天还没有结束，第二天生成后再确认。';
    case 'PUBLISHED':
      return isOwner
        ? `对一遍，没有问题就确认；有问题勾出哪几行，总部会逐行答复。到 ${until} 没有异议，视为认可并锁定。`
        : `等加盟商确认；到 ${until} 没有异议，视为认可并锁定。`;
    case 'DISPUTED':
      return isOwner
        ? '总部会在上面逐行答复；都说清楚了，由你来确认。没有异议的行不受影响。'
        : '加盟商有异议，请查明后逐行答复；由加盟商确认才算了结。没有异议的行不受影响。';
    case 'CONFIRMED':
      return isOwner
        ? `你已经确认这张对账单，${until} 锁定；在那之前可以撤回。`
        : `加盟商已经确认这张对账单，${until} 锁定。`;
    default:
      return detail.payout.payableFen === 0
        ? '已锁定，不会再改；以后的退款和更正记进当天的对账单，并写明更正的是哪一天。'
        : '已锁定，不会再改；品牌代收、该付给加盟商的钱从这里开始结。';
  }
}

function Buttons({ detail }: { detail: StatementDetail }) {
  const me = useMe();
  const refresh = useRefreshStatements();
  const params = { franchiseeId: detail.franchiseeId, day: detail.day };
  if (me.role === 'HQ') return null;
  if (detail.state === 'CONFIRMED')
    return (
      <ActionButton
        done="已撤回"
        run={() => refresh(api.console.withdrawStatement({ params }))}
        confirm={{
          title: '撤回确认？',
          description: '撤回后回到待确认，可以再核对、提异议。',
          okText: '撤回确认',
        }}
        testId="statement-withdraw"
      >
        撤回确认
      </ActionButton>
    );
  if (detail.state !== 'PUBLISHED' && detail.state !== 'DISPUTED') return null;
  return (
    <>
      <DisputeDrawer detail={detail} />
      <ActionButton
        type="primary"
        done="已确认"
        disabled={!checkStatement(detail).isWhole}
        run={() => refresh(api.console.confirmStatement({ params }))}
        confirm={{
          title: `确认 ${detail.day} 的对账单？`,
          description: '表示金额和明细你都认可，异议也都了结；24 小时内可以撤回，之后锁定。',
          okText: '确认无误',
        }}
        testId="statement-confirm"
      >
        确认无误
      </ActionButton>
    </>
  );
}

/** What happened to a statement as a whole, and what can be done next. */
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
      <div className="muted" data-testid="statement-next">
        {lineOf(detail, isOwner)}
      </div>
      {detail.history.length > 0 ? (
        <ul className="tier-list" style={{ marginTop: 8 }} data-testid="statement-history">
          {detail.history.map((step) => (
            <li key={`${step.at} ${step.act} ${step.line?.storeId} ${step.line?.seq}`}>
              <span style={{ overflowWrap: 'anywhere' }}>
                <b>{ACT[step.act]}</b>
                {step.line ? ` · 第 ${step.line.seq} 条` : ''}
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
