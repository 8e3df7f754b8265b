import type { TopUpTier } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useState } from 'react';
import { api } from '@/lib/api-client';
import { troubleOf } from '@/lib/errors';
import { priceText } from '@/lib/format';
import { toast, toastDone } from '@/lib/toast';
import { useQuery } from '@/lib/use-query';
import { useWishKey } from '@/lib/use-wish-key';
import { useCurrentStore } from '@/session/current-store';
import { payTopUp } from '@/session/pay-order';
import { Button } from '@/ui/button';
import { Empty, Failed } from '@/ui/notice';
import { Price } from '@/ui/price';
import { Sheet } from '@/ui/sheet';
import { BlockSkeleton } from '@/ui/skeleton';
import { Tick } from '@/ui/tick';

function Tier({ tier, isOn, onTap }: { tier: TopUpTier; isOn: boolean; onTap(): void }) {
  return (
    <View
      className={`tier ${isOn ? 'tier-on' : ''} ${tier.isAvailable ? '' : 'tier-off'}`}
      role="radio"
      aria-checked={isOn}
      aria-disabled={!tier.isAvailable}
      data-testid={`tier-${tier.payFen}`}
      onClick={() => (tier.isAvailable ? onTap() : toast(tier.reason ?? '这一档暂时不能充'))}
    >
      <Price fen={tier.payFen} size="l" tone="ink" />
      <View className="tier-gift">{tier.text.replace(/^充 [\d.]+ 元/, '')}</View>
      {tier.limitText ? <View className="small soft">{tier.limitText}</View> : null}
    </View>
  );
}

export interface TopUpSheetProps {
  isOpen: boolean;
  onClose(): void;
  onDone(): void;
}

/** Choosing a tier, agreeing, paying. A tier's promise is frozen when the payment starts. */
export function TopUpSheet({ isOpen, onClose, onDone }: TopUpSheetProps) {
  const { store } = useCurrentStore();
  const [tierId, setTierId] = useState<string | null>(null);
  const [hasAgreed, setAgreed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  // A payment that was left goes on for the same tier; another tier is another top-up.
  const key = useWishKey();
  const storeId = store?.id;
  const tiers = useQuery(isOpen ? `tiers:${storeId ?? ''}` : null, () =>
    api.mall.topUpTiers({ query: storeId ? { storeId } : {} }),
  );
  const chosen = tiers.data?.items.find(({ id }) => id === tierId) ?? null;

  const pay = async () => {
    if (!tiers.data || !chosen || !storeId) return;
    if (!hasAgreed) return toast('请先阅读并同意储值说明');
    setBusy(true);
    try {
      const topUp = await api.mall.topUp({
        body: { storeId, tierId: chosen.id, agreementVersion: tiers.data.agreement.version },
        idempotencyKey: key.of(`${storeId} ${chosen.id} ${tiers.data.agreement.version}`),
      });
      const outcome = await payTopUp(topUp.id);
      if (outcome.kind === 'cancelled') return toast('还没有付款');
      key.done();
      if (outcome.kind === 'paid') toastDone('充值成功');
      else toast(outcome.text);
      onDone();
    } catch (reason) {
      toast(troubleOf(reason).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Sheet
      isOpen={isOpen}
      title="充值"
      onClose={onClose}
      testId="top-up-sheet"
      footer={
        <Button isBlock isBusy={isBusy} isDisabled={!chosen} onTap={() => void pay()} testId="pay-top-up">
          {chosen ? `付 ${priceText(chosen.payFen)}` : '选一档'}
        </Button>
      }
    >
      {!tiers.data && tiers.trouble ? <Failed trouble={tiers.trouble} onRetry={() => void tiers.reload()} /> : null}
      {!tiers.data && !tiers.trouble ? <BlockSkeleton /> : null}
      {tiers.data?.items.length === 0 ? (
        <Empty icon="wallet" title="现在没有充值活动" text="有新的活动时，首页会告诉你" />
      ) : null}
      {tiers.data ? (
        <>
          <View className="tiers" role="radiogroup">
            {tiers.data.items.map((tier) => (
              <Tier key={tier.id} tier={tier} isOn={tier.id === tierId} onTap={() => setTierId(tier.id)} />
            ))}
          </View>
          <View
            className={`agree ${hasAgreed ? 'check-on' : ''}`}
            role="checkbox"
            aria-checked={hasAgreed}
            data-testid="agree"
            onClick={() => setAgreed(!hasAgreed)}
          >
            <View className="check-box">
              <Tick />
            </View>
            <View className="grow">我已阅读并同意下面的储值说明</View>
          </View>
          <View className="law">
            <View>{tiers.data.agreement.text}</View>
            <View>{tiers.data.capText}</View>
            <View>
              {tiers.data.law.name}：{tiers.data.law.text}
            </View>
          </View>
        </>
      ) : null}
    </Sheet>
  );
}
