import type { MyWallet } from '@shuke/shared/contracts';
import { View } from '@tarojs/components';
import { useDidShow } from '@tarojs/taro';
import { useState } from 'react';
import { Ledger } from '@/features/assets/components/ledger';
import { RefundSheet } from '@/features/assets/components/refund-sheet';
import { TopUpSheet } from '@/features/assets/components/top-up-sheet';
import { lapsing, signedPrice } from '@/features/assets/model';
import { NoticeAsk } from '@/features/notices/components/notice-ask';
import { useOfferKnown } from '@/features/notices/use-offer-known';
import { api } from '@/lib/api-client';
import { dayText, priceParts, priceText } from '@/lib/format';
import { go, pageUrl } from '@/lib/navigate';
import { useQuery } from '@/lib/use-query';
import { Cell } from '@/ui/cell';
import { Icon } from '@/ui/icon';
import { Failed, Strip } from '@/ui/notice';
import { Page } from '@/ui/page';
import { PinSheet } from '@/ui/pin-sheet';
import { HeroSkeleton } from '@/ui/skeleton';

type Open = 'topUp' | 'pin' | 'refund' | null;

function Hero({ wallet, onOpen }: { wallet: MyWallet; onOpen(what: Open): void }) {
  const { yuan, cents } = priceParts(wallet.availableFen);
  return (
    <View className="hero" data-testid="wallet-hero">
      <View className="hero-label">可用余额</View>
      <View className="hero-figure" data-testid="wallet-available">
        <View className="hero-mark" style={{ display: 'inline' }}>
          ¥
        </View>
        {yuan}.{cents || '00'}
      </View>
      <View className="hero-facts">
        <View>本金 {priceText(wallet.principalFen)}</View>
        <View>赠金 {priceText(wallet.bonusFen)}</View>
        {wallet.heldFen > 0 ? <View>付款中 {priceText(wallet.heldFen)}</View> : null}
      </View>
      <View className="hero-actions">
        <View
          className="hero-button hero-button-strong"
          hoverClass="btn-pressed"
          role="button"
          data-testid="open-top-up"
          onClick={() => onOpen('topUp')}
        >
          充值
        </View>
        <View
          className="hero-button"
          hoverClass="btn-pressed"
          role="button"
          data-testid="open-pay-code"
          onClick={() => go(pageUrl.payCode())}
        >
          <Icon name="scan" size={16} />
          到店付款
        </View>
      </View>
    </View>
  );
}

function Facts({ wallet, onOpen }: { wallet: MyWallet; onOpen(what: Open): void }) {
  const [next] = lapsing(wallet.lots);
  return (
    <>
      {wallet.isFrozen ? <Strip tone="warn">{wallet.frozenText ?? '钱包暂时不能使用，请联系门店'}</Strip> : null}
      {next?.expiresAt ? (
        <Strip tone="info" testId="wallet-lapsing">
          「{next.title}」还有 {priceText(next.remaining)}，{dayText(next.expiresAt)}到期
        </Strip>
      ) : null}
      <View className="card card-flush">
        <Cell
          icon="lock"
          title="付款密码"
          note={wallet.pinAboveFen > 0 ? `用余额付超过 ${priceText(wallet.pinAboveFen)} 时需要` : '用余额付款时需要'}
          value={wallet.hasPin ? '已设置' : '去设置'}
          onTap={() => onOpen('pin')}
          testId="open-pin"
        />
        <Cell
          icon="refund"
          title="余额退款"
          note="算一算现在退能退多少"
          onTap={() => onOpen('refund')}
          testId="open-refund"
        />
        <Cell icon="info" title="先用哪部分" note={wallet.policyText} />
      </View>
    </>
  );
}

/** The wallet: what is there, topping up, and every fen that came or went. */
export default function Wallet() {
  const [open, setOpen] = useState<Open>(null);
  const [round, setRound] = useState(0);
  const wallet = useQuery('wallet', () => api.mall.wallet());
  const isOfferKnown = useOfferKnown('WALLET');
  const mine = isOfferKnown ? wallet.data : null;
  useDidShow(() => void wallet.reload());
  const changed = () => {
    setOpen(null);
    setRound((n) => n + 1);
    void wallet.reload();
  };
  return (
    <Page testId="page-wallet">
      <View className="body">
        {!wallet.data && wallet.trouble ? (
          <Failed trouble={wallet.trouble} onRetry={() => void wallet.reload()} />
        ) : null}
        {!mine && (wallet.data || !wallet.trouble) ? <HeroSkeleton /> : null}
        {mine ? (
          <>
            <Hero wallet={mine} onOpen={setOpen} />
            <Facts wallet={mine} onOpen={setOpen} />
            <NoticeAsk moment="WALLET" />
            <View className="section-title spacer-top">明细</View>
            <Ledger
              name={`wallet:${round}`}
              load={(cursor) => api.mall.walletEntries({ query: cursor ? { cursor } : {} })}
              amountText={signedPrice}
              balanceText={priceText}
              emptyText="充值或用余额付款后，每一笔都会记在这里"
            />
            <TopUpSheet isOpen={open === 'topUp'} onClose={() => setOpen(null)} onDone={changed} />
            <PinSheet
              isOpen={open === 'pin'}
              way={mine.hasPin ? 'change' : 'set'}
              onClose={() => setOpen(null)}
              onDone={changed}
            />
            <RefundSheet isOpen={open === 'refund'} onClose={() => setOpen(null)} onDone={changed} />
          </>
        ) : null}
      </View>
    </Page>
  );
}
