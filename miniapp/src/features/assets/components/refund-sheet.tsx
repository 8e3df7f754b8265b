import type { BalanceRefundPreview } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useRef, useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { priceText } from '@/lib/format';
import { randomKey } from '@/lib/random-key';
import { confirm, toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { Button } from '@/ui/button';
import { Failed, Strip } from '@/ui/notice';
import { Price } from '@/ui/price';
import { Sheet } from '@/ui/sheet';
import { BlockSkeleton } from '@/ui/skeleton';

function Sum({ preview }: { preview: BalanceRefundPreview }) {
  return (
    <>
      <View className="price-step">
        <View>退给你</View>
        <Price fen={preview.refundFen} size="l" testId="balance-refund" />
      </View>
      {preview.bonusTakenFen > 0 ? (
        <View className="price-step">
          <View className="mid">一并收回的赠金</View>
          <View className="digits">{priceText(preview.bonusTakenFen)}</View>
        </View>
      ) : null}
      <View className="price-step">
        <View className="mid">手续费</View>
        <View className="digits">{preview.feeFen === 0 ? '不收' : priceText(preview.feeFen)}</View>
      </View>
      {preview.lines.map((line) => (
        <View key={line.topUpId} className="card card-flush spacer-top">
          <View className="ledger-row">
            <View className="grow">
              <View className="small mid">{line.text.replace(/(\d)\.00(?!\d)/g, '$1')}</View>
              <View className="small soft">{line.route === 'ORIGINAL' ? '原路退回' : '退到银行卡，需要门店核实'}</View>
            </View>
            <View className="strong digits">{priceText(line.refundFen)}</View>
          </View>
        </View>
      ))}
      <View className="law">
        {preview.law.name}：{preview.law.text}
      </View>
    </>
  );
}

export interface RefundSheetProps {
  isOpen: boolean;
  onClose(): void;
  onDone(): void;
}

/** The calculator of giving up the balance: per top-up what goes back, and only then the button. */
export function RefundSheet({ isOpen, onClose, onDone }: RefundSheetProps) {
  const preview = useQuery(isOpen ? 'wallet-refund' : null, () => api.mall.balanceRefundPreview());
  const [isBusy, setBusy] = useState(false);
  const key = useRef(randomKey());
  const shown = preview.data;

  const request = async () => {
    if (!shown) return;
    if (!(await confirm('退回余额', `退回 ${priceText(shown.refundFen)}，之后余额和赠金都会清零`, '确定退回'))) return;
    setBusy(true);
    try {
      await api.mall.requestBalanceRefund({ body: { expectedFen: shown.refundFen }, idempotencyKey: key.current });
      key.current = randomKey();
      toastDone('已提交');
      onDone();
    } catch (reason) {
      toast(troubleOf(reason).message);
      await preview.reload();
    } finally {
      setBusy(false);
    }
  };

  return (
    <Sheet
      isOpen={isOpen}
      title="余额退款"
      onClose={onClose}
      testId="balance-refund-sheet"
      footer={
        <Button
          isBlock
          kind="quiet"
          isBusy={isBusy}
          isDisabled={!shown?.canRequest}
          onTap={() => void request()}
          testId="request-balance-refund"
        >
          {shown?.canRequest ? `申请退回 ${priceText(shown.refundFen)}` : '现在没有可退的'}
        </Button>
      }
    >
      {!shown && preview.trouble ? <Failed trouble={preview.trouble} onRetry={() => void preview.reload()} /> : null}
      {!shown && !preview.trouble ? <BlockSkeleton /> : null}
      {shown?.reason ? <Strip tone="info">{shown.reason}</Strip> : null}
      {shown ? <Sum preview={shown} /> : null}
    </Sheet>
  );
}
