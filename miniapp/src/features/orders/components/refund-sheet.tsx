import type { OrderDetail } from '@shuke/shared/contracts';
import { Textarea, View } from '@tarojs/components';
import { useState } from 'react';
import { Button } from '@/ui/button';
import { Sheet } from '@/ui/sheet';
import { Stepper } from '@/ui/stepper';
import { REFUND_REASONS, type RefundChoice, refundable } from '../model';
import './orders.scss';

export interface RefundSheetProps {
  order: OrderDetail;
  isOpen: boolean;
  isBusy: boolean;
  onClose(): void;
  onSubmit(chosen: RefundChoice[], reason: string): void;
}

/** Which pieces go back and why. The amount is the server's to say: it keeps each line's share of the discounts. */
export function RefundSheet({ order, isOpen, isBusy, onClose, onSubmit }: RefundSheetProps) {
  const left = refundable(order);
  const [chosen, setChosen] = useState<RefundChoice[]>(() => left.map(({ id, left: qty }) => ({ lineId: id, qty })));
  const [reason, setReason] = useState('');
  const setQty = (lineId: string, qty: number) =>
    setChosen((before) => before.map((one) => (one.lineId === lineId ? { lineId, qty } : one)));
  const wanted = chosen.filter(({ qty }) => qty > 0);
  const missing = wanted.length === 0 ? '请选择要退的商品' : reason.trim().length < 2 ? '请选择或写下原因' : null;
  return (
    <Sheet
      isOpen={isOpen}
      title="申请退款"
      onClose={onClose}
      testId="refund-sheet"
      footer={
        <Button
          isBlock
          isBusy={isBusy}
          isDisabled={missing !== null}
          testId="refund-submit"
          onTap={() => onSubmit(wanted, reason.trim())}
        >
          {missing ?? '提交申请'}
        </Button>
      }
    >
      {left.map(({ id, left: most }) => {
        const line = order.lines.find((one) => one.id === id);
        return (
          <View key={id} className="refund-line">
            <View className="grow">
              <View className="one-line">{line?.name}</View>
              <View className="small soft">
                {line?.spec} · 可退 {most} 件
              </View>
            </View>
            <Stepper
              value={chosen.find((one) => one.lineId === id)?.qty ?? 0}
              min={0}
              max={most}
              onChange={(qty) => setQty(id, qty)}
              testId={`refund-qty-${id}`}
            />
          </View>
        );
      })}
      <View className="pick-label">为什么退</View>
      <View className="chips">
        {REFUND_REASONS.map((one) => (
          <View
            key={one}
            className={`chip ${one === reason ? 'chip-on' : ''}`}
            role="radio"
            onClick={() => setReason(one)}
          >
            {one}
          </View>
        ))}
      </View>
      <View className="spacer" />
      <Textarea
        className="field-area"
        value={reason}
        maxlength={80}
        placeholder="也可以自己写"
        data-testid="refund-reason"
        onInput={(event) => setReason(event.detail.value)}
      />
      <View className="small soft">退款按每件实付金额计算，原路退回微信支付。</View>
    </Sheet>
  );
}
