import { Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useIsHq } from '../../../lib/me';
import type { PromotionDetail } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { Card } from '../../../ui/page';
import { ActionFailed, Empty } from '../../../ui/states';
import { usePromotionActs } from '../api';
import { RunResult } from './run-result';

const DAYS = [7, 30, 90];
const LEAST_REASON = 2;

/** What still stands between a draft and the public; prices below the floor are for headquarters to accept. */
export function publishState(one: PromotionDetail, isHq: boolean): { blocked: string[]; needsReason: boolean } {
  const run = one.lastRun?.isCurrent ? one.lastRun : null;
  const below = run?.check.belowFloorCount ?? 0;
  const onlyFloor = (problem: string) => below > 0 && problem.includes('低于底价') && isHq;
  return { blocked: one.publishProblems.filter((problem) => !onlyFloor(problem)), needsReason: below > 0 && isHq };
}

function PublishButton({ one }: { one: PromotionDetail }) {
  const isHq = useIsHq();
  const acts = usePromotionActs(one.id);
  const { blocked, needsReason } = publishState(one, isHq);
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const publish = async () => {
    setBusy(true);
    setError(null);
    try {
      await acts.publish(needsReason ? reason.trim() : null);
      setAsking(false);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row wrap">
      <Button type="primary" disabled={blocked.length > 0} onClick={() => setAsking(true)} data-testid="publish">
        发布
      </Button>
      {blocked.length > 0 ? (
        <span className="warn" data-testid="publish-problems">
          还不能发布：{blocked.join('；')}
        </span>
      ) : (
        <span className="muted">发布后到点自动开始，内容不能再改。</span>
      )}
      <Modal
        title={`发布「${one.name}」？`}
        open={isAsking}
        onCancel={() => setAsking(false)}
        okText="发布"
        cancelText="再想想"
        confirmLoading={isBusy}
        okButtonProps={
          {
            disabled: needsReason && reason.trim().length < LEAST_REASON,
            'data-testid': 'publish-confirm',
          } as React.ComponentProps<typeof Button>
        }
        onOk={() => void publish()}
      >
        <div className="stack">
          <span>{one.text}</span>
          {needsReason ? (
            <div className="stack tight">
              <span className="danger">
                有 {one.lastRun?.check.belowFloorCount} 个价格叠加后会低于底价。确定要这样卖，请写下原因，会留在记录里。
              </span>
              <Input.TextArea
                aria-label="低于底价的原因"
                rows={2}
                maxLength={100}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                placeholder="比如：冬季主推，清去年库存"
                data-testid="publish-reason"
              />
            </div>
          ) : null}
          <ActionFailed error={error} title="没有发布" />
        </div>
      </Modal>
    </div>
  );
}

/** Tries a draft on past orders; publishing asks for it. */
export function RunPanel({ one }: { one: PromotionDetail }) {
  const acts = usePromotionActs(one.id);
  const [days, setDays] = useState(one.lastRun?.days ?? 30);
  return (
    <Card
      title="拿过去的订单试一试"
      extra={
        one.canEdit ? (
          <div className="row">
            <Segmented
              aria-label="多少天的订单"
              options={DAYS.map((value) => ({ value, label: `${value} 天` }))}
              value={days}
              onChange={setDays}
            />
            <ActionButton done="试算好了" run={() => acts.run(days)} testId="run">
              {one.lastRun ? '重新试算' : '开始试算'}
            </ActionButton>
          </div>
        ) : null
      }
    >
      <div className="stack">
        {one.lastRun ? (
          <RunResult run={one.lastRun} />
        ) : (
          <Empty title="还没有试算过" hint="试算会把这个活动套到真实的旧订单上，看要花多少、谁来出、会不会卖穿底价。" />
        )}
        {one.canEdit ? <PublishButton one={one} /> : null}
      </div>
    </Card>
  );
}
