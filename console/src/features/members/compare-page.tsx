import { useSearchParams } from 'react-router';
import { PageFrame } from '../../ui/page';
import { Empty } from '../../ui/states';
import { MergeBoard } from './components/merge-board';
import { OtherMember } from './components/other-member';

/** Two members that somebody at headquarters picked, rather than the queue. */
export default function ComparePage() {
  const [params, setParams] = useSearchParams();
  const from = params.get('from');
  const into = params.get('into');
  return (
    <PageFrame back={into ? `/members/${into}` : '/members'} title="合并两份档案" hint="先看清每一项会怎么变，再决定。">
      {into && from ? <MergeBoard key={`${from} ${into}`} fromId={from} intoId={into} candidate={null} /> : null}
      {into && !from ? <OtherMember not={into} onPick={(id) => setParams({ into, from: id })} /> : null}
      {into ? null : (
        <div className="card">
          <Empty title="还没有选会员" hint="从会员的页面点「并入另一份档案」进来。" />
        </div>
      )}
    </PageFrame>
  );
}
