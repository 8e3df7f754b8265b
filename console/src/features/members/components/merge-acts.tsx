import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { api, newKey } from '../../../lib/api';
import { ReasonButton } from '../../../ui/reason-button';
import { type Candidate, type Merge, type Preview, useRefreshPeople } from '../api';
import { mergeVerdict } from '../model';

interface MergeActsProps {
  preview: Preview;
  candidate: Candidate | null;
  onSwap: () => void;
  onMerged: (merge: Merge) => void;
}

/** Merge, keep apart, or turn round which record stays. */
export function MergeActs({ preview, candidate, onSwap, onMerged }: MergeActsProps) {
  const refresh = useRefreshPeople();
  const key = useRef(newKey());
  const { canMerge, text } = mergeVerdict(preview);
  const pair = { fromId: preview.from.profile.id, intoId: preview.into.profile.id };
  const merge = async (reason: string) =>
    onMerged(await refresh(api.console.merge({ body: { ...pair, reason }, idempotencyKey: key.current })));
  return (
    <div className="between card" style={{ padding: '12px 16px' }}>
      <span className={canMerge ? 'muted' : 'danger'} data-testid="merge-verdict">
        {text}
      </span>
      <div className="row">
        <Button icon={<SwapOutlined aria-hidden />} onClick={onSwap} data-testid="merge-swap">
          换一份保留
        </Button>
        {candidate?.state === 'OPEN' ? (
          <ReasonButton
            title="这两位不是同一个人？"
            description="这一对以后不会再排进来；新的证据出现时才会重新比较。"
            okText="不是同一人"
            run={(reason) =>
              refresh(api.console.refuseMergeCandidate({ params: { id: candidate.id }, body: { reason } }))
            }
            testId="merge-refuse"
          >
            不是同一人
          </ReasonButton>
        ) : null}
        <ReasonButton
          type="primary"
          disabled={!canMerge}
          title={`把「${preview.from.profile.nickname}」并入「${preview.into.profile.nickname}」？`}
          description="所有东西都会搬过去，一件不丢；以后可以原样拆回来。"
          placeholder="你凭什么确认是同一人？比如：电话核实过"
          okText="合并"
          run={merge}
          testId="merge-do"
        >
          合并
        </ReasonButton>
      </div>
    </div>
  );
}
