import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { Field } from '../../../ui/field';
import { ActionFailed } from '../../../ui/states';
import { useTemplateActs } from '../api';
import { LEAST_REASON, type TemplateDrawerProps } from './template-drawer';

/** Withdraws all coupons of a template that are not used yet. */
export function RevokeDrawer({ one, isOpen, onClose }: TemplateDrawerProps) {
  const acts = useTemplateActs(one.id);
  const [reason, setReason] = useState('');
  const withdraw = useMutation({
    mutationFn: () => acts.revoke(reason.trim()),
  });
  const answer = withdraw.data;
  return (
    <Drawer
      title={`撤回没用的「${one.face.name}」`}
      open={isOpen}
      onClose={onClose}
      size={480}
      destroyOnHidden
      footer={
        <Button
          type="primary"
          danger
          loading={withdraw.isPending}
          disabled={reason.trim().length < LEAST_REASON}
          onClick={() => withdraw.mutate()}
        >
          全部撤回
        </Button>
      }
    >
      <div className="stack">
        <span>已经用掉的不受影响；正在订单里的，等订单取消时再撤回。撤回后顾客会在券包里看到原因。</span>
        <Field label="原因">
          <Input
            aria-label="撤回原因"
            maxLength={80}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        <ActionFailed error={withdraw.error} title="没有撤回" />
        {answer ? (
          <Alert
            type="success"
            showIcon
            title={`撤回 ${answer.revoked} 张`}
            description={`${answer.usedKept} 张已经用掉，${answer.lockedKept} 张在订单里`}
          />
        ) : null}
      </div>
    </Drawer>
  );
}
