import { CheckCircleFilled, ExclamationCircleFilled, ReloadOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../../lib/api';
import { useIsHq } from '../../lib/me';
import type { Invariant } from '../../lib/types';
import { ActionButton } from '../../ui/action-button';
import { Card, PageFrame } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { Status } from '../../ui/status';
import { When } from '../../ui/when';
import { BrokenRows } from './components/broken-rows';
import { arrange, summarize } from './model';

const STATE = {
  HOLDS: { tone: 'good', word: '守住' },
  BROKEN: { tone: 'bad', word: '没守住' },
  NEVER_RUN: { tone: 'idle', word: '还没检查' },
} as const;

function PromiseRow({ invariant }: { invariant: Invariant }) {
  const state = STATE[invariant.state];
  return (
    <li
      style={{ padding: '10px 0', borderTop: '1px solid var(--line)' }}
      data-testid="invariant"
      data-state={invariant.state}
    >
      <div className="between" style={{ alignItems: 'baseline' }}>
        <div className="grow">
          {invariant.promise} <span className="mono muted">{invariant.id}</span>
        </div>
        <span className="muted small nowrap">
          <When at={invariant.checkedAt} none="" />
          {invariant.durationMs === null ? null : <span className="num"> · {invariant.durationMs} 毫秒</span>}
        </span>
        <span style={{ width: 84 }}>
          <Status tone={state.tone}>{state.word}</Status>
        </span>
      </div>
      {invariant.state === 'BROKEN' ? <BrokenRows rows={invariant.rows} /> : null}
    </li>
  );
}

function Summary({ invariants }: { invariants: Invariant[] }) {
  const sum = summarize(invariants);
  const isFine = sum.broken === 0 && sum.neverRun === 0;
  return (
    <section
      className="card row"
      style={{
        padding: '18px 20px',
        gap: 16,
        background: sum.broken > 0 ? 'var(--red-soft)' : isFine ? 'var(--green-soft)' : undefined,
      }}
      role="status"
      data-testid="invariants-summary"
    >
      <span style={{ fontSize: 30, lineHeight: 1 }} className={sum.broken > 0 ? 'danger' : isFine ? 'good' : 'muted'}>
        {sum.broken > 0 ? <ExclamationCircleFilled aria-hidden /> : <CheckCircleFilled aria-hidden />}
      </span>
      <div>
        <b style={{ fontSize: 17 }}>{sum.title}</b>
        <div className="muted">
          守住 {sum.holds} 条{sum.broken > 0 ? `，没守住 ${sum.broken} 条，请尽快处理` : ''}
          {sum.oldestAt ? (
            <>
              {' '}
              · 最早一条 <When at={sum.oldestAt} isAgo />
              检查
            </>
          ) : null}
        </div>
      </div>
    </section>
  );
}

export default function InvariantsPage() {
  const isHq = useIsHq();
  const client = useQueryClient();
  const invariants = useQuery({
    queryKey: ['invariants'],
    queryFn: () => api.console.invariants(),
    refetchInterval: 60_000,
  });
  const run = async () => {
    client.setQueryData(['invariants'], await api.console.runInvariants({ timeoutMs: 120_000 }));
    await client.invalidateQueries({ queryKey: ['overview'] });
  };
  return (
    <PageFrame
      title="账目自检"
      hint="系统对账目的每条承诺，都由一段查询反复检查：查不出任何一行，才算守住。总部和加盟商看到的是同一份结果。"
      actions={
        isHq ? (
          <ActionButton icon={<ReloadOutlined aria-hidden />} done="检查完了" run={run} testId="invariants-run">
            现在全部检查
          </ActionButton>
        ) : null
      }
    >
      <Loaded query={invariants} rows={10}>
        {(list) =>
          list.length === 0 ? (
            <div className="card">
              <Empty title="还没有可检查的承诺" />
            </div>
          ) : (
            <div className="stack">
              <Summary invariants={list} />
              {arrange(list).map(([area, members]) => (
                <Card key={area} title={area}>
                  <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                    {members.map((one) => (
                      <PromiseRow key={one.id} invariant={one} />
                    ))}
                  </ul>
                </Card>
              ))}
            </div>
          )
        }
      </Loaded>
    </PageFrame>
  );
}
