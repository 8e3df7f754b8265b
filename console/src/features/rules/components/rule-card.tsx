import { Button, type ButtonProps, Modal } from 'antd';
import { useState } from 'react';
import { keyed } from '../../../lib/keys';
import { exactText } from '../../../lib/time';
import { RULE_TONE } from '../../../lib/tones';
import type { SplitRule } from '../../../lib/types';
import { RULE_STATE } from '../../../lib/words';
import { Hash } from '../../../ui/hash';
import { ActionFailed } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { usePublishRule } from '../api';
import { legText } from '../model';
import { CapBar } from './cap-bar';

interface RuleCardProps {
  rule: SplitRule;
  current: SplitRule | undefined;
  categoryName: (id: string) => string;
  onCopy: () => void;
}

function PublishButton({ rule, current, categoryName }: Omit<RuleCardProps, 'onCopy'>) {
  const [isAsking, setAsking] = useState(false);
  const publish = usePublishRule();
  const canPublish = rule.check.isAcceptable;
  return (
    <div className="stack tight" style={{ alignItems: 'flex-start' }}>
      <Button type="primary" disabled={!canPublish} onClick={() => setAsking(true)} data-testid="rule-publish">
        发布这一版
      </Button>
      <ActionFailed error={isAsking ? null : publish.error} title="没有发布" />
      <Modal
        title={`发布第 ${rule.version} 版「${rule.name}」？`}
        open={isAsking}
        okText="确认发布"
        cancelText="再想想"
        okButtonProps={{ disabled: publish.isError, 'data-testid': 'rule-publish-confirm' } as ButtonProps}
        confirmLoading={publish.isPending}
        onCancel={() => {
          setAsking(false);
          publish.reset();
        }}
        onOk={() => publish.mutate(rule.version, { onSuccess: () => setAsking(false) })}
      >
        <div className="stack tight">
          <p>
            从现在起，新付款的订单按这一版分{current ? `，第 ${current.version} 版停用` : ''}
            。已经付款的订单仍按当时的版本，不会变。
          </p>
          <ul style={{ margin: 0, paddingLeft: 18 }}>
            {keyed(rule.legs, JSON.stringify).map(({ key, row: leg }) => (
              <li key={key}>{legText(leg, categoryName)}</li>
            ))}
          </ul>
          <ActionFailed error={publish.error} title="没有发布" />
        </div>
      </Modal>
    </div>
  );
}

/** One version: what it says, whether it is within the cap, and what can be done with it. */
export function RuleCard({ rule, current, categoryName, onCopy }: RuleCardProps) {
  return (
    <article className="card" data-testid="rule" aria-label={`第 ${rule.version} 版 ${rule.name}`}>
      <div className="card-head">
        <div className="row wrap">
          <h2>
            第 {rule.version} 版 · {rule.name}
          </h2>
          <Status tone={RULE_TONE[rule.state]}>{RULE_STATE[rule.state]}</Status>
        </div>
        <Button size="small" onClick={onCopy} data-testid="rule-copy">
          以此起草
        </Button>
      </div>
      <div
        className="card-body grid"
        style={{ gridTemplateColumns: 'minmax(0, 1.3fr) minmax(280px, 1fr)', columnGap: 32 }}
      >
        <div className="stack tight">
          <ul style={{ margin: 0, paddingLeft: 18, lineHeight: '24px' }}>
            {keyed(rule.legs, JSON.stringify).map(({ key, row: leg }) => (
              <li key={key}>
                {legText(leg, categoryName)}
                {leg.note ? <span className="muted">（{leg.note}）</span> : null}
              </li>
            ))}
          </ul>
          <p className="muted small">
            {rule.createdBy} 起草于 <span className="num">{exactText(rule.createdAt)}</span>
            {rule.publishedAt ? (
              <>
                {' '}
                · 发布于 <span className="num">{exactText(rule.publishedAt)}</span>
              </>
            ) : null}{' '}
            · 指纹 <Hash value={rule.hash} />
          </p>
        </div>
        <div className="stack tight">
          {rule.state === 'RETIRED' ? null : <CapBar check={rule.check} />}
          {rule.state === 'DRAFT' ? <PublishButton rule={rule} current={current} categoryName={categoryName} /> : null}
        </div>
      </div>
    </article>
  );
}
