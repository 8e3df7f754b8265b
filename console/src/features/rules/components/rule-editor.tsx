import { PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { useCategories } from '../../../lib/stores';
import type { SplitRule } from '../../../lib/types';
import { ActionFailed } from '../../../ui/states';
import { useFocusBack } from '../../../ui/use-focus-back';
import { useCreateRule, useRuleCheck } from '../api';
import { draftOf, inputOf, newLeg } from '../model';
import { CapBar } from './cap-bar';
import { LegEditor } from './leg-editor';

interface RuleEditorProps {
  /** The version to start from, or null for an empty draft. */
  base: SplitRule | null;
  onClose: () => void;
  onCreated: (version: number) => void;
}

/** Drafts a new version. The worst case is checked while typing; what breaks the cap cannot be kept. */
export function RuleEditor({ base, onClose, onCreated }: RuleEditorProps) {
  useFocusBack();
  const categories = useCategories();
  const create = useCreateRule();
  const [name, setName] = useState(base ? `${base.name} 修订`.slice(0, 40) : '');
  const [legs, setLegs] = useState(() => (base ? base.legs.map(draftOf) : [newLeg('BRAND'), newLeg('GUIDE')]));
  const input = inputOf(name, legs);
  const { check, error, isCurrent, refetch } = useRuleCheck(input);
  const canSave = input !== null && check?.isAcceptable === true;
  const save = () => {
    if (input && canSave) create.mutate(input, { onSuccess: (rule) => onCreated(rule.version) });
  };
  const footer = (
    <div className="stack tight">
      <ActionFailed error={create.error} title="草稿没有保存" />
      <div className="row">
        <Button type="primary" disabled={!canSave} loading={create.isPending} onClick={save} data-testid="rule-save">
          存为草稿
        </Button>
        <Button onClick={onClose}>取消</Button>
        <span className="muted small">草稿不影响任何订单；发布之后的新订单才按它分。</span>
      </div>
    </div>
  );
  return (
    <Drawer
      title={base ? `在第 ${base.version} 版的基础上起草` : '起草新规则'}
      open
      onClose={onClose}
      size={720}
      footer={footer}
    >
      <div className="stack">
        <div className="stack tight">
          <label htmlFor="rule-name">
            <b>名称</b>
          </label>
          <Input
            id="rule-name"
            maxLength={40}
            value={name}
            placeholder="比如：2026 冬季分润"
            onChange={(event) => setName(event.target.value)}
            data-testid="rule-name"
          />
        </div>
        <section className="stack tight" aria-label="分给谁">
          <b>分给谁</b>
          <span className="muted small">
            按商品实付金额计算；扣掉这些和支付手续费，余下的归收款门店的加盟商。直营店余下的归品牌。
          </span>
          {legs.map((draft, index) => (
            <LegEditor
              key={draft.key}
              index={index}
              draft={draft}
              categories={categories.data ?? []}
              onChange={(next) => setLegs(legs.map((one) => (one.key === next.key ? next : one)))}
              onRemove={legs.length > 1 ? () => setLegs(legs.filter((one) => one.key !== draft.key)) : undefined}
            />
          ))}
          <Button
            icon={<PlusOutlined aria-hidden />}
            disabled={legs.length >= 40}
            onClick={() => setLegs([...legs, newLeg()])}
            data-testid="leg-add"
          >
            再加一条
          </Button>
        </section>
        <section className="card" style={{ padding: 16 }} aria-label="上限检查">
          {check ? (
            <CapBar check={check} />
          ) : error ? (
            <>
              <ActionFailed error={error} title="没能检查" />
              <Button onClick={() => void refetch()}>再检查一次</Button>
            </>
          ) : input && !isCurrent ? (
            <Skeleton active title={false} paragraph={{ rows: 2 }} />
          ) : input ? (
            <span className="muted">正在按最坏情况核对…</span>
          ) : (
            <span className="muted">填好名称和每条比例后，这里会按最坏情况核对是否超过微信支付的分账上限。</span>
          )}
        </section>
      </div>
    </Drawer>
  );
}
