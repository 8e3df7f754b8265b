import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, InputNumber } from 'antd';
import { useState } from 'react';
import { api } from '../../lib/api';
import { countText } from '../../lib/money';
import { useRefreshAssets } from '../../lib/refresh';
import { recallJson, remember } from '../../platform/storage';
import { ActionButton } from '../../ui/action-button';
import { Card, PageFrame } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Ladder } from './components/ladder';
import { RebuildButton } from './components/rebuild-button';
import { draftOf, effectsOf, type Scheme, type SchemeDraft, schemeProblem } from './model';

const MEMORY = 'level-draft';
interface Kept {
  version: number;
  draft: SchemeDraft;
}

/** A draft survives a closed window, but not a scheme that somebody else has published meanwhile. */
function useDraft(scheme: Scheme) {
  const [draft, setDraft] = useState<SchemeDraft>(() => {
    const kept = recallJson<Kept | null>(MEMORY, null);
    return kept?.version === scheme.version ? kept.draft : draftOf(scheme);
  });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(draftOf(scheme));
  const keep = (next: SchemeDraft) => {
    setDraft(next);
    remember(MEMORY, JSON.stringify({ version: scheme.version, draft: next }));
  };
  const drop = () => {
    setDraft(draftOf(scheme));
    remember(MEMORY, null);
  };
  return { draft, isChanged, keep, drop };
}

function Effects({ scheme, draft }: { scheme: Scheme; draft: SchemeDraft }) {
  const effects = effectsOf(scheme, draft);
  return (
    <ul className="sentences" data-testid="level-effects">
      {effects.map((one) => (
        <li key={one.text} className={one.isLoss ? 'warn' : undefined}>
          {one.text}
        </li>
      ))}
    </ul>
  );
}

function Editor({ scheme }: { scheme: Scheme }) {
  const { draft, isChanged, keep, drop } = useDraft(scheme);
  const refresh = useRefreshAssets();
  const problem = schemeProblem(draft);
  const publish = () =>
    refresh(api.console.setLevelScheme({ body: draft })).then(() => {
      remember(MEMORY, null);
    });
  return (
    <div className="grid" style={{ gridTemplateColumns: 'minmax(0, 2.2fr) minmax(300px, 1fr)', alignItems: 'start' }}>
      <Ladder draft={draft} counts={scheme.memberCounts} onChange={keep} />
      <div className="stack" style={{ position: 'sticky', top: 68 }}>
        <Card title="周期">
          <Form layout="vertical">
            <Form.Item label="等级保多久" extra="到期时按成长值重新看一次，不够就降一级">
              <InputNumber
                aria-label="等级保多久"
                min={1}
                max={60}
                precision={0}
                suffix="个月"
                value={draft.periodMonths}
                onChange={(months) => months && keep({ ...draft, periodMonths: months })}
                style={{ width: 150 }}
              />
            </Form.Item>
            <Form.Item label="成长值算最近多久（不填就一直算）" style={{ marginBottom: 0 }}>
              <InputNumber
                aria-label="成长值算最近多久"
                min={1}
                max={60}
                precision={0}
                suffix="个月"
                value={draft.growthMonths}
                onChange={(months) => keep({ ...draft, growthMonths: months })}
                style={{ width: 150 }}
              />
            </Form.Item>
          </Form>
        </Card>
        <Card title={isChanged ? '发布之后会怎样' : `现在是第 ${scheme.version} 版`}>
          <div className="stack tight">
            {isChanged ? (
              <Effects scheme={scheme} draft={draft} />
            ) : (
              <span className="muted">改动左边的等级，这里会先告诉你影响多少人，再决定要不要发布。</span>
            )}
            {problem ? <Alert type="error" showIcon title={problem} data-testid="level-problem" /> : null}
            <div className="row">
              <ActionButton
                type="primary"
                done="已发布"
                disabled={!isChanged || problem !== null}
                run={publish}
                confirm={{
                  title: `发布第 ${scheme.version + 1} 版？`,
                  description: '顾客马上看到新的等级；升降按成长值重新看。',
                  okText: '发布',
                }}
                testId="level-publish"
              >
                发布
              </ActionButton>
              <Button disabled={!isChanged} onClick={drop} data-testid="level-drop">
                放弃草稿
              </Button>
            </div>
          </div>
        </Card>
      </div>
    </div>
  );
}

/** The ladder of levels: thresholds, benefits, how many stand where, and what a change would do. */
export default function LevelsPage() {
  const scheme = useQuery({ queryKey: ['level-scheme'], queryFn: () => api.console.levelScheme() });
  const total = scheme.data?.memberCounts.reduce((sum, one) => sum + one.count, 0) ?? 0;
  return (
    <PageFrame
      title="等级"
      hint={`${countText(total)} 位会员按成长值站在哪一级；草稿存在这台电脑上，发布前顾客看不到。`}
      actions={<RebuildButton />}
    >
      <Loaded query={scheme} rows={10}>
        {(data) => <Editor key={data.version} scheme={data} />}
      </Loaded>
    </PageFrame>
  );
}
