import { Alert, Button, type ButtonProps, Input, InputNumber, Modal, Radio } from 'antd';
import { useState } from 'react';
import { newKey } from '../../../lib/api';
import { moneyText } from '../../../lib/money';
import { exactText } from '../../../lib/time';
import type { OrderDetail } from '../../../lib/types';
import { Money } from '../../../ui/money';
import { ActionFailed, Empty } from '../../../ui/states';
import { Status } from '../../../ui/status';
import { useRefund } from '../api';
import { leftFen, leftQty, type Picks, previewRefund, wantedLines } from '../model';
import { RefundPreviewBox } from './refund-preview';

const REFUND_TONE = { REQUESTED: 'go', PROCESSING: 'go', SUCCESS: 'good', FAILED: 'bad' } as const;

function PastRefunds({ order }: { order: OrderDetail }) {
  if (order.refunds.length === 0) return null;
  return (
    <table className="plain" data-testid="refund-list">
      <thead>
        <tr>
          <th>申请时间</th>
          <th>原因</th>
          <th>状态</th>
          <th className="right">金额</th>
        </tr>
      </thead>
      <tbody>
        {order.refunds.map((refund) => (
          <tr key={refund.id}>
            <td className="num">{exactText(refund.createdAt)}</td>
            <td>{refund.reason}</td>
            <td>
              <Status tone={REFUND_TONE[refund.state]}>{refund.stateText}</Status>
            </td>
            <td className="right">
              <Money fen={refund.amountFen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LinePicker({
  order,
  picks,
  onChange,
}: {
  order: OrderDetail;
  picks: Picks;
  onChange: (picks: Picks) => void;
}) {
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>商品</th>
          <th className="right">可退</th>
          <th className="right">退几件</th>
        </tr>
      </thead>
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.id}>
            <td>
              {line.name} <span className="muted small">{line.spec}</span>
            </td>
            <td className="right num">
              {leftQty(line)} 件 · {moneyText(leftFen(line))}
            </td>
            <td className="right">
              <InputNumber
                aria-label={`${line.name} ${line.spec} 退几件`}
                size="small"
                min={0}
                max={leftQty(line)}
                precision={0}
                disabled={leftQty(line) === 0}
                value={picks[line.id] ?? 0}
                onChange={(qty) => onChange({ ...picks, [line.id]: qty ?? 0 })}
                style={{ width: 72 }}
                data-testid="refund-qty"
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RefundForm({ order }: { order: OrderDetail }) {
  const [isWhole, setWhole] = useState(true);
  const [linePicks, setLinePicks] = useState<Picks>({});
  const [reason, setReason] = useState('');
  const [isAsking, setAsking] = useState(false);
  // One key per intended refund: pressing again after a lost answer asks for the same refund, not for a second one.
  const [key, setKey] = useState(newKey);
  const refund = useRefund(order.id);
  const picks = isWhole ? 'ALL' : linePicks;
  const preview = previewRefund(order, picks);
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setKey(newKey());
      refund.reset();
    };
  const submit = () =>
    refund.mutate(
      { lines: wantedLines(picks), reason: reason.trim(), key },
      {
        onSuccess: () => {
          setLinePicks({});
          setReason('');
          setKey(newKey());
        },
        onSettled: () => setAsking(false),
      },
    );
  const canAsk = preview.amount > 0 && reason.trim().length >= 2;
  return (
    <section className="stack" aria-label="发起退款">
      <Radio.Group
        value={isWhole}
        onChange={(event) => change(setWhole)(event.target.value as boolean)}
        options={[
          { value: true, label: '整单退款' },
          { value: false, label: '按商品退' },
        ]}
        data-testid="refund-kind"
      />
      {isWhole ? null : <LinePicker order={order} picks={linePicks} onChange={change(setLinePicks)} />}
      <RefundPreviewBox orderId={order.id} preview={preview} />
      <Input.TextArea
        aria-label="退款原因"
        placeholder="退款原因，顾客会看到（2–80 字）"
        maxLength={80}
        showCount
        autoSize={{ minRows: 2 }}
        value={reason}
        onChange={(event) => change(setReason)(event.target.value)}
        data-testid="refund-reason"
      />
      <ActionFailed error={refund.error} title="退款没有成功" />
      {refund.isSuccess ? (
        <Alert
          type="success"
          showIcon
          title={`已受理退款 ${moneyText(refund.data.amountFen)}：${refund.data.stateText}`}
        />
      ) : null}
      <div className="row">
        <Button type="primary" danger disabled={!canAsk} onClick={() => setAsking(true)} data-testid="refund-ask">
          退款 {moneyText(preview.amount)}
        </Button>
        {canAsk ? null : (
          <span className="muted small">{preview.amount > 0 ? '写上原因就可以退' : '先选要退的商品'}</span>
        )}
      </div>
      <Modal
        title={`确认退款 ${moneyText(preview.amount)}？`}
        open={isAsking}
        onOk={submit}
        confirmLoading={refund.isPending}
        onCancel={() => setAsking(false)}
        okText="确认退款"
        okButtonProps={{ danger: true, 'data-testid': 'refund-confirm' } as ButtonProps}
        cancelText="再想想"
      >
        <p>钱会原路退回顾客，发起后不能撤回；已经分给各方的部分会按比例冲回。</p>
      </Modal>
    </section>
  );
}

/** Past refunds, and a new one with a preview of every amount. */
export function RefundPanel({ order }: { order: OrderDetail }) {
  return (
    <div className="stack">
      <PastRefunds order={order} />
      {order.canRefund ? (
        <RefundForm key={order.refundedFen} order={order} />
      ) : order.refunds.length === 0 ? (
        <Empty
          title="这单现在不能退款"
          hint={order.paidAt ? '已全部退完、已关闭，或不是线上收的款。' : '顾客还没有付款。'}
        />
      ) : null}
    </div>
  );
}
