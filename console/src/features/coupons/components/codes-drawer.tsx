import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { Field } from '../../../ui/field';
import { ActionFailed } from '../../../ui/states';
import { useTemplateActs } from '../api';
import { readCodes } from '../model';
import type { TemplateDrawerProps } from './template-drawer';

const MOST_CODES = 1000;

/** Unique codes printed elsewhere: the first person to enter one gets the coupon. */
export function CodesDrawer({ one, isOpen, onClose }: TemplateDrawerProps) {
  const acts = useTemplateActs(one.id);
  const [text, setText] = useState('');
  const { codes, bad } = readCodes(text);
  const isTooMany = codes.length > MOST_CODES;
  const bring = useMutation({
    mutationFn: () => acts.importCodes(codes),
    onSuccess: () => setText(''),
  });
  const answer = bring.data;
  return (
    <Drawer
      title={`给「${one.face.name}」导入兑换码`}
      open={isOpen}
      onClose={onClose}
      size={480}
      destroyOnHidden
      footer={
        <Button
          type="primary"
          loading={bring.isPending}
          disabled={codes.length === 0 || bad.length > 0 || isTooMany}
          onClick={() => bring.mutate()}
        >
          导入 {codes.length} 个
        </Button>
      }
    >
      <div className="stack">
        <Field
          label="兑换码"
          hint="从表格里整列粘贴就行；6–32 位字母、数字或短横线，一次最多 1,000 个"
          problem={
            bad.length > 0
              ? `${bad.length} 个不能用：${bad.slice(0, 5).join('、')}${bad.length > 5 ? '…' : ''}`
              : isTooMany
                ? `一次最多 1,000 个，这里有 ${codes.length} 个`
                : null
          }
        >
          <Input.TextArea
            aria-label="兑换码"
            rows={12}
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="num"
          />
        </Field>
        <ActionFailed error={bring.error} title="没有导入" />
        {answer ? (
          <Alert
            type={answer.known.length > 0 ? 'warning' : 'success'}
            showIcon
            title={`导入 ${answer.added} 个`}
            description={
              answer.known.length > 0
                ? `${answer.known.length} 个以前导过，跳过了：${answer.known.slice(0, 10).join('、')}`
                : null
            }
          />
        ) : null}
      </div>
    </Drawer>
  );
}
