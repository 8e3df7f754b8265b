import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../data/api';
import { keys } from '../../data/queries';
import { Button } from '../../design/button';
import { Icon } from '../../design/icon';
import { BoneRows, Empty, ProblemPane } from '../../design/states';

interface Props {
  held: Set<string>;
  isBusy: boolean;
  onPick: (tag: { id: string; name: string }, evidence: string) => void;
}

/** The brand's tag library; what made the guide think so goes with the tag, so that the next guide can judge it. */
export function TagPicker({ held, isBusy, onPick }: Props) {
  const library = useQuery({ queryKey: keys.tags, queryFn: () => api.guide.tagLibrary(), staleTime: 10 * 60_000 });
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const [evidence, setEvidence] = useState('');
  if (library.isPending) return <BoneRows count={3} />;
  if (library.isError) return <ProblemPane error={library.error} onRetry={() => void library.refetch()} />;
  if (library.data.length === 0) return <Empty title="标签库还是空的">总部建好标签后会出现在这里</Empty>;
  return (
    <>
      {library.data.map((group) => (
        <section key={group.groupName} className="tag-group">
          <h3 className="weak">{group.groupName}</h3>
          <ul className="tags">
            {group.tags.map((tag) => (
              <li key={tag.id}>
                <button
                  type="button"
                  className="tag"
                  disabled={held.has(tag.id)}
                  aria-pressed={picked?.id === tag.id}
                  onClick={() => setPicked(tag)}
                  data-testid="tag-option"
                >
                  {held.has(tag.id) ? <Icon name="check" /> : null}
                  {tag.name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <div className="picker-foot">
        <input
          className="field"
          placeholder="为什么？比如：试穿时说喜欢短款"
          aria-label="依据"
          maxLength={60}
          value={evidence}
          onChange={(e) => setEvidence(e.target.value)}
          data-testid="tag-evidence"
        />
        <Button
          look="main"
          isBlock
          isBusy={isBusy}
          disabled={!picked}
          onClick={() => picked && onPick(picked, evidence.trim())}
          data-testid="tag-save"
        >
          {picked ? `加上「${picked.name}」` : '先选一个标签'}
        </Button>
      </div>
    </>
  );
}
