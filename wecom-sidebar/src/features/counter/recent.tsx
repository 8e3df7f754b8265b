import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '../../data/api';
import { keys, pagedBy } from '../../data/queries';
import { useUndoWords } from '../../data/use-undo-words';
import { EndlessList } from '../../design/endless-list';
import { Price } from '../../design/price';
import { Reverse } from '../../design/reverse';
import { Empty } from '../../design/states';
import { UndoHandOver } from '../../design/undo-hand-over';
import { When } from '../../design/when';

function Line(props: { title: string; note: ReactNode; fen?: number; state: string; undo: ReactNode }) {
  return (
    <div className="list-row" data-testid="recent-row">
      <div className="row g8">
        <span className="grow ellipsis">{props.title}</span>
        {props.fen === undefined ? null : <Price fen={props.fen} />}
      </div>
      <div className="row g8 wrap recent-foot">
        <span className="weak grow">{props.note}</span>
        <span className="chip">{props.state}</span>
        {props.undo}
      </div>
    </div>
  );
}

function Payments() {
  const client = useQueryClient();
  const { note } = useUndoWords();
  const query = useInfiniteQuery({
    queryKey: keys.inStorePayments,
    ...pagedBy((query) => api.guide.inStorePayments({ query })),
  });
  return (
    <EndlessList
      query={query}
      keyOf={(one) => one.id}
      testId="recent-payments"
      row={(one) => (
        <Line
          title={one.memberName}
          note={
            <>
              <When at={one.at} /> {one.guideName ? `· ${one.guideName}` : ''}
            </>
          }
          fen={one.amountFen}
          state={one.stateText}
          undo={
            one.canReverse ? (
              <Reverse
                run={(reason) => api.guide.reverseInStorePayment({ params: { id: one.id }, body: { reason } })}
                onDone={() => void client.invalidateQueries({ queryKey: keys.inStorePayments })}
              />
            ) : null
          }
        />
      )}
      empty={
        <Empty icon="money" title="还没有余额收款">
          客人出示付款码就能收，{note}
        </Empty>
      }
    />
  );
}

function Redemptions() {
  const client = useQueryClient();
  const { note } = useUndoWords();
  const query = useInfiniteQuery({
    queryKey: keys.redemptions,
    ...pagedBy((query) => api.guide.redemptions({ query })),
  });
  return (
    <EndlessList
      query={query}
      keyOf={(one) => one.id}
      testId="recent-redemptions"
      row={(one) => (
        <Line
          title={one.face.name}
          note={
            <>
              <When at={one.at} /> {one.guideName ? `· ${one.guideName}` : ''}
            </>
          }
          fen={one.discountFen}
          state={one.stateText}
          undo={
            one.canReverse ? (
              <Reverse
                run={(reason) => api.guide.reverseRedemption({ params: { id: one.id }, body: { reason } })}
                onDone={() => void client.invalidateQueries({ queryKey: keys.redemptions })}
              />
            ) : null
          }
        />
      )}
      empty={
        <Empty icon="gift" title="还没有核销过券">
          核销过的会在这里，{note}
        </Empty>
      }
    />
  );
}

function HandOvers() {
  const { note } = useUndoWords();
  const query = useInfiniteQuery({
    queryKey: keys.handOvers,
    ...pagedBy((query) => api.guide.handOvers({ query })),
  });
  return (
    <EndlessList
      query={query}
      keyOf={(one) => one.id}
      testId="recent-hand-overs"
      row={(one) => (
        <Line
          title={one.title}
          note={
            <>
              <When at={one.at} /> {one.guideName ? `· ${one.guideName} ` : ''}·{' '}
              <span className="num">{one.subjectNo}</span>
            </>
          }
          state={one.stateText}
          undo={<UndoHandOver one={one} />}
        />
      )}
      empty={
        <Empty icon="gift" title="还没有交过货">
          凭码交给客人的会在这里，{note}
        </Empty>
      }
    />
  );
}

const HEADS = { member: '余额收款记录', coupon: '核销记录', goods: '交货记录' } as const;

/** What was taken at this counter, newest first, with the way back while there is one. */
export function Recent({ of }: { of: keyof typeof HEADS }) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{HEADS[of]}</h2>
      </div>
      {of === 'member' ? <Payments /> : of === 'coupon' ? <Redemptions /> : <HandOvers />}
    </section>
  );
}
