import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import type { ReviewTicket } from '../../data/types';
import { useIsManager } from '../../data/use-is-manager';
import { Button } from '../../design/button';
import { EndlessList } from '../../design/endless-list';
import { snack } from '../../design/snackbar';
import { Empty } from '../../design/states';
import { Until, When } from '../../design/when';
import { WordsSheet } from '../../design/words-sheet';
import { Stars } from './stars';

const NOTES = ['已电话致歉，约好到店换新', '已道歉，客人说清楚了，是等待太久', '联系了两次没接，已发消息留言'];

function State({ ticket }: { ticket: ReviewTicket }) {
  if (ticket.isOverdue) return <span className="chip chip-warm">超时未回访</span>;
  const look = ticket.state === 'OPEN' ? 'chip chip-amber' : ticket.state === 'CLOSED' ? 'chip chip-good' : 'chip';
  return <span className={look}>{ticket.stateText}</span>;
}

function Row(props: { ticket: ReviewTicket; isManager: boolean; onCallBack: () => void }) {
  const { ticket, isManager, onCallBack } = props;
  const isOpen = ticket.state === 'OPEN';
  return (
    <article className="card review-card" data-testid="ticket" data-state={ticket.state}>
      <div className="row g8">
        <Stars count={ticket.stars} />
        <b className="grow ellipsis">{ticket.authorName}</b>
        <State ticket={ticket} />
      </div>
      <p>{ticket.text || '没有写字'}</p>
      <p className="weak">
        {ticket.productName}
        {ticket.guideName ? ` · 导购 ${ticket.guideName}` : ''} · <When at={ticket.openedAt} />
      </p>
      {ticket.note ? (
        <p className="quote-note" data-testid="ticket-note">
          回访：{ticket.note}
          {ticket.calledBackAt ? (
            <>
              {' '}
              · <When at={ticket.calledBackAt} className="weak" />
            </>
          ) : null}
        </p>
      ) : null}
      {isOpen && ticket.isSatisfied === false ? <p className="problem-line">客人还不满意，请再联系一次</p> : null}
      {isOpen ? (
        <div className="row g8">
          <span className="weak grow">
            {isManager ? (
              <>
                请在 <Until at={ticket.dueAt} /> 前回访
              </>
            ) : (
              '店长回访后在这里记下结果'
            )}
          </span>
          {ticket.externalUserId ? (
            <Link className="btn btn-calm" to={`/customers/${ticket.externalUserId}`} data-testid="ticket-customer">
              看客户
            </Link>
          ) : null}
          {isManager ? (
            <Button look="main" onClick={onCallBack} data-testid="ticket-call-back">
              记回访
            </Button>
          ) : null}
        </div>
      ) : null}
    </article>
  );
}

const EMPTY = {
  OPEN: ['没有等回访的低分', '有人打了低分会马上出现在这里'],
  CALLED_BACK: ['没有等客人确认的', '回访之后，由客人确认才算结束'],
  CLOSED: ['还没有结束的回访', '客人确认满意后会出现在这里'],
} as const;

/** Low scores of my store: whose, why, until when; the manager writes down what came of the talk. */
export function TicketList({ state }: { state: ReviewTicket['state'] }) {
  const client = useQueryClient();
  const isManager = useIsManager();
  const [calling, setCalling] = useState<ReviewTicket | null>(null);
  const query = useInfiniteQuery({
    queryKey: keys.tickets(state),
    ...pagedBy((page) => api.guide.reviewTickets({ query: { ...page, state } })),
    refetchOnWindowFocus: true,
  });
  const callBack = async (note: string) => {
    if (!calling) return;
    await api.guide.callBack({ params: { id: calling.id }, body: { note } });
    void client.invalidateQueries({ queryKey: ['review-tickets'] });
    snack('已记下，等客人确认');
  };
  return (
    <>
      <EndlessList
        query={query}
        keyOf={(ticket) => ticket.id}
        testId="ticket-list"
        row={(ticket) => <Row ticket={ticket} isManager={isManager} onCallBack={() => setCalling(ticket)} />}
        empty={
          <Empty icon="done" title={EMPTY[state][0]}>
            {EMPTY[state][1]}
          </Empty>
        }
      />
      <WordsSheet
        key={calling?.id ?? 'none'}
        title="记回访"
        hint="先和客人说过话，再记结果；客人确认满意才算结束"
        placeholder="怎么说的，约了什么"
        buttonText="记下回访"
        atLeast={4}
        ready={NOTES}
        isOpen={calling !== null}
        onClose={() => setCalling(null)}
        run={callBack}
        testId="call-back"
      />
    </>
  );
}
