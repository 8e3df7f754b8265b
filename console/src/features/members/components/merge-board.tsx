import { Alert } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Card } from '../../../ui/page';
import { Loaded } from '../../../ui/states';
import { type Candidate, type Merge, type Preview, usePreview } from '../api';
import { MergeActs } from './merge-acts';
import { MergeEffects, PersonSide } from './merge-sides';
import { UndoMerge } from './undo-merge';

interface MergeBoardProps {
  fromId: string;
  intoId: string;
  candidate: Candidate | null;
  first?: Preview;
}

function Blockers({ preview }: { preview: Preview }) {
  return (
    <>
      {preview.blockers.map((one) => (
        <Alert
          key={one.code}
          type={one.isFinal ? 'error' : 'warning'}
          showIcon
          title={one.text}
          description={one.isFinal ? '这种情况谁也不能合并。' : '系统不会自动合并，要你来判断。'}
          data-testid="merge-blocker"
        />
      ))}
    </>
  );
}

function Merged({ merge }: { merge: Merge }) {
  return (
    <div className="card state" data-testid="merge-done">
      <b>已合并到「{merge.into.nickname}」</b>
      <span>{merge.rows.map((one) => `${one.title} ${one.count}`).join('、') || '没有要搬的东西'}</span>
      <div className="row">
        <Link className="link" to={`/members/${merge.into.id}`}>
          看这位会员
        </Link>
        <UndoMerge merge={merge} isMain />
      </div>
    </div>
  );
}

/** Two records side by side, every consequence, and the decision. */
export function MergeBoard({ fromId, intoId, candidate, first }: MergeBoardProps) {
  const [isSwapped, setSwapped] = useState(false);
  const [done, setDone] = useState<Merge | null>(null);
  const ids = isSwapped ? { from: intoId, into: fromId } : { from: fromId, into: intoId };
  const query = usePreview(ids.from, ids.into, done === null && (isSwapped || !first));
  if (done) return <Merged merge={done} />;
  const shown = isSwapped || !first ? query : { data: first, error: null, refetch: () => {} };
  return (
    <Loaded query={shown} rows={10}>
      {(preview) => (
        <div className="stack">
          {candidate && candidate.state !== 'OPEN' ? null : (
            <MergeActs
              preview={preview}
              candidate={candidate}
              onSwap={() => setSwapped(!isSwapped)}
              onMerged={setDone}
            />
          )}
          <Blockers preview={preview} />
          <div className="row" style={{ alignItems: 'stretch', gap: 16 }}>
            <PersonSide person={preview.from} side="并入的档案" />
            <PersonSide person={preview.into} side="保留的档案" />
          </div>
          <Card title="合并会发生什么">
            <MergeEffects preview={preview} />
          </Card>
        </div>
      )}
    </Loaded>
  );
}
