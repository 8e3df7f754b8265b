import { Input, Radio, Space } from 'antd';
import { useState } from 'react';
import type { AfterSaleDetail } from '../../../lib/types';
import { ActionButton } from '../../../ui/action-button';
import { useAfterSaleActs } from '../api';

function Decide({ one }: { one: AfterSaleDetail }) {
  const acts = useAfterSaleActs(one.id);
  const [text, setText] = useState('');
  const [isFault, setFault] = useState(one.isMerchantFault);
  return (
    <div className="stack tight">
      <Radio.Group
        value={isFault}
        onChange={(event) => setFault(event.target.value)}
        options={[
          { value: true, label: '我们的责任，运费我们付' },
          { value: false, label: '不是我们的责任' },
        ]}
      />
      <Input.TextArea
        rows={2}
        maxLength={300}
        value={text}
        placeholder="给顾客的话；拒绝时必填"
        onChange={(event) => setText(event.target.value)}
        data-testid="case-text"
      />
      <Space>
        <ActionButton
          type="primary"
          done="已同意"
          run={() => acts.approve(text.trim(), isFault)}
          confirm={{
            title: '同意这个申请？',
            description: one.kind === 'REFUND_ONLY' ? '同意后立刻退款，不能撤回。' : '同意后顾客会收到寄回地址。',
            okText: '同意',
          }}
          testId="case-approve"
        >
          同意
        </ActionButton>
        <ActionButton
          danger
          done="已拒绝"
          disabled={text.trim().length < 4}
          run={() => acts.refuse(text.trim())}
          testId="case-refuse"
        >
          拒绝
        </ActionButton>
      </Space>
    </div>
  );
}

function Resend({ one }: { one: AfterSaleDetail }) {
  const acts = useAfterSaleActs(one.id);
  const [company, setCompany] = useState('顺丰速运');
  const [trackingNo, setTrackingNo] = useState('');
  return (
    <Space.Compact>
      <Input
        value={company}
        maxLength={30}
        style={{ width: 120 }}
        onChange={(event) => setCompany(event.target.value)}
      />
      <Input
        value={trackingNo}
        maxLength={40}
        placeholder="快递单号"
        onChange={(event) => setTrackingNo(event.target.value)}
      />
      <ActionButton
        type="primary"
        done="已寄出"
        disabled={!/^[0-9A-Za-z-]{6,40}$/.test(trackingNo.trim()) || company.trim() === ''}
        run={() => acts.resend(company.trim(), trackingNo.trim())}
        testId="case-resend"
      >
        换货寄出
      </ActionButton>
    </Space.Compact>
  );
}

/** Only what may be done now, with its consequence. */
export function CaseActs({ one }: { one: AfterSaleDetail }) {
  const acts = useAfterSaleActs(one.id);
  if (one.canApprove) return <Decide one={one} />;
  return (
    <Space wrap>
      {one.canReceive ? (
        <ActionButton
          type="primary"
          done="已确认"
          run={acts.receive}
          confirm={{
            title: '退货已收到、检查过了？',
            description: one.kind === 'EXCHANGE' ? '确认后请寄出换的商品。' : '确认后立刻退款。',
            okText: '收到了',
          }}
          testId="case-receive"
        >
          收到退货
        </ActionButton>
      ) : null}
      {one.canResend ? <Resend one={one} /> : null}
      {one.canRetryRefund ? (
        <ActionButton type="primary" done="已重试" run={acts.retry} testId="case-retry">
          重新退款
        </ActionButton>
      ) : null}
    </Space>
  );
}
