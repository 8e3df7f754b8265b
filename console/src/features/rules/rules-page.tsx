import { Button } from 'antd';
import { useState } from 'react';
import { useCategories } from '../../lib/stores';
import type { SplitRule } from '../../lib/types';
import { PageFrame } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { useRules } from './api';
import { RuleCard } from './components/rule-card';
import { RuleEditor } from './components/rule-editor';
import { sortRules } from './model';

export default function RulesPage() {
  const rules = useRules();
  const categories = useCategories();
  const [editing, setEditing] = useState<{ base: SplitRule | null } | null>(null);
  const categoryName = (id: string) => categories.data?.find((one) => one.id === id)?.name ?? '已删除的品类';
  const current = rules.data?.find((rule) => rule.state === 'PUBLISHED');
  return (
    <PageFrame
      title="分账规则"
      hint="规则只增不改：每次修改都是新的一版，旧订单永远按付款当时的版本算。超过微信支付分账上限的版本发布不了。"
      actions={
        <Button
          type="primary"
          disabled={rules.data === undefined}
          onClick={() => setEditing({ base: current ?? null })}
          data-testid="rule-new"
        >
          起草新版本
        </Button>
      }
    >
      <Loaded query={rules}>
        {(list) =>
          list.length === 0 ? (
            <div className="card">
              <Empty
                title="还没有分账规则"
                hint="没有生效的规则时，钱全部留在收款方。先起草一版吧。"
                action={<Button onClick={() => setEditing({ base: null })}>起草第一版</Button>}
              />
            </div>
          ) : (
            <div className="stack">
              {sortRules(list).map((rule) => (
                <RuleCard
                  key={rule.version}
                  rule={rule}
                  current={current}
                  categoryName={categoryName}
                  onCopy={() => setEditing({ base: rule })}
                />
              ))}
            </div>
          )
        }
      </Loaded>
      {editing ? (
        <RuleEditor
          key={editing.base?.version ?? 0}
          base={editing.base}
          onClose={() => setEditing(null)}
          onCreated={() => setEditing(null)}
        />
      ) : null}
    </PageFrame>
  );
}
