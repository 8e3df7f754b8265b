import { useParams } from 'react-router';
import { PageFrame } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { useCandidate } from './api';
import { MergeBoard } from './components/merge-board';
import { CANDIDATE_STATE, scoreText } from './model';

/** One pair of the queue. */
export default function PairPage() {
  const { id = '' } = useParams();
  const pair = useCandidate(id);
  return (
    <Loaded query={pair} rows={12}>
      {({ candidate, preview }) => (
        <PageFrame
          back="/members?tab=queue"
          title="这两位是同一个人吗？"
          hint={
            <>
              相似度 <span className="num">{candidate.score}</span>（{scoreText(candidate.score)}）：
              {candidate.signals.map((one) => one.text).join('、')}
              {candidate.state === 'OPEN' ? '' : ` · ${CANDIDATE_STATE[candidate.state]}：${candidate.reason ?? ''}`}
            </>
          }
        >
          <MergeBoard
            key={candidate.id}
            fromId={preview.from.profile.id}
            intoId={preview.into.profile.id}
            candidate={candidate}
            first={preview}
          />
        </PageFrame>
      )}
    </Loaded>
  );
}
